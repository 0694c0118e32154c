"""The paper on the checker's desk: what several rules ask about it is worked out here, once."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from directives.paper.check.facts import Calendar, KnownBasis, Registry
from directives.paper.demands import Demand, requirements
from directives.paper.model import Deadline, Item, Paper, Span
from directives.paper.naming import names_body
from directives.paper.text import fold, lowered
from directives.paper.time import Places, due_moment

_PARTY = re.compile(r"dang cong san viet nam")
_PARTY_NUMBER = re.compile(r"^\d*-[A-ZĐ]")
_ANNOUNCES = re.compile(
    r"\b(?:yêu cầu|đề nghị|giao|phân công|hướng dẫn|chỉ đạo|thực hiện|triển khai)\b[^.\n]{0,150}$", re.IGNORECASE
)
_OPINION = re.compile(r"\b(?:ý kiến(?! chỉ đạo)|trả lời|báo cáo|thông tin)\b[^,;.\n]{0,40}$", re.IGNORECASE)
_ORDERS = re.compile(
    r"(?:\b(?:yêu cầu|đề nghị)|^\S+\s+giao)\s+(?=(?P<whom>[^.;,:\n]{1,80}))|\bkhẩn trương\b", re.IGNORECASE
)
_MOST_OPENING = 400
_MOST_CLOSING = 40
_OPEN = {"công văn", "thông báo", "hướng dẫn"}
_DIRECTIVES = {
    "công văn",
    "công điện",
    "kế hoạch",
    "phương án",
    "chỉ thị",
    "thông báo",
    "hướng dẫn",
    "chương trình",
}


@dataclass(frozen=True)
class Printed:
    """A cell of a printed line with its place in its part."""

    text: str
    span: Span


@dataclass(frozen=True)
class Task:
    """The smallest thing a demand asks: a node without nodes below it, or the whole demand."""

    text: str
    span: Span


@dataclass(frozen=True)
class Sheet:
    """A paper with what is known around it."""

    paper: Paper
    registry: Registry | None = None
    calendar: Calendar | None = None
    today: date | None = None

    @property
    def kind(self) -> str | None:
        return self.paper.kind

    @cached_property
    def party(self) -> bool:
        """The Party's papers follow the Party's own form (NĐ 30/2020 Điều 2)."""
        return bool(_PARTY.search(fold(self.paper.front)) or _PARTY_NUMBER.match(self.paper.number or ""))

    @cached_property
    def printed(self) -> bool:
        """The text shows how the paper is printed, and it is one that NĐ 30 governs."""
        return bool(self.paper.kind and self.paper.front and not self.party)

    @cached_property
    def front(self) -> tuple[Printed, ...]:
        return tuple(_cells("front", self.paper.front))

    @cached_property
    def foot(self) -> tuple[Printed, ...]:
        return tuple(_cells("foot", self.paper.foot))

    @cached_property
    def issued(self) -> tuple[date, date] | None:
        """The first and the last day on which the paper can have been issued, as far as it is dated."""
        text = self.paper.date_iso
        if not text:
            return None
        year, month = int(text[:4]), int(text[5:7])
        if len(text) == 7:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date.fromisoformat(text), date.fromisoformat(text)

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """The demands of a paper that gives orders; a report or a minute has numbered items but orders nothing."""
        if self.paper.kind not in _DIRECTIVES:
            return ()
        found = requirements(self.paper)
        return tuple(each for each in found if self._ordered(each, found))

    def _ordered(self, demand: Demand, demands: list[Demand]) -> bool:
        """A numbered item of a letter may explain and not order: then neither it nor the sentence above the list does."""
        if self.paper.kind not in _OPEN or not demand.label or "." in demand.label:
            return True
        above = self.paper.body[: demands[0].start].rstrip().rpartition("\n")[2]
        opinion = _OPINION.search(above)
        if not opinion and (_ANNOUNCES.search(above[-250:]) or (demand.addressed and "có trách nhiệm" in demand.text)):
            return True
        return any(not found["whom"] or names_body(found["whom"]) for found in _ORDERS.finditer(demand.text))

    @cached_property
    def registered(self) -> dict[str, list[KnownBasis]]:
        """The registered legal bases by number."""
        found: dict[str, list[KnownBasis]] = {}
        for each in self.registry.bases if self.registry else ():
            found.setdefault(each.number, []).append(each)
        return found

    @cached_property
    def _nodes(self) -> dict[tuple[int, int], Item]:
        return {(item.start, item.end): item for item in walk(self.paper.items)}

    def tasks(self, demand: Demand) -> list[Task]:
        item = self._nodes.get((demand.start, demand.end))
        leaves = [each for each in walk(item.items) if not each.items] if item else []
        if not leaves:
            return [Task(demand.text, Span("body", demand.start, demand.end))]
        return [Task(self.paper.body[each.start : each.end], Span("body", each.start, each.end)) for each in leaves]

    @cached_property
    def _places(self) -> Places:
        return Places(self.paper.items)

    @cached_property
    def opening(self) -> tuple[Printed, ...]:
        """The first paragraphs, where the bases stand."""
        return tuple(islice(_cells("body", self.paper.body, tabs=False), _MOST_OPENING))

    @cached_property
    def closing(self) -> tuple[Printed, ...]:
        """The last paragraphs, where the text ends."""
        before = self.paper.body
        for _ in range(_MOST_CLOSING):
            before = before.rpartition("\n")[0]
        offset = len(before) + bool(before)
        return tuple(_cells("body", self.paper.body[offset:], tabs=False, offset=offset))

    def where(self, span: Span) -> str:
        """The place in words: the item by its label, else the paragraph, or the part of the form."""
        if span.part != "body":
            if span.part == "front":
                return "phần đầu"
            line = self.paper.foot.rfind("\n", 0, span.start) + 1
            listed = self.paper.foot[line] in "-–+•" and "Nơi nhận" in self.paper.foot[:line]
            return "Nơi nhận" if listed else "phần cuối"
        label = self._places.at(span.start)[0]
        if label:
            return label if label[0].isupper() and " " in label else f"mục {label}"
        return f"đoạn {self.paper.body.count(chr(10), 0, span.start) + 1}"

    @cached_property
    def lower(self) -> str:
        """The body in small letters, place for place; letters that would not keep their place stay as they are."""
        return lowered(self.paper.body)

    @cached_property
    def plain(self) -> str:
        """The same without accents."""
        return fold(self.lower)

    @cached_property
    def dues(self) -> tuple[tuple[Deadline, date, Span], ...]:
        """Each deadline with the last day on which it can be met."""
        found = []
        for each in self.paper.deadlines:
            moment = due_moment(each, issued=self.paper.date_iso)
            if moment and moment.year > 1:
                last = (moment - timedelta(seconds=1)).date()
                found.append((each, last, Span("body", each.start, each.end)))
        return tuple(found)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from walk(item.items)


def _cells(part: str, text: str, *, tabs: bool = True, offset: int = 0) -> Iterator[Printed]:
    place = offset
    for line in text.split("\n"):
        at = place
        for cell in line.split("\t") if tabs else [line]:
            if cell:
                yield Printed(cell, Span(part, at, at + len(cell)))
            at += len(cell) + 1
        place += len(line) + 1
