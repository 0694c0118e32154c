"""Rows of a page that follow a text: what stands on the page is paired with what the text says now. No database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

MOST_ROWS = 300


@dataclass(frozen=True)
class Standing:
    """A row as it was sent, before a form is made of it. `fresh`: nobody has touched what was proposed; `dropped`: it is
    marked to go. Without an index it is no row: a demand of the text that the author did not want."""

    index: int | None
    label: str
    text: str
    phrase: str = ""
    fresh: bool = False
    dropped: bool = False
    starts: int = 0


def standing(data: QueryDict, part: str) -> list[Standing]:
    """The rows of a part as they were sent, in their order."""
    total = data.get(f"{part}-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    rows = []
    for index in range(count):
        label, number, text, phrase, fresh, starts, dropped = (
            data.get(f"{part}-{index}-{name}", "") for name in _NAMES
        )
        text = text.replace("\r\n", "\n").strip()
        start = int(starts) if starts.isascii() and starts.isdigit() and len(starts) < 8 else 0
        rows.append(Standing(index, (label or number).strip(), text, phrase.strip(), bool(fresh), bool(dropped), start))
    return rows


_NAMES = ("label", "number", "text", "due_phrase", "fresh", "starts", "DELETE")


def unwanted(data: QueryDict) -> list[Standing]:
    """The demands of the text that the page has no row for, because the author had dropped them before."""
    return [
        Standing(None, *each.replace("\r\n", "\n").split("\t", 1)) for each in data.getlist("unwanted") if "\t" in each
    ]


def unspoken(found: Iterable[dict], rows: Sequence[Standing]) -> list[str]:
    """The same for a page that is opened: what the text asks and no row speaks of, as `unwanted` reads it."""
    found = list(found)
    pairs = follow([(row["label"], row["text"]) for row in found], rows)
    return [f"{row['label']}\t{row['text']}" for row, stood in zip(found, pairs, strict=True) if stood is None]


def follow(found: Sequence[tuple[str, str]], rows: Sequence[Standing]) -> list[Standing | None]:
    """For each (label, words) found the row that speaks of it: the one with its words, wherever they stand now, else the
    one with its label when only the words changed. Each row is given once."""
    by_words: dict[str, list[Standing]] = {}
    for row in rows:
        by_words.setdefault(_same(row.text), []).append(row)
    given: list[Standing | None] = [same.pop(0) if (same := by_words.get(_same(words))) else None for _, words in found]
    taken = set(given)
    by_label = {row.label: row for row in reversed(rows) if row not in taken and row.text and row.label}
    return [row or by_label.pop(label, None) for row, (label, _) in zip(given, found, strict=True)]


def _same(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
