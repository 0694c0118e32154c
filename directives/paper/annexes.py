"""The annexes of a paper (PL I.III.1): each a line `Phụ lục …`, its title in capitals, "(Kèm theo …)", then its body.

A draft keeps all of them in one text. What comes with a paper under its own title (a quy chế, a danh sách) has no label
and is known by the line "(Ban hành kèm theo …)" below that title.
"""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from directives.paper.body import build_body
from directives.paper.front import kind_of, motto
from directives.paper.markers import find_marker
from directives.paper.model import Annex
from directives.paper.notes import find_words, marks_in, renumbered, with_marks
from directives.paper.signatures import is_office
from directives.paper.tables import find_rows, is_row
from directives.paper.text import Line, fold, is_caps, split_lines, terminated
from directives.paper.words import is_name
from directives.paper.wrap import Paragraph, typed

LANDSCAPE = "[khổ ngang]"
_HEADING = re.compile(
    r"^phụ\s+lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d{1,2}(?:\.\d{1,2})?[a-zđ]?)(?!\w))?\s*"
    r"(?:[.:–-]?\s*(?P<title>[^\W_].*))?[.:]?$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"^\((?:ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_FORM = re.compile(r"^(?:bieu )?mau (?:so )?\d{1,2}(?!\w)")
_OWN_TITLE = re.compile(r"^(?:danh (?:sach|muc)|de cuong|bieu mau|mau|bang|lich|so do|quy che|quy dinh)(?![a-z])")
_SOURCE_LINE = "(Kèm theo)"
_LONGEST_TITLE = 250
_MOST_TITLE_LINES = 6
_MOST_SOURCE_LINES = 3


def read_annexes(text: str) -> tuple[Annex, ...]:
    """The annexes of a draft's text, each line a paragraph. The line "(Kèm theo …)" is dropped: printing writes it anew."""
    return build_annexes(split_lines(text), typed)


def annex_text(annexes: Sequence[Annex]) -> str:
    """The text that `read_annexes` reads as these annexes."""
    sourced = any(annex.label is None for annex in annexes)
    return "\n".join(_text(annex, sourced=sourced) for annex in annexes)


def build_annexes(lines: list[Line], paragraphs: Callable[[list[Line]], list[Paragraph]]) -> tuple[Annex, ...]:
    """The annexes that the lines hold, their bodies put together by `paragraphs`; a note goes where its mark stands."""
    if not lines:
        return ()
    cuts = sorted({0, *annex_starts(lines)})
    groups = [lines[at:end] for at, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]
    return tuple(_annex(group, paragraphs) for group in _with_notes(groups))


def annex_starts(lines: Sequence[Line]) -> list[int]:
    """The lines at which an annex begins: its label, or the title above "(Ban hành kèm theo …)"."""
    starts: list[int] = []
    label = source = -1
    named = [
        at for at, line in enumerate(lines) if line.text[:1] in "pP(" and (_heading(line) or _SOURCE.match(line.text))
    ]
    rows = find_rows(lines) if named else {}
    for at in named:
        line = lines[at]
        if at not in rows and _heading(line):
            announced = at and _is_landscape(lines[at - 1]) and (label < 0 or label != at - 2)
            starts.append(at - 1 if announced else at)
            label = at
        elif _SOURCE.match(line.text):
            title = range(label + 1, at) if source < label else None
            if (
                title is None
                or len(title) > _MOST_TITLE_LINES
                or not all(each not in rows and _can_name(lines[each]) for each in title)
            ):
                begin = _title_above(lines, at, max(label, source) + 1, rows)
                starts += [] if begin is None else [begin]
            source = at
    return starts


def opens_annex(line: Line) -> bool:
    """What may stand behind the signature without a label: a list, a form, an outline under its own title."""
    plain = fold(line.text[:40])
    return bool(_FORM.match(plain) or (_OWN_TITLE.match(plain) and is_caps(line.text)))


def _heading(line: Line) -> re.Match | None:
    """A label alone on its line, or with the title after it; a sentence may begin with the same words."""
    if line.text[:1] not in "pP" or len(line.text) > _LONGEST_TITLE:
        return None
    found = _HEADING.match(line.text)
    if not found:
        return None
    title = found["title"]
    if title and not is_caps(title):
        parted = found["number"] and line.text[found.start("title") - 2 : found.start("title")].strip() in (
            ".",
            ":",
            "-",
            "–",
        )
        return found if parted and title[0].isupper() and not terminated(title) else None
    return found


def _is_landscape(line: Line) -> bool:
    return line.text.casefold() == LANDSCAPE


def _title_above(lines: Sequence[Line], source: int, first: int, rows: Container[int]) -> int | None:
    """Where the title above the line `source` begins: at the name of its kind, else at the first line in capitals."""
    begin = kind = None
    for at in range(source - 1, max(first, source - _MOST_TITLE_LINES) - 1, -1):
        line = lines[at]
        if not _can_name(line) or at in rows or motto(line.text) or is_office(line.text) or is_name(line.text):
            break
        if kind_of(line.text):
            begin = kind = at
        elif is_caps(line.text):
            begin = at
        elif begin is not None:
            break
    begin = begin if kind is None else kind
    return begin - 1 if begin and begin > first and _is_landscape(lines[begin - 1]) else begin


def _with_notes(groups: list[list[Line]]) -> list[list[Line]]:
    """Word puts the words of all notes behind the last annex: each goes to the annex in which its mark stands."""
    *above, last = groups
    homes: dict[str, int] = {}
    for at, group in enumerate(above):
        texts = [line.text for line in group]
        for mark in marks_in(texts).difference(find_words(texts).values()):
            homes.setdefault(mark, at)
    words = find_words([line.text for line in last], marked=set(homes)) if homes else {}
    groups[-1] = [line for at, line in enumerate(last) if words.get(at) not in homes]
    for at, mark in words.items():
        if mark in homes:
            groups[homes[mark]].append(last[at])
    return groups


def _annex(lines: list[Line], paragraphs: Callable[[list[Line]], list[Paragraph]]) -> Annex:
    landscape = any(map(_is_landscape, lines))
    lines = _renumbered([line for line in lines if not _is_landscape(line)])
    label, title = None, []
    if lines and (found := _heading(lines[0])):
        label = " ".join(filter(None, ("Phụ lục", found["number"])))
        title = [found["title"]] if found["title"] else []
        lines = lines[1:]
    end = _title_end(lines, named=bool(title) and not is_caps(title[0]))
    title += [line.text for line in lines[:end]]
    name = " ".join(title) or None
    if name and not label and not kind_of(name):
        name = name.upper()
    body = build_body(paragraphs(lines[_after_source(lines, end) :]))
    return Annex(label, name, body.text, landscape, body.items)


def _renumbered(lines: list[Line]) -> list[Line]:
    """Word counts its notes through the whole file; each annex counts its own."""
    new = renumbered([line.text for line in lines])
    if not new:
        return lines
    return [
        replace(line, text=with_marks(line.text, new), row=tuple(with_marks(cell, new) for cell in line.row))
        for line in lines
    ]


def _title_end(lines: list[Line], *, named: bool) -> int:
    """A title goes down to "(Kèm theo …)"; without that line it is what stands in capitals, or what was `named` beside
    the label in small letters."""
    head = lines[: _MOST_TITLE_LINES + 1]
    rows = find_rows(lines[: _MOST_TITLE_LINES + 2])
    names = [at not in rows and _can_name(line) for at, line in enumerate(head)]
    source = next((at for at, line in enumerate(head) if _SOURCE.match(line.text)), None)
    if source is not None and all(names[:source]):
        return source
    if named:
        return 0
    return next((at for at, line in enumerate(head) if not (names[at] and is_caps(line.text))), len(head))


def _can_name(line: Line) -> bool:
    return not (find_marker(line.text) or line.text.endswith((".", ";", ":")) or len(line.text) > _LONGEST_TITLE)


def _after_source(lines: list[Line], at: int) -> int:
    """The line after "(Kèm theo …)", which may be wrapped."""
    while at < len(lines) and _SOURCE.match(lines[at].text):
        wrapped = lines[at : at + _MOST_SOURCE_LINES]
        at += next((more for more, line in enumerate(wrapped, 1) if line.text.rstrip(" .;").endswith(")")), 1)
    return at


def _text(annex: Annex, *, sourced: bool) -> str:
    """`sourced`: the line "(Kèm theo)" stands below the title, as it must where the title alone would not be known."""
    head = annex.body.split("\n", _MOST_TITLE_LINES + 1)[: _MOST_TITLE_LINES + 1]
    named = not annex.title or is_caps(annex.title)
    sourced = sourced or not named or (is_caps(head[0]) and not is_row(head[0])) or any(map(_SOURCE.match, head))
    source = _SOURCE_LINE if sourced else None
    return "\n".join(
        filter(None, (annex.label, LANDSCAPE if annex.landscape else None, annex.title, source, annex.body))
    )
