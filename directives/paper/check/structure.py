"""The body as a tree (PL I.II.6.c-đ): labels in order, titles where they belong, the mark that ends the text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from directives.paper.check.rule import ERROR, HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet, walk
from directives.paper.model import Item, Span
from directives.paper.text import is_caps

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = re.compile(r"^[IVXLC]+$")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NAMED = re.compile(r"^(?P<name>Phần|Chương|Mục|Tiểu mục|Điều) (?P<value>[IVXLC]+|\d+)$")
_LABEL = re.compile(
    r"(?:(?P<number>Điều \d{1,3}|[IVX]{1,5}|\d{1,2})(?P<mark>[/:.])(?=\s)|(?P<letter>[a-zđ])\s?(?P<after>[./)])(?=\s))"
)
_END = re.compile(r"(?P<mark>[\s./;,:…]*)$")
_NOT_TEXT = re.compile(r"^(?:\(|\[|\*|Ghi chú|Email|Điện thoại|Địa chỉ)")


def _span(item: Item) -> Span:
    return Span("body", item.start, item.start + len(item.label))


def _lists(sheet: Sheet) -> Iterator[tuple[Item, ...]]:
    yield sheet.paper.items
    for item in walk(sheet.paper.items):
        if item.items:
            yield item.items


def _number(label: str) -> tuple[str, int] | None:
    """The style of a label and its place in its list."""
    if named := _NAMED.match(label):
        style, value = named["name"], named["value"]
        return style, int(value) if value.isdigit() else _roman(value)
    if label in LETTERS and len(label) == 1:
        return "letter", LETTERS.index(label) + 1
    if _ROMAN.match(label):
        return "roman", _roman(label)
    last = label.rstrip(")").rpartition(".")[2]
    return (f"number {label.count('.')}", int(last)) if last.isdigit() else None


def _roman(value: str) -> int:
    total = 0
    for letter, after in zip(value, [*value[1:], ""], strict=True):
        total += -_VALUES[letter] if _VALUES.get(after, 0) > _VALUES[letter] else _VALUES[letter]
    return total


@rule("label-order", WARNING, "NĐ 30/2020 PL I.II.6.c")
def label_order(sheet: Sheet) -> Iterator[Remark]:
    """The labels of a list go up one by one: none is left out, none comes twice."""
    for items in _lists(sheet):
        for above, below in pairwise(each for each in items if _number(each.label)):
            (style, first), (other, second) = _number(above.label), _number(below.label)
            if style != other or style in ("letter", "Điều") or second == first + 1:
                continue
            if second == 1 or second < first:
                continue
            what = "lặp lại" if second == first else "nhảy số"
            message = f"Thứ tự {what}: sau “{above.label}” là “{below.label}”"
            yield Remark(sheet.where(_span(below)), message, _span(below))


@rule("letter-order", ERROR, "NĐ 30/2020 PL I.II.6.đ")
def letter_order(sheet: Sheet) -> Iterator[Remark]:
    """Points are lettered in the order of the Vietnamese alphabet: a, b, c, d, đ, e, g, h, i, k…"""
    for items in _lists(sheet):
        letters = [each for each in items if len(each.label) == 1 and each.label.isalpha() and each.label.islower()]
        for above, below in pairwise(letters):
            at = LETTERS.find(above.label)
            wanted = LETTERS[at + 1 : at + 2] if at >= 0 else ""
            if at >= 0 and below.label not in (wanted, "a"):
                message = f"Điểm xếp theo bảng chữ cái tiếng Việt: sau “{above.label})” là “{wanted})”, không phải “{below.label})”"
                yield Remark(sheet.where(_span(below)), message, _span(below))


@rule("label-mark", WARNING, "NĐ 30/2020 PL I.II.6.đ")
def label_mark(sheet: Sheet) -> Iterator[Remark]:
    """A full stop follows the number of a Điều, a khoản, a section I, II; a closing bracket follows the letter of a điểm."""
    told = False
    for item in walk(sheet.paper.items):
        found = _LABEL.match(sheet.paper.body, item.start, item.end)
        if not found:
            continue
        group, wanted = ("mark", ".") if found["mark"] else ("after", ")")
        if found[group] != wanted:
            right = f"{found['number'] or found['letter']}{wanted}"
            what = "Sau số thứ tự là dấu chấm" if found["number"] else "Sau chữ cái của điểm là dấu đóng ngoặc đơn"
            yield Remark(sheet.where(_span(item)), f"{what}: “{right}”", Span("body", *found.span(group)), wanted)
    for item in sheet.paper.items:
        if not told and re.fullmatch(r"\d+\)", item.label):
            told = True
            yield Remark(sheet.where(_span(item)), f"Sau số thứ tự là dấu chấm: “{item.label[:-1]}.”", _span(item))


@rule("level-title", WARNING, "NĐ 30/2020 PL I.II.6.d")
def level_title(sheet: Sheet) -> Iterator[Remark]:
    """Phần, Chương and Mục have a title."""
    for item in walk(sheet.paper.items):
        named = _NAMED.match(item.label)
        if named and named["name"] in ("Phần", "Chương", "Mục") and not item.heading:
            yield Remark(item.label, f"{item.label} phải có tiêu đề", _span(item))


@rule("level-numeral", WARNING, "NĐ 30/2020 PL I.II.6.đ")
def level_numeral(sheet: Sheet) -> Iterator[Remark]:
    """Phần and Chương are numbered in Roman numerals, Mục and Tiểu mục in Arabic ones."""
    for item in walk(sheet.paper.items):
        named = _NAMED.match(item.label)
        if not named or named["name"] == "Điều":
            continue
        roman = named["name"] in ("Phần", "Chương")
        if roman == named["value"].isdigit():
            message = f"{named['name']} đánh số bằng chữ số {'La Mã' if roman else 'Ả Rập'}"
            yield Remark(item.label, message, _span(item))


@rule("section-capitals", WARNING, "NĐ 30/2020 PL I.II.6.đ, PL I.V")
def section_capitals(sheet: Sheet) -> Iterator[Remark]:
    """The title of a section numbered I, II, III is in capitals."""
    for item in walk(sheet.paper.items):
        if not _ROMAN.match(item.label) or not item.heading or is_caps(item.heading):
            continue
        at = sheet.paper.body.find(item.heading, item.start, item.end)
        if at >= 0 and any(map(str.isalpha, item.heading)):
            span = Span("body", at, at + len(item.heading))
            yield Remark(f"mục {item.label}", "Tiêu đề mục I, II, III viết bằng chữ in hoa", span, item.heading.upper())


@rule("heading-marks", HINT, "đối chiếu trong chính văn bản")
def heading_marks(sheet: Sheet) -> Iterator[Remark]:
    """Titles of one level that stand above lists end in one way: all with a colon, or all without a mark."""
    for items in _lists(sheet):
        above: dict[str | None, tuple[str, str]] = {}
        for item in items:
            if not item.heading or not item.items or item.label in ("-", "+"):
                continue
            style = (_number(item.label) or (None,))[0]
            line = sheet.paper.body[item.start : item.end].split("\n", 1)[0].rstrip()
            mark = line[-1] if line[-1] in ".:;," else ""
            first = above.setdefault(style, (item.label, mark))
            if mark != first[1]:
                place = Span("body", item.start + len(line) - len(mark), item.start + len(line))
                message = f"Cuối tiêu đề mục {item.label} {_ending(mark)}, mục {first[0]} cùng cấp {_ending(first[1])}"
                yield Remark(sheet.where(_span(item)), message, place)


def _ending(mark: str) -> str:
    return f"là dấu “{mark}”" if mark else "không có dấu"


@rule("end-mark", ERROR, "NĐ 30/2020 PL III, các mẫu văn bản", needs="print")
def end_mark(sheet: Sheet) -> Iterator[Remark]:
    """The text ends with "./."."""
    if not sheet.closing or not (sheet.paper.noi_nhan or sheet.paper.signer.lines):
        return
    text = next((each for each in reversed(sheet.closing) if not _NOT_TEXT.match(each.text)), sheet.closing[-1])
    if not any(each.text.endswith("./.") for each in sheet.closing if each.span.start >= text.span.start):
        mark = _END.search(text.text)
        span = Span("body", text.span.start + mark.start(), text.span.end)
        yield Remark("cuối nội dung", "Kết thúc phần nội dung phải có dấu “./.”", span, "./.")


@rule("end-mark-early", WARNING, "NĐ 30/2020 PL III, các mẫu văn bản", needs="print")
def end_mark_early(sheet: Sheet) -> Iterator[Remark]:
    """The mark "./." stands once, at the very end."""
    body = sheet.paper.body
    last = body.rfind("./.")
    for found in re.finditer(r"\./\.", body):
        if found.start() != last:
            span = Span("body", found.start(), found.end())
            yield Remark(sheet.where(span), "Dấu “./.” chỉ đặt ở cuối cùng của nội dung", span, ".")
