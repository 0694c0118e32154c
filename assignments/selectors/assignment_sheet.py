"""The list of assignments as a table to export."""

from datetime import time, timedelta

from django.db.models import Subquery
from django.utils import timezone

from assignments.selectors.listing import KIND_WORDS, by_due, receipts_of
from assignments.states import AssignmentStatus
from directives.models import paper_code
from units.sheets.columns import MOMENT, Column, Table

ASSIGNMENTS = Table(
    "assignments",
    "Nhiệm vụ",
    "nhiem-vu",
    "nhiệm vụ",
    (
        Column("occasion", "Đợt", 34),
        Column("paper", "Văn bản", 26),
        Column("label", "Mục", 8),
        Column("text", "Yêu cầu", 70),
        Column("unit", "Đơn vị", 40),
        Column("first_due_at", "Hạn đầu", 18, kind=MOMENT),
        Column("due_at", "Hạn", 18, kind=MOMENT),
        Column("status", "Tình trạng", 20),
        Column("late", "Quá hạn", 10),
        Column("seen_at", "Đơn vị xem văn bản lúc", 18, kind=MOMENT),
        Column("moved_at", "Chuyển tình trạng lúc", 18, kind=MOMENT),
    ),
)
_WORDS = dict(AssignmentStatus.choices)


def assignment_rows(assignments, now):
    """Assignments as values of `ASSIGNMENTS`, by deadline, row by row from the database."""
    rows = by_due(assignments).annotate(seen_at=Subquery(receipts_of().values("seen_at")[:1]))
    rows = rows.values_list(
        "occasion__name",
        "dispatch__kind",
        "dispatch__number",
        "dispatch__symbol",
        "requirement__label",
        "requirement__text",
        "unit__name",
        "first_due_at",
        "due_at",
        "status",
        "seen_at",
        "moved_at",
    )
    for occasion, kind, number, symbol, label, text, unit, first, due, status, seen, moved in rows.iterator(500):
        late = status in AssignmentStatus.OWED and due is not None and due <= now
        paper = f"{KIND_WORDS[kind]} {paper_code(number, symbol)}"
        yield (
            *(occasion or "", paper, label, text, unit, _last(first), _last(due), _WORDS[status]),
            *("Quá hạn" if late else "", seen, moved),
        )


def _last(at):
    """The last minute in time: what is late from 00:00 of the 20th is due by 23:59 of the 19th, and a sheet says that."""
    return at - timedelta(minutes=1) if at and timezone.localtime(at).time() == time.min else at
