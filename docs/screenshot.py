"""Make the pictures of README.md, of the user guide and of the product's pages: `.venv/bin/python -m docs.screenshot [name …]`.

Starts the demonstration on a folder of its own and photographs it as its people see it; with names, only those pictures.
`PAGES` lists pages to be seen at both widths, as `docs/man-hinh/<name>-1280.png` and `<name>-360.png`.
"""

import io
import re
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Error, sync_playwright

from assignments.sheet.columns import field_of
from tests.chromium import follow, launch, log_in
from tests.product import Product

FOLDER = Path(__file__).parent / "huong-dan"
BOTH_WIDTHS = Path(__file__).parent / "man-hinh"
DESK, PHONE = (1180, 760), (360, 700)
COLOURS = (96, 64, 40, 24)  # the first with which the file is small enough
SMALL_ENOUGH = 60_000
ELECTION = "main a[href^='/dieu-hanh/']:has-text('Bầu cử')"
DRAFT = ["/van-ban/?status=draft", "main tbody a.row-link"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INVITED = {"name": "Trịnh Thu Nga", "position": "Trưởng phòng Kỹ thuật", "email": "nga.tt@song-giang.example"}


@dataclass(frozen=True)
class Picture:
    """A page of one person's day. `way` is an address and the links from there; `act` does what remains."""

    name: str
    who: str
    way: list
    size: tuple = DESK
    act: object = None
    shown: str = "main"
    folder: Path = field(default=FOLDER)


def unfold(page, base, product):
    page.locator("details.help summary").click()


def scrolled_to(selector):
    def act(page, base, product):
        page.locator(selector).first.evaluate(
            "part => window.scrollTo(0, part.getBoundingClientRect().top + scrollY - 70)"
        )

    return act


def accepted(page, base, product):
    """Accept the demand first: then the page asks for the proof."""
    page.get_by_role("button", name="Tiếp nhận").click()
    page.locator("#lam input[type=file]").wait_for()
    scrolled_to("#lam")(page, base, product)


def faulty_sheet(page, base, product):
    """The unit's own sheet with a nine-digit telephone and a shift of 25 hours, as it comes back from the preview."""
    book = load_workbook(io.BytesIO(page.context.request.get(page.url + "mau/").body()))
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if sum(bool(cell.value) for cell in row) > 7)
    column = {field_of(cell.value): cell.column for cell in heads if cell.value}
    sheet.cell(heads[0].row + 1, column["phone"]).value = "091234567"
    row = heads[0].row + 3
    sheet.cell(row, column["ends_day"]).value = sheet.cell(row, column["starts_day"]).value + timedelta(days=1)
    sheet.cell(row, column["ends_clock"]).value = "01:00"
    filled = io.BytesIO()
    book.save(filled)
    page.goto(page.url + "tai-len/")
    sent = {"name": "lich-truc.xlsx", "mimeType": XLSX, "buffer": filled.getvalue()}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Xem trước").click()
    page.locator(".sheet-figures").wait_for()


def activation(page, base, product):
    """An invitation as it arrives: somebody is invited, the letter lies in the mailbox, its link is opened."""
    page.locator("[name=unit]").select_option(label="Công ty Internet Sông Giang")
    for name, words in INVITED.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=role]").select_option(label="Đầu mối")
    page.get_by_role("button", name="Gửi lời mời").click()
    page.wait_for_load_state()
    links = []

    def arrived():
        for path in (product.var / "mail").glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            links.extend(re.findall(r"/tai-khoan/kich-hoat/\S+", letter.get_body(("plain",)).get_content()))
        return links

    product.wait_until(arrived, limit=120)
    page.context.clear_cookies()
    page.goto(base + links[0])


PICTURES = [
    Picture("man-hinh", "quang.tm", ["/"], shown=".figure", folder=FOLDER.parent),
    Picture("mo-tai-khoan", "long.vd", ["/don-vi/loi-moi/moi/"], act=activation, size=(760, 620)),
    Picture("loi-moi", "long.vd", ["/don-vi/loi-moi/"], size=(1180, 640)),
    Picture("bao-mat", "yen.dh", ["/tai-khoan/bao-mat/"]),
    Picture("tro-giup", "yen.dh", ["/nhiem-vu/"], act=unfold, size=PHONE),
    Picture("trang-dau-chuyen-vien", "ha.lt", ["/"]),
    Picture("ke-hoach", "ha.lt", ["/ke-hoach/", "main tbody a.row-link"]),
    Picture("soan-van-ban", "ha.lt", [*DRAFT, "main a[href$='/sua/']"], size=(1280, 800), shown=".leaf"),
    Picture("soan-van-ban-360", "ha.lt", [*DRAFT, "main a[href$='/sua/']"], size=PHONE),
    Picture("van-ban", "viet.pq", ["/van-ban/?status=review", "main tbody a.row-link"]),
    Picture("xac-nhan", "viet.pq", ["/nhiem-vu/?trang-thai=submitted", "main tbody a.row-link"]),
    Picture("bang-theo-doi", "quang.tm", ["/dieu-hanh/", ELECTION, "main a[href$='/bang/']"]),
    Picture("ban-hanh", "mai.nt", ["/van-ban/?status=numbered", "main tbody a.row-link"]),
    Picture("so-van-ban", "mai.nt", ["/van-ban/so-van-ban/"], size=(1180, 520)),
    Picture("viec-cua-don-vi", "yen.dh", ["/nhiem-vu/"]),
    Picture("nop-ket-qua", "yen.dh", ["/nhiem-vu/?trang-thai=sent", "main tbody a.row-link"], act=accepted),
    Picture("lich-truc", "lan.hn", ["/lich-truc/", "main tbody a.row-link"]),
    Picture("xep-ca", "lan.hn", ["/lich-truc/", "main tbody a.row-link", "main a[href$='/xep-ca/']"]),
    Picture("lich-truc-excel", "lan.hn", ["/lich-truc/", "main tbody a.row-link"], act=faulty_sheet, size=(1180, 1000)),
    Picture(
        "duyet-lich",
        "viet.pq",
        ["/lich-truc/?trang-thai=submitted&thieu=1", "main tbody a.row-link", "main a[href$='/duyet/']"],
    ),
    Picture("ban-do-truc", "quang.tm", ["/dieu-hanh/", ELECTION, "main a[href$='/truc/']"]),
    Picture("dang-truc", "quang.tm", ["/lich-truc/dang-truc/"], act=scrolled_to("main table.duty"), size=PHONE),
    Picture("ca-truc", "tam.nv", ["/"], size=PHONE),
    Picture("he-thong", "long.vd", ["/he-thong/"]),
]


def faulty_book(page, base, product):
    """The address book as it stands, with a number cut short, a new unit, and an unknown one, as it comes back from the preview."""
    book = load_workbook(io.BytesIO(page.context.request.get(base + "/don-vi/nhap/mau/?san=1").body()))
    units, people = book["Đơn vị"], book["Đầu mối"]
    at = {sheet: {str(cell.value).strip(" *"): cell.column for cell in sheet[1]} for sheet in (units, people)}
    units.cell(3, at[units]["Địa chỉ"]).value = "Số 5 đường Bến Cảng"
    new = units.max_row + 1
    units.cell(new, at[units]["Tên đơn vị"]).value = "Ủy ban nhân dân xã Đảo Mới"
    units.cell(new, at[units]["Loại"]).value = "UBND xã, phường, đặc khu"
    people.cell(2, at[people]["Điện thoại di động"]).value = 912345678
    people.cell(4, at[people]["Điện thoại di động"]).value = "0123"
    people.cell(5, at[people]["Đơn vị"]).value = "Công ty lạ"
    filled = io.BytesIO()
    book.save(filled)
    sent = {"name": "danh-ba.xlsx", "mimeType": XLSX, "buffer": filled.getvalue()}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Xem trước").click()
    page.locator(".import-figures").wait_for()


def look_ahead(page, base, product):
    """Two companies about to become one, as the preview shows it."""
    for name in ("Công ty Viễn thông Cánh Buồm", "Công ty Internet Sông Giang"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Căn cứ").fill("Quyết định số 1234/QĐ-UBND ngày 15/11/2026 của Ủy ban nhân dân tỉnh")
    page.get_by_label("Tên đơn vị mới", exact=True).fill("Tổng công ty Viễn thông Hải Giang")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Ghi việc sắp xếp").wait_for()


def stand_in(page, base, product):
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Xử lý thay").click()
    page.locator(".acting-banner").wait_for()


# A page of the product for each line: its name, its address (or an address and the links from there), who sees it.
PAGES = [
    ("nhat-ky", "/he-thong/nhat-ky/", "quang.tm"),
    ("nhat-ky-van-ban", ["/van-ban/", "main tbody a.row-link", "main a[href$='/nhat-ky/']"], "quang.tm"),
    ("don-vi", "/don-vi/", "long.vd"),
    ("don-vi-mot", ["/don-vi/", "main tbody a.row-link"], "long.vd"),
    ("nhap-danh-ba", "/don-vi/nhap/", "long.vd"),
    ("nhap-danh-ba-xem-truoc", "/don-vi/nhap/", "long.vd", faulty_book),
    ("dau-moi-can-xac-minh", "/don-vi/dau-moi/can-xac-minh/", "quang.tm"),
    ("don-vi-nguoi", "/don-vi/nguoi/", "long.vd"),
    ("don-vi-nguoi-mot", ["/don-vi/nguoi/", "main tbody a.row-link"], "long.vd"),
    ("uy-quyen", "/don-vi/uy-quyen/", "quang.tm"),
    ("uy-quyen-moi", "/don-vi/uy-quyen/moi/", "quang.tm"),
    ("xu-ly-thay", "/", "ha.lt", stand_in),
    ("uy-quyen-mot", ["/don-vi/uy-quyen/", "main tbody a.row-link"], "quang.tm"),
    ("tim", "/tim/?q=bau+cu", "ha.lt"),
    ("tim-khong-co", "/tim/?q=ve+tinh+quoc+te", "ha.lt"),
    ("don-vi-nhom", "/don-vi/nhom/", "long.vd"),
    ("don-vi-sap-xep", "/don-vi/sap-xep/", "long.vd"),
    ("don-vi-sap-xep-moi", "/don-vi/sap-xep/moi/", "long.vd"),
    ("don-vi-sap-xep-xem-truoc", "/don-vi/sap-xep/moi/?loai=merge", "long.vd", look_ahead),
    ("don-vi-sap-xep-bang", "/don-vi/sap-xep/moi/?loai=table", "long.vd"),
    ("don-vi-sap-xep-mot", ["/don-vi/sap-xep/", "main tbody a.row-link"], "long.vd"),
    ("quyen-cho-xac-nhan", "/don-vi/quyen-cho-xac-nhan/", "quang.tm"),
    ("loi-moi-nhieu", "/don-vi/loi-moi/", "quang.tm"),
    ("quyen", "/he-thong/quyen/", "long.vd"),
    ("quyen-mot-nguoi", "/he-thong/quyen/?nguoi=ha.lt", "long.vd"),
    ("khong-co-quyen", "/he-thong/", "ha.lt"),
]


def at_both_widths(pages):
    """Each page as a desk and as a telephone show it; a fourth part of its line does what remains."""
    for name, way, who, *act in pages:
        for size in ((1280, 800), (360, 740)):
            yield Picture(
                f"{name}-{size[0]}",
                who,
                [way] if isinstance(way, str) else way,
                size=size,
                folder=BOTH_WIDTHS,
                act=(act or [None])[0],
            )


def photograph(page, picture, base, product):
    follow(page, base, *picture.way)
    if picture.act:
        picture.act(page, base, product)
    page.locator(picture.shown).first.wait_for()
    page.evaluate("document.fonts.ready")
    path = picture.folder / f"{picture.name}.png"
    path.parent.mkdir(exist_ok=True)
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    for colours in COLOURS:
        taken.convert("P", palette=Image.Palette.ADAPTIVE, colors=colours).save(path, optimize=True)
        if path.stat().st_size <= SMALL_ENOUGH:
            break
    sys.stdout.write(f"{path.relative_to(FOLDER.parent)}  {path.stat().st_size // 1024} kB\n")
    sys.stdout.flush()


def main():
    pictures = [*PICTURES, *at_both_widths(PAGES)]
    names = set(sys.argv[1:])
    wanted = [each for each in pictures if not names or {each.name, each.name.rpartition("-")[0]} & names]
    with (
        tempfile.TemporaryDirectory(prefix="thong-suot-") as folder,
        Product(Path(folder) / "var", None, DEMO="1") as product,
        sync_playwright() as playwright,
    ):
        product.start().ready()
        base = f"http://127.0.0.1:{product.port}"
        browser, failed = launch(playwright), []
        for picture in wanted:
            width, height = picture.size
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
            )
            page = context.new_page()
            log_in(page, base, picture.who)
            try:
                photograph(page, picture, base, product)
            except Error as missed:  # the others are made all the same
                failed.append(picture.name)
                sys.stdout.write(f"{picture.name}: {missed}\n")
            context.close()
        browser.close()
    return f"not made: {', '.join(failed)}" if failed else 0


if __name__ == "__main__":
    sys.exit(main())
