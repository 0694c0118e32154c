"""What this checker may not, or cannot, judge by NĐ 30: secret papers, the Party's papers, texts that are no paper."""

from collections.abc import Iterator

from directives.paper.check.rule import ERROR, HINT, Remark, rule
from directives.paper.check.sheet import Sheet
from directives.paper.model import Span
from directives.paper.secrecy import secrecy_mark

_LONG = 20
_HEAD = 2_000


@rule("secrecy", ERROR, "Luật Bảo vệ bí mật nhà nước 117/2025/QH15")
def secrecy(sheet: Sheet) -> Iterator[Remark]:
    """A mark of secrecy in the head: such a paper may not enter the system at all."""
    opening = "\n".join(sheet.paper.body[:_HEAD].split("\n", 7)[:7])
    mark = secrecy_mark(f"{sheet.paper.front}\n{opening}")
    if mark:
        at = sheet.paper.front.upper().find(mark)
        span = Span("front", at, at + len(mark)) if at >= 0 else None
        message = f"Văn bản mang dấu độ mật “{mark}”: không soạn, lưu, gửi trên hệ thống này"
        yield Remark("phần đầu", message, span)


@rule("party-form", HINT, "NĐ 30/2020 Điều 2")
def party_form(sheet: Sheet) -> Iterator[Remark]:
    """A paper of the Party follows the Party's own guidance and is not judged by the decree."""
    if sheet.party:
        yield Remark(
            "phần đầu", "Văn bản của Đảng, đoàn thể trình bày theo hướng dẫn riêng, không soát theo Nghị định 30"
        )


@rule("no-paper", HINT, "NĐ 30/2020 Điều 8")
def no_paper(sheet: Sheet) -> Iterator[Remark]:
    """The text shows neither kind nor addressee nor number: only words and days are looked at."""
    if not sheet.kind and len(sheet.paper.body) > _LONG:
        message = "Không thấy tên loại, số hay Kính gửi của một văn bản hành chính: chỉ soát câu chữ và ngày tháng"
        yield Remark("toàn văn", message)
