"""What stands between the head and the text (ô 5, 9a, 10b): kind, trích yếu, urgency, addressees."""

import re
from collections.abc import Iterator

from directives.paper.check.rule import ERROR, WARNING, Remark, rule
from directives.paper.check.sheet import Printed, Sheet
from directives.paper.front import ABOUT, kind_of, sending
from directives.paper.model import Span
from directives.paper.text import fold, is_caps

_UNSENT = {
    "quyết định",
    "chỉ thị",
    "kế hoạch",
    "phương án",
    "hướng dẫn",
    "chương trình",
    "công điện",
    "giấy mời",
    "nghị quyết",
}
_DASH = re.compile(r"^[-–—•+*●▪·]\s*")
_URGENCY = re.compile(r"^\W*hoa toc hen gio\b")
_LETTER = re.compile(r"^\W*cong van\W*$")


_WITHOUT = ("giấy mời", "giấy giới thiệu", "giấy nghỉ phép")


@rule("subject-absent", ERROR, "NĐ 30/2020 PL I.II.5", needs="print")
def subject_absent(sheet: Sheet) -> Iterator[Remark]:
    """Every paper has a trích yếu; an invitation, an introduction or a leave may go without, and a text copied without its
    head is not judged."""
    if not sheet.paper.subject and sheet.kind not in _WITHOUT and (sheet.paper.agency or sheet.paper.number):
        yield Remark("Trích yếu", "Thiếu trích yếu nội dung")


@rule("letter-title", ERROR, "NĐ 30/2020 PL I.II.5, PL III Mẫu 1.5", needs="print")
def letter_title(sheet: Sheet) -> Iterator[Remark]:
    """A công văn bears no title of its kind."""
    for cell in sheet.front:
        if _LETTER.match(fold(cell.text)) and cell.text.isupper():
            yield Remark("Tên loại", "Công văn không ghi tên loại “CÔNG VĂN”", cell.span)


def _about(sheet: Sheet) -> tuple[Printed, re.Match, bool] | None:
    """The line labelled V/v or Về việc, and whether it stands below the title of a kind."""
    titled = False
    for cell in sheet.front:
        titled = titled or kind_of(cell.text) is not None
        found = ABOUT.match(cell.text)
        if found:
            return cell, found, titled
    return None


@rule("about-label", WARNING, "NĐ 30/2020 PL I.II.5.b", needs="print")
def about_label(sheet: Sheet) -> Iterator[Remark]:
    """The trích yếu of a công văn begins with "V/v"; below a title it is not abbreviated."""
    found = _about(sheet)
    if not found:
        return
    cell, about, titled = found
    short = not about["label"].lower().startswith("về")
    wanted = "Về việc" if titled and short else None
    if sheet.kind == "công văn" and about["label"] != "V/v":
        wanted = "V/v"
    if wanted:
        wanted = wanted.upper() if titled and about["rest"].isupper() else wanted
        span = Span("front", cell.span.start + about.start("label"), cell.span.start + about.end("label"))
        yield Remark("Trích yếu", f"Trích yếu của {sheet.kind} mở đầu bằng “{wanted}”", span, wanted)


@rule("about-stop", WARNING, "NĐ 30/2020 PL I.II.5, PL III", needs="print")
def about_stop(sheet: Sheet) -> Iterator[Remark]:
    """No full stop or other mark ends the trích yếu."""
    subject = " ".join((sheet.paper.subject or "").split())
    for cell in sheet.front if subject else ():
        if sending(cell.text):
            return
        mark = re.search(r"\s*[.;,:]\s*$", cell.text)
        line = " ".join(cell.text[: mark.start()].split()) if mark else ""
        if line and (subject.endswith(line) or line.endswith(subject)):
            span = Span("front", cell.span.start + mark.start(), cell.span.start + len(cell.text.rstrip()))
            yield Remark("Trích yếu", "Cuối trích yếu không có dấu câu", span, "")
            return


@rule("subject-case", WARNING, "NĐ 30/2020 PL I.II.5.b", needs="print")
def subject_case(sheet: Sheet) -> Iterator[Remark]:
    """The trích yếu is in small letters; only the kind above it is in capitals."""
    words = sheet.paper.subject or ""
    if is_caps(words) and len(words.split()) > 3:
        at = sheet.paper.front.find(words.split(" ", 4)[0])
        span = Span("front", at, at + len(words.split(" ", 1)[0])) if at >= 0 else None
        yield Remark("Trích yếu", "Trích yếu viết bằng chữ in thường, không in hoa cả dòng", span)


@rule("urgency-unknown", ERROR, "NĐ 30/2020 PL I.III.2.b", needs="print")
def urgency_unknown(sheet: Sheet) -> Iterator[Remark]:
    """The marks of urgency are KHẨN, THƯỢNG KHẨN, HỎA TỐC; the older HỎA TỐC HẸN GIỜ is no longer one."""
    for cell in sheet.front:
        if _URGENCY.match(fold(cell.text)):
            message = "Dấu độ khẩn chỉ có KHẨN, THƯỢNG KHẨN, HỎA TỐC; “HỎA TỐC HẸN GIỜ” không còn dùng"
            yield Remark("Độ khẩn", message, cell.span, "HỎA TỐC")


def _label(sheet: Sheet) -> tuple[Printed, re.Match] | None:
    for cell in sheet.front:
        found = sending(cell.text)
        if found:
            return cell, found
    return None


@rule("send-absent", ERROR, "NĐ 30/2020 PL I.II.9.b", needs="print")
def send_absent(sheet: Sheet) -> Iterator[Remark]:
    """A công văn and a tờ trình say whom they address: "Kính gửi:"."""
    if sheet.kind in ("công văn", "tờ trình") and not sheet.paper.recipients:
        yield Remark("Kính gửi", f"Thiếu “Kính gửi:”, phần bắt buộc của {sheet.kind}")


@rule("send-needless", WARNING, "NĐ 30/2020 PL I.II.9.b-c")
def send_needless(sheet: Sheet) -> Iterator[Remark]:
    """ "Kính gửi" belongs to the công văn, and to the tờ trình and báo cáo that go up."""
    if sheet.kind in _UNSENT and sheet.paper.recipient_label == "Kính gửi" and not sheet.party:
        found = _label(sheet)
        message = f"{sheet.kind.capitalize()} không có “Kính gửi”; nơi nhận ghi ở cuối văn bản"
        yield Remark("Kính gửi", message, found[0].span if found else None)


@rule("call-absent", ERROR, "NĐ 30/2020 PL III Mẫu 1.6", needs="print")
def call_absent(sheet: Sheet) -> Iterator[Remark]:
    """In a công điện the line "<issuer> điện:" stands above the addressees."""
    if sheet.kind == "công điện" and sheet.paper.recipient_label != "điện":
        yield Remark("Nơi nhận điện", "Công điện phải có dòng “<cơ quan, chức danh> điện:” và danh sách nơi nhận")


@rule("invite-absent", WARNING, "NĐ 30/2020 PL III Mẫu 1.7", needs="print")
def invite_absent(sheet: Sheet) -> Iterator[Remark]:
    """An invitation says "trân trọng kính mời"."""
    if sheet.kind == "giấy mời" and "kinh moi" not in fold(f"{sheet.paper.front}\n{sheet.paper.body}"):
        yield Remark("nội dung", "Giấy mời phải có câu “… trân trọng kính mời: …”")


@rule("send-colon", ERROR, "NĐ 30/2020 PL I.II.9.d", needs="print")
def send_colon(sheet: Sheet) -> Iterator[Remark]:
    """A colon follows "Kính gửi"."""
    found = _label(sheet)
    if found and sheet.paper.recipients and found[1]["mark"] != ":":
        cell, label = found
        end = label.end("mark")
        words = re.search(r"k\w+\s+g\w+", cell.text, re.IGNORECASE)
        span = Span("front", cell.span.start + words.start(), cell.span.start + end)
        yield Remark("Kính gửi", "Sau “Kính gửi” phải có dấu hai chấm", span, f"{words[0]}:")


def _entries(sheet: Sheet) -> list[Printed]:
    """The printed lines below the label that begin an entry, each without its dash."""
    found = _label(sheet)
    if not found:
        return []
    cells = list(sheet.front)
    at = cells.index(found[0])
    rest = found[1]["rest"].strip()
    first = [Printed(rest, Span("front", found[0].span.end - len(rest), found[0].span.end))] if rest else []
    return first + cells[at + 1 :]


@rule("send-one", WARNING, "NĐ 30/2020 PL I.II.9.d", needs="print")
def send_one(sheet: Sheet) -> Iterator[Remark]:
    """A single addressee stands on the line of "Kính gửi:"; several stand below it, one a line."""
    found = _label(sheet)
    if not found or sheet.party:
        return
    inline = bool(found[1]["rest"].strip())
    many = len(sheet.paper.recipients)
    if many == 1 and not inline:
        yield Remark("Kính gửi", "Chỉ có một nơi nhận thì ghi cùng dòng với “Kính gửi:”", found[0].span)
    elif many > 1 and inline and _DASH.match(found[1]["rest"].strip()) is None:
        yield Remark("Kính gửi", "Có từ hai nơi nhận trở lên thì xuống dòng, mỗi nơi một gạch đầu dòng", found[0].span)


@rule("send-dashes", WARNING, "NĐ 30/2020 PL I.II.9.d", needs="print")
def send_dashes(sheet: Sheet) -> Iterator[Remark]:
    """Several addressees below "Kính gửi:" each begin with a dash."""
    recipients = sheet.paper.recipients
    if len(recipients) < 2 or sheet.party:
        return
    inline = bool(_label(sheet) and _label(sheet)[1]["rest"].strip())
    for each in _entries(sheet)[inline:]:
        if any(each.text.startswith(entry) for entry in recipients):
            yield Remark("Kính gửi", "Trước mỗi nơi nhận có gạch đầu dòng", each.span, f"- {each.text}")


@rule("send-marks", WARNING, "NĐ 30/2020 PL I.II.9.d", needs="print")
def send_marks(sheet: Sheet) -> Iterator[Remark]:
    """Each addressee of a list ends with a semicolon, the last with a full stop."""
    lines = _entries(sheet)
    dashed = [at for at, each in enumerate(lines) if _DASH.match(each.text)]
    if len(dashed) < 2 or sheet.party:
        return
    for number in range(len(dashed)):
        last = number == len(dashed) - 1
        end = lines[(len(lines) if last else dashed[number + 1]) - 1]
        wanted = "." if last else ";"
        text = end.text.rstrip()
        if not text.endswith(wanted):
            bare = text.rstrip(" .;,:")
            span = Span("front", end.span.start + len(bare), end.span.start + len(end.text))
            what = "Nơi nhận cuối kết thúc bằng dấu chấm" if last else "Mỗi nơi nhận kết thúc bằng dấu chấm phẩy"
            yield Remark(f"Kính gửi, dòng {number + 1}", what, span, wanted)
