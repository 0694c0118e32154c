"""Numbers the items of a text anew, for the editor: after one was added, moved or taken out, the labels below follow."""

from dataclasses import dataclass, field

from directives.paper.markers import RANK, Marker, find_marker
from directives.paper.notes import find_words

ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUNS_ON = ("chương", "điều")
_SLIP = 2


@dataclass
class _List:
    """A list that is open: its style, the numbers its labels begin with (3.1, 3.2: the 3), and the last number given."""

    style: str
    stem: tuple[int, ...] = ()
    last: int = 0


@dataclass
class _Lists:
    """The open lists from the outermost to the innermost; `ever` is the last number of each style as written and as
    given; `stems` tells what became of the numbers that dotted labels repeat; `broken` that a paragraph stands between."""

    open: list[_List] = field(default_factory=list)
    ever: dict[str, tuple[int, int]] = field(default_factory=dict)
    stems: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)
    broken: bool = False


def renumber(text: str) -> str:
    """The text with the items of each list counted on from its first, letters in Vietnamese order (NĐ 30 PL I.II.6.đ).

    Only labels change, never a word or a cross reference. A list that starts at 3 or later was meant to and keeps its
    start; one that starts at 2 has lost its first item. Articles and chapters count through the whole text. A "1." below
    a paragraph of its own opens another list. Doing it twice changes nothing."""
    lines = text.split("\n")
    notes = find_words([line.strip() for line in lines])
    lists = _Lists()
    return "\n".join(line if at in notes else _line(line, lists) for at, line in enumerate(lines))


def _line(line: str, lists: _Lists) -> str:
    words = line.strip()
    marker = find_marker(words)
    if not marker:
        lists.broken = lists.broken or bool(words)
        return line
    written = _written(marker)
    style = "paren letter" if marker.style == "paren" and written.isalpha() else marker.style
    value = _value(marker, written)
    lists.open = _left_open(lists.open, marker, style)
    if value is None:
        lists.broken = lists.broken and marker.style in ("dash", "plus")
        return line
    stem = lists.stems.get(marker.value[:-1], marker.value[:-1]) if marker.style == "dotted" else ()
    here = lists.open[-1] if lists.open and (lists.open[-1].style, lists.open[-1].stem) == (style, stem) else None
    if here is None and not value:
        return line
    if here is None:
        lists.open = [each for each in lists.open if each.style != style or len(each.stem) < len(stem)]
        here = _List(style, stem, _start(value, style, lists) - 1)
        lists.open.append(here)
    elif value == 1 and lists.broken:
        here.last = 0
    here.last += 1
    lists.ever[style] = (value, here.last)
    lists.stems[marker.value] = (*stem, here.last)
    lists.broken = False
    label = _label(marker, written, (*stem, here.last))
    at = line.index(
        written, len(line) - len(line.lstrip()) + (len(marker.label) - len(written) if " " in marker.label else 0)
    )
    return f"{line[:at]}{label}{line[at + len(written) :]}"


def _written(marker: Marker) -> str:
    """The label without the word or the brackets around it: `5` of "Điều 5", `a` of "(a)"."""
    return marker.label.rpartition(" ")[2].strip("()")


def _value(marker: Marker, written: str) -> int | None:
    """The number of a label that counts; a dash, "A.", "thứ nhất" and "Điều 5a" do not. A letter that Vietnamese lists do
    not have (f, j, w, z) is 0: it can go on with a list but starts none."""
    if marker.style in ("letter", "paren") and written.isalpha():
        return ALPHABET.find(written) + 1
    if marker.style not in RANK or marker.style == "capital" or not marker.value:
        return None
    counts = written.isdigit() or marker.style == "dotted" or set(written) <= set("IVXLC")
    return marker.value[-1] if counts and marker.value[-1] else None


def _left_open(lists: list[_List], marker: Marker, style: str) -> list[_List]:
    """The lists that this item does not close: those of a higher level, and its own."""
    stem = len(marker.value) - 1 if marker.style == "dotted" else 0
    rank = RANK[marker.style]
    kept = [each for each in lists if RANK[each.style.removesuffix(" letter")] <= rank and len(each.stem) <= stem]
    own = next((at for at, each in enumerate(lists) if each.style == style and len(each.stem) == stem), None)
    return kept if own is None else lists[: own + 1]


def _start(value: int, style: str, lists: _Lists) -> int:
    written, given = lists.ever.get(style, (0, 0))
    if style != "dotted" and value > 1 and given and (style in _RUNS_ON or value == written + 1):
        return given + 1
    return 1 if value <= _SLIP else value


def _label(marker: Marker, written: str, value: tuple[int, ...]) -> str:
    if marker.style == "dotted":
        return ".".join(map(str, value))
    number = value[-1]
    if written.isdigit():
        return f"{number:02d}" if written.startswith("0") else str(number)
    if marker.style in ("letter", "paren"):
        return ALPHABET[number - 1] if number <= len(ALPHABET) else written
    return _roman(number)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            text, value = text + letters, value - worth
    return text
