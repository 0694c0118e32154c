"""Versions of a draft: each holds the whole of it, with its annexes; what the database refuses about them."""

import pytest
from django.db import IntegrityError, transaction

from directives import services
from directives.models import Dispatch, DispatchVersion, DispatchView, MovedDate, PrintedPlace, Unsaved
from directives.selectors import to_paper
from tests import make
from tests.directives.acts import save

pytestmark = pytest.mark.django_db
ANNEXES = "Phụ lục I\nDANH SÁCH TRẠM\n1. Trạm A.\nPhụ lục II\nMẪU BÁO CÁO\n1. Số trạm."


def test_annexes_are_kept_with_each_version_and_printed(cast, draft, parts, now):
    saved = save(draft, parts, actor=cast.head, now=now, annexes=f"{ANNEXES}\r\n", note="thêm  hai phụ lục")
    assert [(each.label, each.title) for each in to_paper(saved).annexes] == [
        ("Phụ lục I", "DANH SÁCH TRẠM"),
        ("Phụ lục II", "MẪU BÁO CÁO"),
    ]
    first, second = draft.versions.order_by("version")
    assert (first.annexes, second.annexes) == ("", ANNEXES)
    assert (first.note, second.note) == ("Lập dự thảo", "thêm hai phụ lục")
    assert saved.history.order_by("-pk")[0].note == "Lưu bản 2: thêm hai phụ lục"
    again = save(saved, parts, actor=cast.head, now=now, version=2)
    assert again.annexes == ANNEXES, "what a page does not name stays as it is"


def test_a_version_holds_what_makes_the_draft_again(cast, draft, parts):
    whole = draft.versions.get().whole
    assert whole["division"] == cast.division.pk
    assert [(line["groups"], line["units"]) for line in whole["addressees"]] == [
        ([cast.group.pk], []),
        ([], [cast.postal.pk]),
    ]
    assert [row["targets"] for row in whole["requirements"]] == [
        [["unitgroup", cast.group.pk, "lead"]],
        [["unit", cast.postal.pk, "lead"]],
    ]


def test_the_database_refuses_what_cannot_be(cast, draft, now):
    paper, signed = make.dispatch(cast), make.dispatch(cast, "signed")
    demand = make.requirement(paper)
    date = {"old": "05/01/2026", "new": "05/01/2027", "why": "năm sau", "old_on": "2026-01-05", "new_on": "2027-01-05"}
    Unsaved.objects.create(dispatch=paper, author=cast.head, at=now)
    Unsaved.objects.create(author=cast.head, at=now)
    seen = {"dispatch": paper, "user": cast.head, "at": now}
    for impossible in (
        lambda: DispatchVersion.objects.update(note="khác"),
        lambda: Dispatch.objects.filter(pk=signed.pk).update(annexes="Phụ lục"),
        lambda: Unsaved.objects.create(dispatch=paper, author=cast.head, at=now),
        lambda: Unsaved.objects.create(author=cast.head, at=now),
        lambda: DispatchView.objects.create(**seen, version=2, earlier=2, earlier_at=now),
        lambda: DispatchView.objects.create(**seen, version=2, earlier=1),
        lambda: MovedDate.objects.create(dispatch=paper, order=1, confirmed_by=cast.head, **date),
        lambda: PrintedPlace.objects.create(requirement=demand, page=0, left=1, top=1, right=2, bottom=2),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            impossible()


def test_a_paper_drawn_from_another_lists_its_moved_dates(cast, draft, now):
    date = {"old": "05/01/2026", "new": "05/01/2027", "why": "năm sau", "old_on": "2026-01-05", "new_on": "2027-01-05"}
    made = services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="x",
        body="Xong trước ngày 05/01/2027.",
        division=cast.division,
        drawn_from=draft,
        moved=[date],
    )
    assert list(draft.successors.all()) == [made]
    assert list(made.moved_dates.values_list("order", "new", "confirmed_by")) == [(1, "05/01/2027", None)]
