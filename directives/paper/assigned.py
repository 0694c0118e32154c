"""Tables that assign work: a head that names a column for the work and one for who does it, then a demand a row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.paper.tables import Table, blocks
from directives.paper.text import fold

_WORK = re.compile(r"^(?:noi dung|nhiem vu|cong viec|cong tac|ten (?:nhiem vu|cong viec)|viec)(?![a-z])")
_LEAD = re.compile(r"chu tri|dau moi")
_OWNER = re.compile(r"^(?:don vi|co quan|bo phan|nguoi|to chuc)(?![a-z])|thuc hien|phu trach|trach nhiem|phan cong")
_NO_OWNER = re.compile(r"phoi hop|thoi (?:gian|han)|noi dung|san pham|ket qua|ghi chu|kinh phi")
_DUE = re.compile(r"thoi han|thoi gian|hoan thanh|^han(?![a-z])|^tien do$")
_SHORT = re.compile(r"^(?:han|tien do)$")
_COUNT = re.compile(r"^(?:tt|stt|so tt|so thu tu)$")
_LABEL = re.compile(r"^\w{1,4}(?:\.\w{1,3}){0,3}$")


@dataclass(frozen=True)
class AssignedRow:
    """A row that assigns work. `start` and `end` are the place of its words (the cell), `row` that of the whole row;
    `due` is its cell of time told with the head of that column, as in "Thời hạn: 05/02/2026"."""

    label: str
    text: str
    owner: str
    start: int
    end: int
    row: tuple[int, int]
    due: str = ""


def assigned_rows(body: str) -> list[AssignedRow]:
    """The rows of such tables that name both the work and who does it; a row that only heads a group names no one."""
    if "|" not in body:
        return []
    return [row for table in blocks(body) if isinstance(table, Table) for row in _rows(table, body)]


def _rows(table: Table, body: str) -> Iterator[AssignedRow]:
    head, *rows = table.rows
    plain = [fold(cell) for cell in head]
    work = next((at for at, cell in enumerate(plain) if _WORK.match(cell)), None)
    owners = [at for at, cell in enumerate(plain) if _OWNER.search(cell) and not _NO_OWNER.search(cell) and at != work]
    owner = next((at for at, cell in enumerate(plain) if _LEAD.search(cell)), owners[0] if owners else None)
    if work is None or owner is None:
        return
    due = next((at for at, cell in enumerate(plain) if _DUE.search(cell) and at not in (work, owner)), None)
    start = body.index("\n", table.start) + 1
    for line, row in zip(body[start : table.end].split("\n"), rows, strict=True):
        text, who = row[work], row[owner]
        if text and who and text != who:
            at = start + _place(line, work)
            label = row[0].strip(".)") if _COUNT.match(plain[0]) else ""
            label = label if _LABEL.match(label) else ""
            told = _told(head[due], row[due]) if due is not None else ""
            yield AssignedRow(label, text, who, at, at + len(text), (start, start + len(line)), told)
        start += len(line) + 1


def _told(head: str, cell: str) -> str:
    """The cell read on from its head: "Hoàn thành trước 01/02/2027"."""
    if not cell:
        return ""
    head = "Thời hạn" if _SHORT.match(fold(head)) else head
    return f"{head} {cell}" if fold(head).endswith("truoc") else f"{head}: {cell}"


def _place(line: str, column: int) -> int:
    """Where the words of a cell begin in its row."""
    at = 0
    for _ in range(column + 1):
        at = line.index("|", at) + 1
    return at + len(line[at:]) - len(line[at:].lstrip())
