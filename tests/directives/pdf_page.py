"""A printed paper read back from its PDF: every line with its place in millimetres from the top left of the page."""

import io
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import pdfplumber

MM = 25.4 / 72


@dataclass(frozen=True)
class Text:
    """A line of one style; `baseline`, `left` and `right` in mm, `size` in points."""

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    colour: tuple

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def style(self) -> str:
        """Regular, Bold, Italic or BoldItalic, whatever the family is called."""
        name = self.font.casefold()
        return ("Bold" * ("bold" in name) + "Italic" * ("italic" in name or "oblique" in name)) or "Regular"


@dataclass(frozen=True)
class Grid:
    """A table on one page: its sides in mm and the words of its cells, row by row."""

    page: int
    left: float
    right: float
    rows: list[list[str]]


@dataclass(frozen=True)
class Rule:
    page: int
    left: float
    right: float
    top: float
    bottom: float
    colour: tuple

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class Printed:
    """`lines` are runs of one baseline and style without a gap wider than a number left blank."""

    def __init__(self, pdf: bytes) -> None:
        self.lines: list[Text] = []
        self.rules: list[Rule] = []
        self.sizes: list[tuple[float, float]] = []
        self.rows: list[str] = []
        self._pdf = pdf
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            for number, page in enumerate(document.pages, 1):
                self._read(number, page)
        self.rules = list(dict.fromkeys(self.rules))  # an office suite draws each of them twice

    def _read(self, number: int, page) -> None:
        height = float(page.height)
        self.sizes.append((float(page.width) * MM, height * MM))
        rows: dict[float, list[dict]] = {}
        for char in page.chars:
            rows.setdefault(round(char["matrix"][5], 1), []).append(char)
        for base in sorted(rows, reverse=True):
            row = sorted(rows[base], key=lambda char: char["x0"])
            self.rows.append(_text(row))
            runs = [[row[0]]]
            for char in row[1:]:
                last = runs[-1][-1]
                apart = char["x0"] - last["x1"] > 8 or _style(char) != _style(last)
                runs.append([char]) if apart else runs[-1].append(char)
            for run in runs:
                text = _text(run)
                solid = [char for char in run if char["text"].strip()]
                if solid:
                    font, size = _style(solid[0])
                    left, right = solid[0]["x0"] * MM, solid[-1]["x1"] * MM
                    colour = tuple(solid[0]["non_stroking_color"])
                    self.lines.append(Text(number, text, left, right, (height - base) * MM, size, font, colour))
        for rect in page.rects:
            sides = [rect[side] * MM for side in ("x0", "x1", "top", "bottom")]
            self.rules.append(Rule(number, *sides, tuple(rect["non_stroking_color"] or ())))
        for line in page.lines:
            half = line["linewidth"] / 2
            sides = (line["x0"], line["x1"], line["top"] - half, line["bottom"] + half)
            self.rules.append(Rule(number, *(side * MM for side in sides), tuple(line["stroking_color"] or ())))

    @cached_property
    def grids(self) -> list[Grid]:
        """The ruled tables in their order. Costs 0.1 s a page."""
        found = []
        with pdfplumber.open(io.BytesIO(self._pdf)) as document:
            for number, page in enumerate(document.pages, 1):
                for table in page.find_tables():
                    rows = [[_joined(cell) for cell in row] for row in table.extract(y_tolerance=4)]
                    found.append(Grid(number, table.bbox[0] * MM, table.bbox[2] * MM, rows))
        return found

    def find(self, start: str) -> Text:
        """The only line that says so, or else the only one that begins so."""
        found = [line for line in self.lines if line.text == start]
        found = found or [line for line in self.lines if line.text.startswith(start)]
        assert len(found) == 1, (start, [line.text for line in self.lines])
        return found[0]

    def on(self, page: int) -> list[Text]:
        return [line for line in self.lines if line.page == page]

    def under(self, line: Text) -> list[Rule]:
        """The thin rules close beneath a line."""
        return [
            rule
            for rule in self.rules
            if rule.page == line.page
            and 0 < rule.top - line.baseline < 3
            and rule.bottom - rule.top < 0.6
            and abs(rule.centre - line.centre) < 20
        ]


def _joined(cell: str | None) -> str:
    return unicodedata.normalize("NFC", "".join((cell or "").split()))


def _style(char: dict) -> tuple[str, float]:
    return char["fontname"].split("+")[1], round(char["size"], 1)


def _text(chars: list[dict]) -> str:
    text = unicodedata.normalize("NFC", "".join(char["text"] for char in chars))
    return text.replace("\u00a0", " ").strip()
