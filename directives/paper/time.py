"""Phrases of time that bind somebody, and the moment at which a demand becomes late.

Only phrases that begin with a word of duty ("trước", "chậm nhất", "đến hết", "hằng") are read, so the dates of cited
papers are not deadlines; nor is what a paper tells of the past ("đã chỉ đạo … trước ngày …").
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from directives.paper.dates import iso
from directives.paper.model import Deadline, Item
from directives.paper.phrases import MOST, candidates, lunar_day, sentence_at

_TOLD = re.compile(r"đã\s+(?:\w+\s+){0,2}?(?:chỉ\s+đạo|yêu\s+cầu|đề\s+nghị|giao|quy\s+định)\b")
_NEW_ORDER = re.compile(r";|\b(?:yêu cầu|đề nghị)\b")
_VERB = re.compile(r"đã\s+(?:được\s+)?(?:báo\s+cáo|hoàn\s+thành|\w+)")
_DONE_WORD = re.compile(r"\bđã\b", re.IGNORECASE)
_ORDER = re.compile(r"[;]|\b(?:yêu cầu|đề nghị|hoàn thành|gửi|báo cáo|giao|khẩn trương|phải)\b")
_GLOSS = re.compile(r"\b(?:tức|nhằm)(?:\s+là)?(?:\s+từ)?(?:\s+ngày)?\s+$")
_REACH = 500


def find_deadlines(body: str, items: tuple[Item, ...], preamble: int) -> tuple[Deadline, ...]:
    """Every binding phrase of the body in its order, none inside another; at most 2,000."""
    places = Places(items)
    found: list[Deadline] = []
    ordered = sorted(candidates(body), key=lambda each: (each.start, -each.end))
    end = 0
    for each in ordered:
        if len(found) == MOST:
            break
        if each.start < end or _narrated(body, each, preamble):
            continue
        if _GLOSS.search(body, max(0, each.start - 20), each.start):
            end = each.end
            continue
        path, heading = places.at(each.start)
        if each.type == "recurring" and heading and each.time is None and each.due is None:
            continue
        end = each.end
        found.append(replace(each, item=path))
    return tuple(found)


def due_moment(
    deadline: Deadline, *, lunar: Callable[[int, int], date | None] | None = None, issued: str | None = None
) -> datetime | None:
    """The first moment, in local time without zone, at which the demand is late; None when the text does not fix it.

    "trước ngày X" is late from 00:00 of X; "chậm nhất", "đến hết", "trong ngày X" from 00:00 of the day after; an hour
    is late from that hour. `lunar(day, month)` resolves lunar days; `issued`, the paper's own `date_iso`, gives the
    year to a day printed without one: the first such day not before it.
    """
    if deadline.type != "deadline":
        return None
    day = _due_day(deadline, lunar, issued)
    if day is None:
        return None
    if deadline.time:
        hour, minute = map(int, deadline.time.split(":"))
        return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
    words = re.sub(r"^(?:hoàn\s+thành|xong)\s+(?:ngay\s+)?", "", deadline.phrase, flags=re.IGNORECASE).lower()
    exclusive = words.startswith("trước") or re.match(r"(?:chậm|muộn)\s+nhất\s+trước|thời\s+hạn\s+trước", words)
    return datetime.combine(day, time()) + timedelta(days=0 if exclusive else 1)


def _due_day(deadline: Deadline, lunar: Callable[[int, int], date | None] | None, issued: str | None) -> date | None:
    due = deadline.due
    if due is None:
        named = lunar_day(deadline.phrase)
        return lunar(*named) if named and lunar else None
    if len(due) == 10:
        return date.fromisoformat(due)
    if len(due) == 7:
        return date.fromisoformat(f"{due}-01")
    if len(due) == 5 and issued:
        first = issued if len(issued) == 10 else f"{issued}-01"
        year = int(first[:4])
        for candidate in (f"{year}-{due}", f"{year + 1}-{due}"):
            if candidate >= first and iso(due[3:], due[:2], candidate[:4]):
                return date.fromisoformat(candidate)
    return None


def _narrated(body: str, deadline: Deadline, preamble: int) -> bool:
    """The sentence tells what was done or ordered before."""
    opening = deadline.start < preamble < len(body)
    if opening and _DONE_WORD.search(sentence_at(body, deadline.start, deadline.end)):
        return True
    begin = max(body.rfind(mark, max(0, deadline.start - _REACH), deadline.start) for mark in (". ", "\n"))
    before = body[max(begin + 1, deadline.start - _REACH) : deadline.start].lower()
    last = before.rfind("đã ")
    if last < 0:
        return False
    told = _TOLD.match(before, last)
    if told:
        return not _NEW_ORDER.search(before, told.end())
    verb = _VERB.match(before, last)
    return not _ORDER.search(before, verb.end() if verb else last)


class Places:
    """Finds the item a place stands in, by its label path."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._starts: list[int] = []
        self._nodes: list[tuple[int, str | None, int, int]] = []
        for item in items:
            self._add(item, None, -1)

    def _add(self, item: Item, path: str | None, parent: int) -> None:
        own = path if item.label in ("-", "+") else join_label(path, item.label)
        here = len(self._nodes)
        self._starts.append(item.start)
        title_end = item.start + len(item.label) + len(item.heading or "") + 4 if item.heading else item.start
        self._nodes.append((item.end, own, title_end, parent))
        for child in item.items:
            self._add(child, own, here)

    def at(self, place: int) -> tuple[str | None, bool]:
        here = bisect_right(self._starts, place) - 1
        while here >= 0:
            end, path, title_end, parent = self._nodes[here]
            if place < end:
                return path, place < title_end
            here = parent
        return None, False


def join_label(path: str | None, label: str) -> str:
    """`II` and `3` make `II.3`; `3` and `3.1` make `3.1`."""
    if not path:
        return label
    outer = label.rpartition(".")[0]
    if outer and (path == outer or path.endswith("." + outer)):
        return path + label[len(outer) :]
    return f"{path}.{label}"
