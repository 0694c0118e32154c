"""Slips of the pen: words and dates against the paper's own, tone marks, doubled words, spaces."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from directives.paper.check.rule import HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.check.spelling import SURE
from directives.paper.model import Span
from directives.paper.text import fold, lowered

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_TONED = re.compile(r"(?<![a-z])[a-z]{0,4}?(?:oa|oe|uy)[a-z]{0,4}(?![a-z])")
_FUNCTION = (
    "và của các những trong trên về cho với để được tại có là theo đến khi bị này đã sẽ cần phải tới cùng hoặc nhằm vào như "
    "giữa dịp từ do ở thuộc"
)
_ONCE = f"(?:{'|'.join(word for word in _FUNCTION.split() if word != 'từ')})"
_DOUBLED = re.compile(rf"(?<![\w-])(?P<word>{_ONCE}|số(?= số \d))(?P<again>[ ]+(?P=word))(?![\w-])")
_ONE_SIDED = re.compile(r"(?<=[^\W_])(?P<hyphen> [-–]|[-–] )(?=[^\W_])")
_SPAN_OF_YEARS = re.compile(r"(?<![\d/])(?:19|20)\d\d(?P<dash>\s?[-–]\s?)(?:19|20)\d\d(?!\d)")
_LINKS = frozenset(_FUNCTION.split())
_BEFORE = re.compile(r"(?<=[\w)”])[ ]+(?=[,;:]|[.](?:\s|$))")
_AFTER = re.compile(r"(?<=[^\W\d_])[,;](?=[^\W\d_])")
_WINDOW = 4


@lru_cache(maxsize=8192)
def _marks(word: str) -> str:
    """The marks of a word without their letters: the same for hoà and hòa, not for cấp and cáp."""
    return "".join(sorted(mark for mark in unicodedata.normalize("NFD", word) if unicodedata.combining(mark)))


@dataclass(frozen=True, slots=True)
class _Window:
    """Four words in a row; `alone` says whether nothing, or only a small word, stands before and after them."""

    part: str
    start: int
    words: str
    alone: tuple[bool, bool]

    def span(self, at: int) -> Span:
        words = self.words.split(" ")
        start = self.start + sum(len(word) + 1 for word in words[:at])
        return Span(self.part, start, start + len(words[at]))


def _variants(sheet: Sheet) -> tuple[dict[str, dict[str, list[_Window]]], Counter[str]]:
    """The windows that have the same letters as another and not the same marks, by those letters; how often each word stands."""
    first: dict[str, tuple[str, str, int, list[str], int]] = {}
    found: dict[str, dict[str, list[_Window]]] = {}
    count: Counter[str] = Counter()
    for part in ("front", "body", "foot"):
        lower = sheet.lower if part == "body" else lowered(getattr(sheet.paper, part))
        plain = sheet.plain if part == "body" else fold(lower)
        for run in _RUN.finditer(lower):
            words = run[0].split(" ")
            count.update(words)
            if len(words) < _WINDOW:
                continue
            starts = list(accumulate((len(word) + 1 for word in words), initial=run.start()))
            for at in range(len(words) - _WINDOW + 1):
                start, end = starts[at], starts[at + _WINDOW] - 1
                key, exact = plain[start:end], lower[start:end]
                known = first.get(key)
                if known is None:
                    first[key] = (exact, part, start, words, at)
                elif known[0] != exact or key in found:
                    if key not in found:
                        found[key] = {known[0]: [_window(*known[1:])]}
                    found[key].setdefault(exact, []).append(_window(part, start, words, at))
    return found, count


def _window(part: str, start: int, words: list[str], at: int) -> _Window:
    before = at == 0 or words[at - 1] in _LINKS
    after = at + _WINDOW == len(words) or words[at + _WINDOW] in _LINKS
    return _Window(part, start, " ".join(words[at : at + _WINDOW]), (before, after))


class _Slip(NamedTuple):
    """Two spellings of the same four words; `margin` is how much commoner the right one is."""

    margin: tuple[int, int]
    wrong: list[_Window]
    right: list[_Window]
    at: int


@rule("own-words", WARNING, "đối chiếu trong chính văn bản")
def own_words(sheet: Sheet) -> Iterator[Remark]:
    """The same four words are written the same everywhere: "hạ tầng mạng cấp" beside "hạ tầng mạng cáp" is a slip."""
    told: set[Span] = set()
    for slip in sorted(_slips(sheet), key=lambda each: each.margin, reverse=True):
        wrong, right, span = slip.wrong[0].words, slip.right[0].words, slip.wrong[0].span(slip.at)
        spans = {each.span(slip.at) for each in (*slip.wrong, *slip.right)}
        if told.intersection(spans) or any(sure in wrong for sure in SURE):
            continue
        told.update(spans)
        bad, good = wrong.split(" ")[slip.at], right.split(" ")[slip.at]
        message = f"“{wrong}” nhưng nơi khác viết “{right}”: kiểm tra chữ “{bad}”/“{good}”"
        sure = len(slip.right) >= 3 and len(slip.wrong) == 1
        yield Remark(_where(sheet, span), message, span, _cased(sheet, span, good) if sure else None)


def _slips(sheet: Sheet) -> Iterator[_Slip]:
    found, count = _variants(sheet)
    pairs = _pairs(sheet) if found else Counter()
    for variants in found.values():
        first, second = sorted(variants, key=lambda each: (-len(variants[each]), each))[:2]
        one, other = first.split(" "), second.split(" ")
        differing = [at for at in range(_WINDOW) if _marks(one[at]) != _marks(other[at])]
        if len(differing) != 1:
            continue
        at = differing[0]
        outer = at in (0, _WINDOW - 1)
        if outer and not all(each.alone[at > 0] for words in (first, second) for each in variants[words]):
            continue
        here, there = _standing(one, at, pairs, count), _standing(other, at, pairs, count)
        if here < there:
            first, second, here, there = second, first, there, here
        yield _Slip((here[0] - there[0], here[1] - there[1]), variants[second], variants[first], at)


def _pairs(sheet: Sheet) -> Counter[str]:
    """How often each two words stand side by side."""
    found: Counter[str] = Counter()
    for text in (lowered(sheet.paper.front), sheet.lower, lowered(sheet.paper.foot)):
        for run in _RUN.finditer(text):
            found.update(map(" ".join, pairwise(run[0].split(" "))))
    return found


def _standing(words: list[str], at: int, pairs: Counter[str], count: Counter[str]) -> tuple[int, int]:
    """How often the word stands beside the same neighbours, then how often at all: "chỉnh lý" beats "chính lý" though
    "chính" is the commoner word."""
    beside = [" ".join(words[start : start + 2]) for start in (at - 1, at) if 0 <= start < _WINDOW - 1]
    return sum(pairs[each] for each in beside), count[words[at]]


@rule("tone-place", HINT, "đối chiếu trong chính văn bản")
def tone_place(sheet: Sheet) -> Iterator[Remark]:
    """Tone marks stand on the same letter throughout: hóa or hoá, not both."""
    forms: dict[tuple[str, str], dict[str, list[Span]]] = {}
    for part in ("front", "body", "foot"):
        lower = sheet.lower if part == "body" else lowered(getattr(sheet.paper, part))
        for found in _TONED.finditer(sheet.plain if part == "body" else fold(lower)):
            word = lower[found.start() : found.end()]
            span = Span(part, found.start(), found.end())
            forms.setdefault((found[0], _marks(word)), {}).setdefault(word, []).append(span)
    for variants in forms.values():
        usual, *others = sorted(variants, key=lambda each: -len(variants[each]))
        for other in others:
            span = variants[other][0]
            message = f"Dấu thanh đặt không thống nhất: “{other}” và “{usual}”"
            yield Remark(_where(sheet, span), message, span, _cased(sheet, span, usual))


def _cased(sheet: Sheet, span: Span, word: str) -> str:
    """The word with the capitals of what stands there now."""
    printed = getattr(sheet.paper, span.part)[span.start : span.end]
    if printed.isupper() and len(printed) > 1:
        return word.upper()
    return word.capitalize() if printed[:1].isupper() else word


@rule("doubled-word", WARNING, "quy tắc chính tả")
def doubled_word(sheet: Sheet) -> Iterator[Remark]:
    """A small word is not printed twice in a row. Others may be: "truyền thông thông suốt", "hành vi vi phạm"."""
    for found in _DOUBLED.finditer(sheet.paper.body):
        span = Span("body", found.start("again"), found.end("again"))
        yield Remark(sheet.where(span), f"Lặp từ “{found['word']} {found['word']}”", span, "")


@rule("space-before", HINT, "quy tắc đặt dấu câu")
def space_before(sheet: Sheet) -> Iterator[Remark]:
    """No space stands before a comma, semicolon, colon or full stop."""
    body = sheet.paper.body
    for found in _BEFORE.finditer(body):
        span = Span("body", found.start(), found.end())
        yield Remark(sheet.where(span), f"Thừa khoảng trống trước dấu “{body[found.end()]}”", span, "")


@rule("space-after", HINT, "quy tắc đặt dấu câu")
def space_after(sheet: Sheet) -> Iterator[Remark]:
    """A space stands after a comma and a semicolon."""
    body = sheet.paper.body
    for found in _AFTER.finditer(body):
        span = Span("body", found.start(), found.end())
        near = body[max(0, found.start() - 10) : found.end() + 10].strip()
        yield Remark(sheet.where(span), f"Thiếu khoảng trống sau dấu “{found[0]}”: “…{near}…”", span, f"{found[0]} ")


@rule("hyphen-spaces", HINT, "quy tắc đặt dấu câu")
def hyphen_spaces(sheet: Sheet) -> Iterator[Remark]:
    """A hyphen between words has a space on both sides, or on none: not "Truyền thanh -Truyền hình"."""
    body = sheet.paper.body
    for found in _ONE_SIDED.finditer(body):
        line = body.rfind("\n", 0, found.start()) + 1
        word = body[max(line, body.rfind(" ", 0, found.start()) + 1) : found.start()]
        if (
            "/" in word
            or (word.isupper() and body[found.end()].isupper())
            or word[-1].isdigit() != body[found.end()].isdigit()
        ):
            continue
        span = Span("body", found.start(), found.end())
        near = body[max(line, found.start() - 10) : found.end() + 10].split("\n")[0].strip()
        yield Remark(sheet.where(span), f"Dấu gạch nối chỉ cách một bên: “…{near}…”", span, " - ")


@rule("years-span", HINT, "đối chiếu trong chính văn bản")
def years_span(sheet: Sheet) -> Iterator[Remark]:
    """A span of years is written one way throughout: "2026 - 2031" or "2026-2031", not both."""
    found: dict[bool, list[Span]] = {True: [], False: []}
    for part in ("front", "body", "foot"):
        for each in _SPAN_OF_YEARS.finditer(getattr(sheet.paper, part)):
            spaces = each["dash"].count(" ")
            if spaces != 1:
                found[spaces == 2].append(Span(part, each.start("dash"), each.end("dash")))
    usual = len(found[True]) >= len(found[False])
    for span in found[not usual] if found[usual] else ():
        right = " - " if usual else "-"
        here = getattr(sheet.paper, span.part)[span.start - 4 : span.end + 4]
        message = f"Khoảng năm viết không thống nhất: “{here}”, nơi khác có khoảng trống hai bên dấu gạch nối"
        if not usual:
            message = message.replace("có khoảng", "không có khoảng")
        yield Remark(_where(sheet, span), message, span, right)


def _where(sheet: Sheet, span: Span) -> str:
    if span.part == "front" and any(sheet.paper.recipients):
        line = sheet.paper.front[sheet.paper.front.rfind("\n", 0, span.start) + 1 :].split("\n", 1)[0]
        if any(entry[:30] in line for entry in sheet.paper.recipients):
            return "Kính gửi"
    return sheet.where(span)
