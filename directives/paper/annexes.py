"""The annexes of a paper (PL I.III.1) as one text: each a line `Phụ lục …`, its title in capitals, then its body."""

import re

from directives.paper.body import build_body
from directives.paper.markers import find_marker
from directives.paper.model import Annex
from directives.paper.text import is_caps, split_lines
from directives.paper.wrap import Paragraph

LANDSCAPE = "[khổ ngang]"
_HEADING = re.compile(
    r"^phụ\s+lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d{1,2}[a-z]?))?\s*(?:[.:–-]\s*(?P<title>\S.*))?[.:]?$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"^\((?:ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)


def read_annexes(text: str) -> tuple[Annex, ...]:
    """The annexes of a text, each line a paragraph. The line "(Kèm theo …)" is dropped: printing writes it anew."""
    groups: list[list[str]] = []
    for line in split_lines(text):
        if not groups or _HEADING.match(line.text):
            groups.append([])
        groups[-1].append(line.text)
    return tuple(_annex(group) for group in groups)


def annex_text(annexes: tuple[Annex, ...]) -> str:
    """The text that `read_annexes` reads as these annexes."""
    return "\n".join(
        "\n".join(filter(None, (annex.label, annex.title, LANDSCAPE if annex.landscape else None, annex.body)))
        for annex in annexes
    )


def _annex(lines: list[str]) -> Annex:
    label, title = None, []
    if found := _HEADING.match(lines[0]):
        label = " ".join(filter(None, ("Phụ lục", found["number"])))
        title = [found["title"]] if found["title"] else []
        lines = lines[1:]
    landscape = False
    at = 0
    while at < len(lines):
        if lines[at] == LANDSCAPE:
            landscape = True
        elif is_caps(lines[at]) and not find_marker(lines[at]):
            title.append(lines[at])
        elif not _SOURCE.match(lines[at]):
            break
        at += 1
    body = build_body([Paragraph(line, find_marker(line)) for line in lines[at:]])
    return Annex(label, " ".join(title) or None, body.text, landscape, body.items)
