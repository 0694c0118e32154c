"""The automatic numbers of a Word file, counted as Word counts them; a format that is not certain gives no label."""

from docx.document import Document as DocumentFile
from docx.oxml.ns import qn

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DEEPEST_STYLE = 10
_VALUE = qn("w:val")


class Numbers:
    """Counts the lists of one document, paragraph by paragraph."""

    def __init__(self, document: DocumentFile) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._legal: set[tuple[str, int]] = set()
        self._abstract: dict[str, str] = {}
        self._again: dict[str, dict[int, int]] = {}
        self._count: dict[tuple[str, int], int] = {}
        styles = document.styles.element.findall(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        self._usual = next((style.get(qn("w:styleId")) for style in styles if _is_usual(style)), None)
        self._of_style: dict[str | None, tuple[str, int] | None] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")):
                self._read_level(name, level)
        for number in root.findall(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            if link is not None:
                self._read_number(number, link.get(_VALUE))

    def _read_level(self, name: str, level) -> None:
        form, text, start = level.find(qn("w:numFmt")), level.find(qn("w:lvlText")), level.find(qn("w:start"))
        if form is None or text is None:
            return
        key = (name, int(level.get(qn("w:ilvl"), "0")))
        self._levels[key] = (
            form.get(_VALUE, ""),
            text.get(_VALUE, ""),
            int(start.get(_VALUE, "1")) if start is not None else 1,
        )
        if level.find(qn("w:isLgl")) is not None:
            self._legal.add(key)

    def _read_number(self, number, abstract: str) -> None:
        """A list may say anew where its levels start: it then counts by itself from its first paragraph on."""
        name = number.get(qn("w:numId"))
        self._abstract[name] = abstract
        for change in number.findall(qn("w:lvlOverride")):
            start = change.find(qn("w:startOverride"))
            if start is not None:
                self._again.setdefault(name, {})[int(change.get(qn("w:ilvl"), "0"))] = int(start.get(_VALUE, "1"))

    def label(self, paragraph) -> str:
        """`1. `, `a) `, `- ` for a w:p that has words, or nothing. To be asked once for each, in their order."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        name = self._abstract.get(number)
        known = self._levels.get((name, depth)) if name is not None else None
        if not known:
            return ""
        form, pattern, first = known
        if form == "bullet":
            return "+ " if pattern.strip() in ("+", "o") else "- "
        for level, start in self._again.pop(number, {}).items():
            self._count[(name, level)] = start - 1
        self._count[(name, depth)] = self._count.get((name, depth), first - 1) + 1
        for key in [key for key in self._count if key[0] == name and key[1] > depth]:
            del self._count[key]
        return self._fill(name, depth, pattern)

    def _place(self, paragraph) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        properties = paragraph.find(qn("w:pPr"))
        own, style = None, None
        if properties is not None:
            own, style = _listed(properties), properties.find(qn("w:pStyle"))
        name = style.get(_VALUE) if style is not None else self._usual
        if own is None and name not in self._of_style:
            self._of_style[name] = self._inherited(name)
        number, depth = own or self._of_style[name] or ("0", 0)
        return (number, depth) if number != "0" else None

    def _inherited(self, name: str | None) -> tuple[str, int] | None:
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                break
            properties, base = style.find(qn("w:pPr")), style.find(qn("w:basedOn"))
            found = _listed(properties) if properties is not None else None
            if found:
                return found
            name = base.get(_VALUE) if base is not None else None
        return None

    def _fill(self, name: str, depth: int, pattern: str) -> str:
        legal = (name, depth) in self._legal
        for level in range(depth + 1):
            form, _, first = self._levels.get((name, level), ("", "", 1))
            written = _written("decimal" if legal and form else form, self._count.get((name, level), first))
            if f"%{level + 1}" in pattern and written is None:
                return ""
            pattern = pattern.replace(f"%{level + 1}", written or "")
        return f"{pattern.strip()} " if pattern.strip() else ""


def _is_usual(style) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _listed(properties) -> tuple[str, int] | None:
    """The list that paragraph properties name; "0" takes the paragraph out of the list of its style."""
    number, depth = (properties.find(f"{qn('w:numPr')}/{qn(name)}") for name in ("w:numId", "w:ilvl"))
    if number is None:
        return None
    return number.get(_VALUE, "0"), int(depth.get(_VALUE, "0")) if depth is not None else 0


def _written(form: str, value: int) -> str | None:
    if form in ("decimal", "decimalZero"):
        return f"{value:02d}" if form == "decimalZero" else str(value)
    if form in ("upperRoman", "lowerRoman"):
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        letter = "abcdefghijklmnopqrstuvwxyz"[value - 1]
        return letter if form == "lowerLetter" else letter.upper()
    return None


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            text, value = text + letters, value - worth
    return text
