"""Words that cannot be right: misspellings, syllables Vietnamese does not have, words run together, odd abbreviations."""

import re
from collections.abc import Iterator

from directives.paper.check.letters import LOWER, UPPER
from directives.paper.check.rule import HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.model import Span

SURE = {
    "bổ xung": "bổ sung",
    "sử lý": "xử lý",
    "xữ lý": "xử lý",
    "suất sắc": "xuất sắc",
    "đột suất": "đột xuất",
    "đề suất": "đề xuất",
    "chia sẽ": "chia sẻ",
    "điển tử": "điện tử",
    "phát tiển": "phát triển",
    "thường tực": "thường trực",
    "nhấn tin": "nhắn tin",
    "kiễm tra": "kiểm tra",
    "bão đảm": "bảo đảm",
    "đãm bảo": "đảm bảo",
    "chuẩn đoán": "chẩn đoán",
    "xuyên xuốt": "xuyên suốt",
    "thông xuốt": "thông suốt",
    "sát xao": "sát sao",
    "trãi qua": "trải qua",
}
_HOOKED = dict(zip("oóòỏõọ", "ơớờởỡợ", strict=True))
_FRONT = "iíìỉĩịeéèẻẽẹêếềểễệ"
_BACK = "aàáảãạăằắẳẵặâầấẩẫậoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữự"
_END = "(?:ng|nh|ch|[cimnptu])"
_NO_SYLLABLE = re.compile(
    rf"(?<![\w/.-])(?:(?P<bare_u>[b-đg-pr-x]{{0,3}}u[ơớờởỡợ]{_END})|(?P<bare_o>[b-đg-x]{{0,3}}ư[oóòỏõọ]{_END})"
    rf"|(?P<flat>[b-đg-x]{{0,3}}(?:iê|yê|uô|ươ|uâ|[ăâêôơư])(?:ch|[cpt]))|(?P<ngh>ngh(?=[{_BACK}])[{LOWER}]+)"
    rf"|(?P<ng>ng(?=[{_FRONT}])[{LOWER}]+)|(?P<c>c(?=[{_FRONT}])[{LOWER}]+)|(?P<k>k(?=[{_BACK}])[{LOWER}]+))(?![\w-])"
)
_RUN_TOGETHER = re.compile(rf"(?<![\w/.@-])(?P<left>[{UPPER}]?[{LOWER}]+)(?P<right>[{UPPER}][{LOWER}]+)(?![\w@])")
_SHORT = re.compile(
    rf"(?<![\w./&-])(?:(?P<city>[Tt]p)(?=[\s,.;)]|$)\.?|(?P<town>[Tt]x)(?=[\s,.;)]|$)\.?|(?P<comrade>[Đđ]/c)(?!\w)\.?"
    rf"|(?P<body>UB)(?= [{UPPER}{LOWER}]?[{LOWER}]))"
)
_FULL = {"city": "thành phố", "town": "thị xã", "comrade": "đồng chí", "body": "Ủy ban"}


@rule("misspelt", WARNING, "quy tắc chính tả")
def misspelt(sheet: Sheet) -> Iterator[Remark]:
    """A short list of misspellings that have no other reading."""
    for wrong, right in SURE.items():
        at = sheet.lower.find(wrong)
        while at >= 0:
            span = Span("body", at, at + len(wrong))
            if not (sheet.lower[at - 1 : at].isalpha() or sheet.lower[span.end : span.end + 1].isalpha()):
                printed = sheet.paper.body[at : span.end]
                wanted = right[0].upper() + right[1:] if printed[0].isupper() else right
                yield Remark(sheet.where(span), f"Sai chính tả “{printed}”: viết “{wanted}”", span, wanted)
            at = sheet.lower.find(wrong, span.end)


@rule("syllable", WARNING, "quy tắc chính tả")
def syllable(sheet: Sheet) -> Iterator[Remark]:
    """No word in small letters is a syllable that Vietnamese does not have: đuợc, trưòng, môt, nghành, ngiêm."""
    for found in _NO_SYLLABLE.finditer(sheet.paper.body):
        word, kind = found[0], found.lastgroup
        if word.isascii():
            continue
        span = Span("body", found.start(), found.end())
        if kind == "flat":
            yield Remark(sheet.where(span), f"Chữ “{word}” thiếu dấu thanh", span)
            continue
        right = _repaired(word, kind)
        told = f": viết “{right}”" if right else ""
        yield Remark(sheet.where(span), f"Tiếng Việt không có chữ “{word}”{told}", span, right)


def _repaired(word: str, kind: str | None) -> str | None:
    if kind == "bare_u":
        return re.sub("u(?=[ơớờởỡợ])", "ư", word)
    if kind == "bare_o":
        return re.sub("(?<=ư)[oóòỏõọ]", lambda found: _HOOKED[found[0]], word)
    if kind == "ngh":
        return f"ng{word[3:]}"
    return f"ngh{word[2:]}" if kind == "ng" else None


@rule("words-joined", HINT, "quy tắc đặt dấu câu")
def words_joined(sheet: Sheet) -> Iterator[Remark]:
    """Two words are not run together: "NguyễnVăn". Names of products (MobiFone) have no accents and are left alone."""
    for found in _RUN_TOGETHER.finditer(sheet.paper.body):
        if not found["left"].isascii():
            span = Span("body", found.start(), found.end())
            right = f"{found['left']} {found['right']}"
            yield Remark(sheet.where(span), f"Thiếu khoảng trống giữa hai chữ: “{right}”", span, right)


@rule("abbreviation", HINT, "NĐ 30/2020 PL I.II.9.d")
def abbreviation(sheet: Sheet) -> Iterator[Remark]:
    """Names are written out: "thị xã, thành phố" and not "tx, tp"; only usual abbreviations (UBND, HĐND) may stand."""
    for part in ("front", "body", "foot"):
        text = getattr(sheet.paper, part)
        for found in _SHORT.finditer(text):
            word = found[found.lastgroup]
            end = found.end() if text[found.end() : found.end() + 1] == " " else found.start() + len(word)
            span = Span(part, found.start(), end)
            right = _FULL[found.lastgroup]
            if word[0].isupper() or text.startswith(" Hồ Chí Minh", end):
                right = right[0].upper() + right[1:]
            yield Remark(sheet.where(span), f"Viết đầy đủ “{right}”, không viết tắt “{word}”", span, right)
