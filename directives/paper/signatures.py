"""Blocks of a signature (ô 7a, 7b): lines of authority and title, then a name; one block or several."""

import re

from directives.paper.model import SignOff
from directives.paper.text import Line, ends_open, fold, is_caps
from directives.paper.words import AUTHORITY, BODY_HEADS, OFFICES, is_caps_name, is_name

SIGNED = re.compile(
    r"^\W*(?:đã ký|ký tên|ký và đóng dấu|đã ký và đóng dấu|chữ ký|ký bởi|ký, ghi rõ)[^()\]]*\W*", re.IGNORECASE
)
BEHIND = re.compile(r"^(?:phu luc|mau so|danh muc|bieu mau|\[\d+\]|ghi chu)(?![a-z])")
MOST_LINES = 5
_MOST_BLOCKS = 6
_CLERK = re.compile(r"^(?:thu ky|nguoi (?:ghi|lap))(?![a-z])")


def is_office(text: str) -> bool:
    """A line of authority or title: capitals, or at least an authority prefix."""
    if len(text) > 110 or not OFFICES.match(fold(text[:60])):
        return bool(AUTHORITY.match(text) and is_caps(text) and len(text) <= 110)
    return is_caps(text) or bool(AUTHORITY.match(text)) or split_name(text) is not None


def read_blocks(*parts: list[Line]) -> tuple[SignOff, tuple[SignOff, ...]]:
    """The issuer's block and the others. Of blocks side by side the right one is the issuer's, of those one below the
    other the first, but for the one who only took the minutes."""
    cells, others = [], []
    for lines in parts:
        own, columns = _columns(lines)
        cells += own
        others += [
            SignOff((*_body_above(column), *block.lines), block.name)
            for column in columns
            for block in _series(column)[:1]
        ]
    signer, *below = _series(cells) or [SignOff()]
    if below and not others and _CLERK.match(fold(signer.lines[0])):
        below, signer = [signer, *below[1:]], below[0]
    if any(_body_above(column) for lines in parts for column in _columns(lines)[1]):
        signer = SignOff((*_body_above(cells), *signer.lines), signer.name)
    return signer, tuple(block for block in (*others, *below) if block.lines)


def _columns(lines: list[Line]) -> tuple[list[str], list[list[str]]]:
    """The cells of the issuer's block, and those of the blocks left of it. What stands below the left one alone ("PHÓ
    GIÁM ĐỐC" below "KT. GIÁM ĐỐC") goes with it."""
    first = next((line for line in lines if len(line.cells) > 1 and all(map(is_office, line.cells))), None)
    if first is None:
        return [cell for line in lines for cell in line.cells], []
    cells: list[str] = []
    left: list[list[str]] = [[] for _ in first.cells[1:]]
    passed = False
    for line in lines:
        if len(line.cells) > 1:
            passed = bool(AUTHORITY.match(line.cells[0])) and is_office(line.cells[-1])
            for column, cell in zip(left, line.cells[:-1], strict=False):
                column.append(cell)
        elif len(line.row) > len(left) and line.row[-1] == "":
            left[min(next(at for at, cell in enumerate(line.row) if cell), len(left) - 1)].append(line.text)
            continue
        elif passed and not line.row and is_office(line.text):
            left[0].append(line.text)
            continue
        cells.append(line.cells[-1])
    return cells, left


def _series(cells: list[str]) -> list[SignOff]:
    """The block that the cells hold, and those that are printed below it, each with its name."""
    found: list[SignOff] = []
    while cells and len(found) < _MOST_BLOCKS:
        block, cells = _read_block(cells)
        if found and not (block.lines and block.name):
            break
        found.append(block)
    return found


def _read_block(cells: list[str]) -> tuple[SignOff, list[str]]:
    """Lines of authority and title, then the name; a title printed after the name is still a line of the block. Also the
    cells from which another block may be read."""
    titles: list[str] = []
    name: str | None = None
    rest: list[str] = []
    for at, cell in enumerate(cells):
        signed = SIGNED.match(cell)
        if signed:
            cell = cell[signed.end() :].strip()
            if not cell:
                continue
        if name is not None:
            if is_office(cell) and is_caps(cell) and len(titles) < MOST_LINES:
                if _names_another(cells, at):
                    rest = cells[at:]
                else:
                    titles.append(cell)
            break
        split = split_name(cell)
        if split:
            _add_title(titles, split[0])
            name = split[1]
        elif is_office(cell):
            if titles and len(titles) >= MOST_LINES:
                break
            _add_title(titles, cell)
        elif titles and (is_name(cell) or is_caps_name(cell)):
            name = cell
        elif titles and is_caps(cell) and len(cell) <= 80:
            titles[-1] = f"{titles[-1]} {cell}"
        elif (titles and BEHIND.match(fold(cell[:20]))) or (titles and len(cell) > 60):
            break
    return SignOff(tuple(title.strip(" ,;") for title in titles), name), rest


def _body_above(cells: list[str]) -> tuple[str, ...]:
    """The body that one of several blocks is signed for, printed above its titles."""
    named = cells and is_caps(cells[0]) and BODY_HEADS.match(fold(cells[0])) and not is_office(cells[0])
    return (cells[0],) if named else ()


def _add_title(titles: list[str], text: str) -> None:
    """A line ended by a comma goes on below."""
    if titles and (titles[-1].endswith((",", "-")) or ends_open(titles[-1])) and not AUTHORITY.match(text):
        titles[-1] = f"{titles[-1]} {text}"
    else:
        titles.append(text)


def split_name(text: str) -> tuple[str, str] | None:
    """'GIÁM ĐỐC Nguyễn Văn A': the capitals are the title, the rest the name."""
    words = text.split()
    cut = next((at for at, word in enumerate(words) if word[-1:].islower()), None)
    if not cut or cut >= len(words) - 1:
        return None
    title, name = " ".join(words[:cut]), " ".join(words[cut:])
    if is_caps(title) and OFFICES.match(fold(title)) and is_name(name):
        return title, name
    return None


def _names_another(cells: list[str], at: int) -> bool:
    """The office after a name opens a second signature, not a second title."""
    below = [cell for cell in cells[at + 1 : at + 5] if not SIGNED.match(cell)]
    return any(is_name(cell) and not is_office(cell) for cell in below[:3])
