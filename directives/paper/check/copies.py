"""The copy list (ô 9b, PL I.II.9.c): its first line, its marks, its last line Lưu."""

import re
from collections.abc import Iterator

from directives.paper.check.rule import ERROR, HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Printed, Sheet
from directives.paper.model import Span
from directives.paper.text import fold

_LABEL = re.compile(r"^\W*nơi\s+nhận\s*(?P<mark>[:;.]?)", re.IGNORECASE)
_DASH = re.compile(r"^[-–—•+*●▪·]\s*")
_ABOVE = re.compile(r"^nhu tren\b")
_NOTED = re.compile(r";\s*\([^)]*\)$")
_FILE = re.compile(r"^luu\b")
_ANSWERS = {"công văn", "tờ trình", "báo cáo"}
_PLAIN = {"kế hoạch", "phương án", "thông báo", "hướng dẫn", "chỉ thị", "chương trình", "nghị quyết"}


def _entries(sheet: Sheet) -> list[Printed]:
    """The copy lines as printed; an entry that wraps is left out, its end being uncertain."""
    cells = list(sheet.foot)
    label = next((at for at, cell in enumerate(cells) if _LABEL.match(cell.text)), None)
    if label is None:
        return []
    wanted = list(sheet.paper.noi_nhan)
    found = []
    for cell in cells[label + 1 :]:
        text = _DASH.sub("", cell.text).strip()
        if wanted and text == wanted[0]:
            found.append(Printed(text, Span("foot", cell.span.end - len(text), cell.span.end)))
            wanted.pop(0)
        elif wanted and wanted[0].startswith(text) and _DASH.match(cell.text):
            wanted.pop(0)
    return found


@rule("copies-absent", ERROR, "NĐ 30/2020 PL I.II.9.c", needs="print")
def copies_absent(sheet: Sheet) -> Iterator[Remark]:
    """Every paper has a copy list."""
    if not sheet.paper.noi_nhan:
        yield Remark("Nơi nhận", "Thiếu phần “Nơi nhận:”")


@rule("copies-colon", ERROR, "NĐ 30/2020 PL I.II.9.d", needs="print")
def copies_colon(sheet: Sheet) -> Iterator[Remark]:
    """A colon follows "Nơi nhận"."""
    for cell in sheet.foot:
        found = _LABEL.match(cell.text)
        if found and sheet.paper.noi_nhan:
            if found["mark"] != ":":
                end = found.end()
                span = Span("foot", cell.span.start, cell.span.start + end)
                words = found[0].rstrip(" ;.")
                yield Remark("Nơi nhận", "Sau “Nơi nhận” phải có dấu hai chấm", span, f"{words}:")
            return


@rule("copies-above", ERROR, "NĐ 30/2020 PL I.II.9.b", needs="print")
def copies_above(sheet: Sheet) -> Iterator[Remark]:
    """The copy list of a paper with "Kính gửi" begins with "Như trên"."""
    copies = sheet.paper.noi_nhan
    if sheet.kind in _ANSWERS and sheet.paper.recipient_label == "Kính gửi" and copies:
        letter = next((at for at, each in enumerate(copies) if fold(each).startswith("nhu kinh gui")), None)
        if letter is not None:
            yield Remark(f"Nơi nhận, dòng {letter + 1}", "Ghi “- Như trên;” ở dòng đầu, không ghi “Như Kính gửi”")
        elif not any(_ABOVE.match(fold(each)) for each in copies):
            found = _entries(sheet)
            span = Span("foot", found[0].span.start, found[0].span.start) if found else None
            yield Remark("Nơi nhận", "Dòng đầu phải là “- Như trên;”", span, "Như trên;\n- " if span else None)
        elif not _ABOVE.match(fold(copies[0])):
            yield Remark("Nơi nhận", "“Như trên” phải đứng ở dòng đầu")


@rule("copies-above-needless", ERROR, "NĐ 30/2020 PL I.II.9.b-c")
def copies_above_needless(sheet: Sheet) -> Iterator[Remark]:
    """Without "Kính gửi" there is nothing that "Như trên" could mean: the list names who carries the paper out."""
    copies = sheet.paper.noi_nhan
    if sheet.kind in _PLAIN and not sheet.paper.recipients and copies and _ABOVE.match(fold(copies[0])):
        span = next((each.span for each in _entries(sheet)), None)
        message = f"{sheet.kind.capitalize()} không có “Kính gửi” nên không ghi “Như trên”; ghi tên nơi thực hiện"
        yield Remark("Nơi nhận, dòng 1", message, span)


@rule("copies-article", WARNING, "NĐ 30/2020 PL III Mẫu 1.2", needs="print")
def copies_article(sheet: Sheet) -> Iterator[Remark]:
    """The copy list of a decision begins with the article that names who carries it out: "Như Điều 3"."""
    copies = sheet.paper.noi_nhan
    if sheet.kind == "quyết định" and copies and not any(fold(each).startswith("nhu dieu") for each in copies):
        yield Remark("Nơi nhận", "Nơi nhận của quyết định ghi “Như Điều …” (điều về trách nhiệm thi hành)")


def _file_line(sheet: Sheet) -> tuple[int, str] | None:
    for at, each in enumerate(sheet.paper.noi_nhan):
        if _FILE.match(fold(each)):
            return at, each
    return None


@rule("copies-file", ERROR, "NĐ 30/2020 PL I.II.9.d", needs="print")
def copies_file(sheet: Sheet) -> Iterator[Remark]:
    """The list ends with "Lưu: VT, …"."""
    copies = sheet.paper.noi_nhan
    if not copies:
        return
    found = _file_line(sheet)
    where = f"Nơi nhận, dòng {len(copies)}"
    if not found:
        yield Remark(where, "Dòng cuối phải là “- Lưu: VT, <đơn vị soạn thảo>.”")
    elif found[0] != len(copies) - 1:
        yield Remark(f"Nơi nhận, dòng {found[0] + 1}", "Dòng “Lưu” phải đứng cuối cùng")
    elif not re.search(r"\bVT\b|văn thư", found[1], re.IGNORECASE):
        yield Remark(where, "Dòng “Lưu” phải có “VT” (Văn thư)")


@rule("copies-file-colon", WARNING, "NĐ 30/2020 PL I.II.9.d", needs="print")
def copies_file_colon(sheet: Sheet) -> Iterator[Remark]:
    """A colon follows "Lưu"."""
    found = _file_line(sheet)
    if found and not re.match(r"^Lưu\s*:", found[1], re.IGNORECASE):
        printed = next((each for each in _entries(sheet) if each.text == found[1]), None)
        span = Span("foot", printed.span.start, printed.span.start + 3) if printed else None
        yield Remark(f"Nơi nhận, dòng {found[0] + 1}", "Sau từ “Lưu” có dấu hai chấm", span, "Lưu:" if span else None)


@rule("copies-file-unit", HINT, "NĐ 30/2020 PL I.II.9.d", needs="print")
def copies_file_unit(sheet: Sheet) -> Iterator[Remark]:
    """The line "Lưu" names the unit that drafted the paper beside VT."""
    found = _file_line(sheet)
    if found and re.fullmatch(r"Lưu\s*:?\s*(?:VT|Văn thư)\W*", found[1], re.IGNORECASE):
        message = "Dòng “Lưu” ghi thêm chữ viết tắt tên đơn vị soạn thảo, ví dụ “Lưu: VT, BCVT.”"
        yield Remark(f"Nơi nhận, dòng {found[0] + 1}", message)


@rule("copies-marks", WARNING, "NĐ 30/2020 PL I.II.9.d", needs="print")
def copies_marks(sheet: Sheet) -> Iterator[Remark]:
    """Each line ends with a semicolon, the last with a full stop."""
    copies = sheet.paper.noi_nhan
    printed = {each.text: each for each in _entries(sheet)}
    for at, each in enumerate(copies):
        wanted = "." if at == len(copies) - 1 else ";"
        if each.endswith((wanted, "./.")) or each not in printed:
            continue
        span = printed[each].span
        bare = each.rstrip(" .;,:")
        what = "Dòng cuối kết thúc bằng dấu chấm" if wanted == "." else "Mỗi dòng kết thúc bằng dấu chấm phẩy"
        place = Span("foot", span.start + len(bare), span.end)
        yield Remark(f"Nơi nhận, dòng {at + 1}", what, place, None if _NOTED.search(bare) else wanted)
