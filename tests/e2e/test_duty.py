"""An enterprise nobody has seen before: invited, it opens its account, reads its paper, sends its roster by Excel with five
mistakes, mends them, is accepted; the leader sees it covered and its people hear of their shifts."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from reports.demo.names import PASSWORD
from tests.e2e.conftest import Person
from tests.e2e.test_due import ask
from tests.product import prepared_product

pytestmark = pytest.mark.e2e

INVITED = "hoa.lt@haidang.example"
OWN_PASSWORD = "biển-lặng-gió-êm-47"
PEOPLE = ["Lâm Thị Hoa", "Ngô Văn Trực", "Mạc Thị Đêm", "Cao Văn Sớm"]
LEADERS = ["Đỗ Hải An", "Bùi Hải Bình"]
DAYS, SIX = 3, timedelta(hours=6)
PROVINCE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from plans.models import Occasion, Phase
from tests import make
from units.models import Contact, User

people, now, today = make.cast(), timezone.now(), timezone.localdate()
for name in ("admin", "head", "leader"):
    user = getattr(people, name)
    user.set_password({PASSWORD!r})
    user.save()
unit = make.unit(name="Công ty Viễn thông Hải Đăng")
for n, name in enumerate({PEOPLE[1:]!r}):
    Contact.objects.create(unit=unit, name=name, sort_key=name, email=f"truc{{n}}@haidang.example", phone=f"091200000{{n + 1}}")
occasion = Occasion.objects.create(
    kind="other", name="Lễ hội Đền Thượng", d_day=today, starts_on=today, ends_on=today + timedelta(days={DAYS - 1})
)
start = timezone.make_aware(timezone.datetime(today.year, today.month, today.day))
Phase.objects.create(
    occasion=occasion, kind="during", starts_at=start, ends_at=start + timedelta(days={DAYS}), duty_layers=["leader", "shift"]
)
paper = make.dispatch(people, "issued", addressed=[unit], of=occasion)
due = now + timedelta(days=1)
demand = make.requirement(
    paper, units=[unit], due_at=due, evidence_kind="roster", text="Gửi lịch trực và danh sách lãnh đạo trực về Sở."
)
make.assignment(people, to=unit, of=demand, due_at=due, occasion=occasion)
print(json.dumps({{"occasion": occasion.pk, "unit": unit.pk,
                   **{{who: getattr(people, who).username for who in ("admin", "head", "leader")}}}}))
"""


@pytest.fixture
def product(tmp_path, post_office):
    with prepared_product(tmp_path / "var", SMTP_HOST="127.0.0.1", SMTP_PORT=str(post_office.port)) as made:
        yield made.start().ready()


def rota(start):
    """Three days without a hole: (layer, person, phone, start, end)."""
    lines = [
        ("Trực lãnh đạo", LEADERS[day % 2], f"090300000{day % 2}", start + day * 4 * SIX, start + (day + 1) * 4 * SIX)
        for day in range(DAYS)
    ]
    return lines + [
        ("Trực ca", PEOPLE[n % 4], f"091200000{n % 4}", start + n * SIX, start + (n + 1) * SIX) for n in range(4 * DAYS)
    ]


def with_mistakes(lines):
    """Two gaps, an overlap, a nine-digit phone and a shift of 25 hours."""
    made = list(lines)
    layer, name, phone, begins, ends = made[1]
    made[1] = (layer, name, phone, begins, ends + timedelta(hours=1))
    layer, _, _, begins, ends = made[4]
    made[4] = (layer, PEOPLE[0], "0912000000", begins - timedelta(hours=1), ends)
    layer, name, phone, begins, ends = made[5]
    made[5] = (layer, name, phone[:-1], begins, ends)
    del made[11], made[7]
    return made


def fill(template, lines, path):
    """The sheet the product made, filled in as a clerk would: days as days, hours as hours, phones as text."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Họ và tên" for cell in row))
    column = {str(cell.value): cell.column for cell in head if cell.value}
    for number, (layer, name, phone, begins, ends) in enumerate(lines, head[0].row + 1):
        cells = {
            "Họ và tên": name,
            "Loại trực": layer,
            "Ngày trực": begins.date(),
            "Từ giờ": time(begins.hour, begins.minute),
            "Đến ngày": ends.date(),
            "Đến giờ": time(ends.hour, ends.minute),
            "Điện thoại": phone,
        }
        for heading, value in cells.items():
            sheet.cell(number, column[heading], value)
    book.save(path)
    return path


def test_an_enterprise_never_seen_before_sends_its_roster(browser, product, post_office, tmp_path):
    facts = ask(product, PROVINCE)
    everyone = []

    def log_in(username, **options):
        everyone.append(Person(browser, product, username, **options))
        return everyone[-1]

    admin = log_in(facts["admin"]).go("/don-vi/loi-moi/moi/")
    admin.page.locator("[name=unit]").select_option(str(facts["unit"]))
    for name, value in (("name", PEOPLE[0]), ("email", INVITED), ("phone", "0912000000")):
        admin.page.locator(f"[name={name}]").fill(value)
    admin.page.locator("[name=role]").select_option("focal")
    admin.press("Gửi lời mời").sees(PEOPLE[0])
    leader = log_in(facts["leader"]).go("/don-vi/loi-moi/")
    leader.page.get_by_label(f"Chọn lời mời của {PEOPLE[0]}").check()
    leader.press("Xác nhận lời mời đã chọn").sees("Đã xác nhận 1 lời mời")
    product.wait_until(lambda: post_office.to(INVITED))
    letter = next(letter for to, letter in post_office.letters if to == INVITED)
    link = re.search(r"http://\S+/kich-hoat/\S+", letter.get_body(("plain",)).get_content()).group()

    focal = Person.arrives(browser, product, link, width=360)
    everyone.append(focal)
    focal.page.locator("[name=password1]").fill(OWN_PASSWORD)
    focal.page.locator("[name=password2]").fill(OWN_PASSWORD)
    focal.press("Mở tài khoản")
    focal.go("/nhiem-vu/").sees("danh sách lãnh đạo trực").shot("truc-viec-cua-don-vi")
    focal.click(re.compile("danh sách lãnh đạo trực"))
    focal.press("Tiếp nhận").sees("Đã tiếp nhận")

    focal.go("/lich-truc/").shot("truc-phai-lap")
    focal.press("Lập lịch trực").sees("Nhập ca trực").shot("truc-cach-nhap")
    roster = focal.page.url
    focal.click("Tải lên tệp Excel")
    with focal.page.expect_download() as template:
        focal.page.get_by_role("link", name="Tải mẫu Excel").click()
    template.value.save_as(tmp_path / "mau.xlsx")
    start = timezone.make_aware(timezone.datetime.combine(timezone.localdate(), time()))
    right = rota(start)
    wrong = fill(tmp_path / "mau.xlsx", with_mistakes(right), tmp_path / "lich-truc.xlsx")
    focal.page.locator("input[type=file]").set_input_files(wrong)
    focal.press("Xem trước")
    expect(focal.page.locator("main")).to_contain_text("Chưa lưu gì")
    beside = focal.page.locator(".cell-fault, .faults li")
    said = [beside.nth(n).inner_text() for n in range(beside.count())]
    focal.shot("truc-nam-loi")
    assert len(said) == 5, said
    assert all(re.search(r"\b[A-Z]\d+\b", words) for words in said), said
    for kind in ("25 giờ", "10 chữ số", "trùng", "hiếu"):
        assert any(kind in words for words in said), (kind, said)
    assert sum("hiếu" in words for words in said) == 2, said

    focal.page.locator("input[type=file]").set_input_files(
        fill(tmp_path / "mau.xlsx", right, tmp_path / "lich-truc-da-sua.xlsx")
    )
    focal.press("Xem trước tệp đã sửa").sees("Tệp không có lỗi, đủ người trực từng phút")
    focal.press("Lưu vào lịch trực").sees("Trực ca").shot("truc-da-nhap")
    focal.click("Gửi Sở", exact=True).press("Gửi Sở").sees("Chờ Sở duyệt")

    head = log_in(facts["head"])
    head.page.goto(roster)
    head.shot("truc-cho-duyet").click("Duyệt", exact=True).press("Duyệt").sees("Đã duyệt")
    focal.go("/nhiem-vu/?trang-thai=closed").sees("danh sách lãnh đạo trực")

    leader = log_in(facts["leader"], width=360)
    leader.go("/lich-truc/dang-truc/").sees("Hải Đăng").shot("truc-dang-truc-360")
    leader.go(f"/dieu-hanh/{facts['occasion']}/truc/").sees("Hải Đăng").shot("truc-ban-do-360")
    leader.go("/lich-truc/").sees("Đủ")

    hour = timezone.localtime().hour
    duty = PEOPLE[(hour // 6 + 1) % 4]
    address = {PEOPLE[0]: INVITED, **{name: f"truc{n}@haidang.example" for n, name in enumerate(PEOPLE[1:])}}[duty]
    product.wait_until(lambda: any("Ca trực của anh/chị" in subject for subject in post_office.to(address)))
    for one in everyone:
        one.leave()
