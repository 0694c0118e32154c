"""Addressees: 'Kính gửi' inline or as a list, 'Đồng kính gửi', and the list under '… điện:'."""

import re

from directives.paper.front import calling, is_component, sending
from directives.paper.text import Line, ends_open, fold, is_caps, join, parted, starts_lower, terminated
from directives.paper.title import opens_body
from directives.paper.words import BODY_HEADS

_DASH = re.compile(r"^[-–—•+*●▪·\uf0b7]\s*(?=\S)")
_PERSONS = ("Ông ", "Bà ", "Đồng chí ")
_SPEAKS = re.compile(r"\b(?:chúng tôi|xin|trân trọng|đề nghị|yêu cầu|nhận được|thực hiện|kính|đã có)\b")
_MOST = 200


def read_addressees(lines: list[Line], start: int) -> tuple[str, list[str], list[Line], int]:
    """From the line with the label: the label, the entries, header lines found among them, and the first line after."""
    called = None if sending(lines[start].text) else calling(lines[start].text)
    strays: list[Line] = []
    entries: list[str] = []
    index = start
    while index < len(lines) and len(entries) < _MOST:
        line = lines[index]
        found = called if index == start and called else _sending_cell(line, strays)
        if not found:
            if _stray(line):
                strays.append(line)
                index += 1
                continue
            break
        inline = found["rest"].strip()
        index += 1
        if inline:
            index, entry = _wrapped(lines, index, _DASH.sub("", inline))
            if found is not called and found["again"] and not found["mark"]:
                entry = f"Đồng kính gửi {entry}"
            entries += parted(entry)
        index = _read_list(lines, index, entries, strays, dashed=bool(inline))
        called = None
    if len(entries) > 1 and all(entry.endswith(",") for entry in entries[:-1]):
        entries = [entry.rstrip(",") for entry in entries]
    label = "điện" if sending(lines[start].text) is None and not _sending_cell(lines[start], []) else "Kính gửi"
    return label, [entry for entry in map(tidy_entry, entries) if entry], strays, index


def tidy_entry(entry: str) -> str:
    return re.sub(r"[\s;.]*(?:\./\.)?[\s;.]*$", "", entry).strip()


def _stray(line: Line) -> bool:
    """A header line that column order put among the addressees: number, day, V/v, or an agency in capitals."""
    return is_component(line) or (is_caps(line.text) and bool(BODY_HEADS.match(fold(line.text))))


def _sending_cell(line: Line, strays: list[Line]) -> re.Match | None:
    """The label in any column; the other columns are header lines."""
    for at, cell in enumerate(line.cells):
        found = sending(" ".join(line.cells[at:])) if sending(cell) else None
        if found:
            if at:
                strays.append(Line(" ".join(line.cells[:at]), line.cells[:at], line.gap))
            return found
    return None


def _read_list(lines: list[Line], index: int, entries: list[str], strays: list[Line], *, dashed: bool) -> int:
    """Dashed entries, or bare lines each ended by ';' when there is no dash and nothing stood beside the label."""
    while index < len(lines) and len(entries) < _MOST:
        line = lines[index]
        if _stray(line):
            strays.append(line)
            index += 1
            continue
        text = line.text
        if sending(text):
            break
        if _DASH.match(text):
            dashed = True
            index, entry = _wrapped(lines, index + 1, _DASH.sub("", text))
            entries += parted(entry)
            continue
        if dashed and entries and _between(lines, index):
            entries[-1] = f"{entries[-1]} {text}"
            index += 1
            continue
        if dashed and _another(lines, index, entries):
            entries.append(text)
            index += 1
            continue
        if dashed or opens_body(text):
            break
        index, entry = _wrapped(lines, index + 1, text)
        entries.append(entry)
        if not entry.endswith(";"):
            break
    return index


def _between(lines: list[Line], index: int) -> bool:
    """The rest of an entry that names several and ended its first line with one of them: a dash follows it."""
    line = lines[index]
    return (
        not line.gap
        and line.text.endswith((";", ","))
        and len(line.text) < 100
        and not opens_body(line.text)
        and index + 1 < len(lines)
        and not lines[index + 1].gap
        and bool(_DASH.match(lines[index + 1].text))
    )


def _another(lines: list[Line], index: int, entries: list[str]) -> bool:
    """A second person or body right under an inline one, with a blank line after it."""
    line = lines[index]
    last = index + 1 == len(lines) or lines[index + 1].gap
    named = BODY_HEADS.match(fold(line.text)) or line.text.startswith(_PERSONS)
    open_list = bool(entries) and not terminated(entries[-1]) and not line.gap
    return open_list and last and bool(named) and len(line.text) < 100 and not line.text.endswith((":", "./."))


def _wrapped(lines: list[Line], index: int, entry: str) -> tuple[int, str]:
    """Adds the lines an entry wraps over. The body may follow without a blank line or a full stop."""
    while index < len(lines):
        line = lines[index]
        text = line.text
        if text[0] == "(" and text.rstrip(".;").endswith(")") and not line.gap and len(text) < 60:
            entry = f"{tidy_entry(entry)} {text}"
            index += 1
            continue
        if _DASH.match(text) or sending(text) or _stray(line) or terminated(entry):
            break
        if line.gap and not (starts_lower(text) and not opens_body(text)):
            break
        if opens_body(text) or (not starts_lower(text) and not ends_open(entry) and _SPEAKS.search(text)):
            break
        after = lines[index + 1] if index + 1 < len(lines) else None
        short = (
            len(text) <= 30
            and not text.startswith(_PERSONS)
            and (after is None or after.gap or opens_body(after.text) or bool(_DASH.match(after.text)))
        )
        if not (starts_lower(text) or ends_open(entry) or short or (terminated(text) and len(text) < 100)):
            break
        entry = join(entry, text)
        index += 1
    return index, entry
