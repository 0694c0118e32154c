"""The whole line, once, for real: five people take one occasion from its first day to the leader's screen."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

REAL = Path(settings.BASE_DIR).parent / "shared" / "corpus" / "003_b0c87bf86f63b0cf.txt"
SAME_SHAPE = """
Số: /SKHCN-BCVT
V/v bảo đảm thông tin liên lạc phục vụ
lễ hội Đền Thượng và các hoạt động
đón năm mới trên địa bàn tỉnh

Hải Giang, ngày tháng {month} năm {year}

Kính gửi:

- Ủy ban nhân dân các xã, phường, đặc khu;
- Các doanh nghiệp viễn thông, Internet trên địa bàn tỉnh;
- Doanh nghiệp bưu chính, chuyển phát trên địa bàn tỉnh;
- Doanh nghiệp có hạ tầng mạng cáp trên địa bàn tỉnh.

Thực hiện Chỉ thị số 12-CT/TU ngày 02/10/2026 của Ban Thường vụ Tỉnh ủy về tổ chức lễ hội; Công văn số 2210/UBND-KGVX ngày 12/10/2026
của Ủy ban nhân dân tỉnh về công tác chuẩn bị lễ hội;

Để mạng lưới hoạt động ổn định trong những ngày lễ, Sở Khoa học và Công nghệ đề nghị các đơn vị thực hiện:

1. Ủy ban nhân dân các xã, phường, đặc khu:

- Bố trí vị trí đặt xe phát sóng lưu động và nguồn điện khi doanh nghiệp đề nghị.

2. Doanh nghiệp bưu chính:

- Bố trí đủ người và phương tiện , không để tồn đọng bưu gửi.

- Niêm yết giờ mở cửa tại từng điểm phục vụ.

3. Doanh nghiệp viễn thông:

- Rà soát trạm phát sóng, nguồn điện dự phòng quanh khu vực lễ hội.

- Chuẩn bị phương án phân tải, chống nghẽn.

4. Doanh nghiệp có hạ tầng mạng cáp:

- Bó gọn cáp treo trên các tuyến đường vào khu lễ hội.

5. Thực hiện chế độ trực lãnh đạo, trực điều hành, trực ca, trực ứng cứu thông tin và trực vận hành 24/24 giờ trong những ngày lễ.

6. Doanh nghiệp bưu chính, viễn thông báo cáo danh sách lãnh đạo trực về Sở trước ngày {due}.

Đề nghị các đơn vị triển khai thực hiện./.

Nơi nhận:

- Như trên;
- Thường trực Tỉnh ủy (b/c);
- UBND tỉnh (b/c);
- Công an tỉnh;
- Ban Giám đốc Sở;
- Lưu: VT, BCVT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Nguyễn Thu Hương
"""


def invented():
    today = timezone.localdate()
    month = f"{today.month:02d}" if today.month < 3 else str(today.month)
    return SAME_SHAPE.format(month=month, year=today.year, due=f"{today + timedelta(days=30):%d/%m/%Y}")


def test_units_occasion_and_plan(person):
    """Specialist, leader: find a unit, make an occasion, move its D-day, make its plan, have it approved."""
    specialist = person("ha.lt")
    specialist.go("/don-vi/?q=buu+dien").sees("Bưu điện tỉnh Hải Giang").shot("don-vi")
    specialist.click("Bưu điện tỉnh Hải Giang").sees("Hồ Ngọc Lan").shot("don-vi-chi-tiet")

    d_day = timezone.localdate() + timedelta(days=60)
    specialist.go("/dot/lap-moi/?kind=tet").sees("Tết Nguyên đán").shot("lap-dot-tet")
    specialist.go(f"/dot/lap-moi/?kind=other&d_day={d_day:%Y-%m-%d}").sees(f"{d_day:%d/%m/%Y}").shot("lap-dot")
    specialist.page.locator("form[method=post] [name=name]").fill("Lễ hội Đền Thượng")
    specialist.press("Lập đợt").sees("Lễ hội Đền Thượng")
    occasion = specialist.page.url
    specialist.shot("dot")

    specialist.go("/ke-hoach/lap-moi/").choose("occasion", "Lễ hội Đền Thượng")
    specialist.page.locator("[name=outline]").select_option("national_day")
    specialist.press("Lập dự thảo").shot("ke-hoach")
    plan = specialist.page.url
    assert specialist.page.get_by_text(re.compile(r"hết ngày|\d\d:\d\d")).count() >= 20
    before = specialist.page.locator("main").inner_text()

    moved = d_day + timedelta(days=7)
    specialist.page.goto(f"{occasion}chuyen-ngay/")
    specialist.page.locator("[name=d_day]").first.fill(f"{moved:%Y-%m-%d}")
    specialist.press("Xem thay đổi").shot("chuyen-ngay")
    specialist.press("Chuyển ngày D").sees(f"{moved:%d/%m/%Y}")
    specialist.page.goto(plan)
    assert specialist.page.locator("main").inner_text() != before, "the deadlines did not follow D-day"

    specialist.page.goto(plan)
    specialist.press("Trình").sees("Chờ xem xét")
    leader = person("quang.tm")
    leader.page.goto(plan)
    leader.press("Duyệt").sees("Đã duyệt").shot("ke-hoach-da-duyet")
    specialist.page.goto(plan)
    specialist.press("Lập văn bản kế hoạch").sees("Dự thảo").shot("ke-hoach-thanh-van-ban")
    specialist.page.goto(plan)
    specialist.press("Lập công văn giao việc").sees("Dự thảo")


@pytest.mark.parametrize("source", ["same-shape", "real"])
def test_a_pasted_paper_reaches_the_leaders_screen(person, product, post_office, source, tmp_path):
    if source == "real" and not REAL.exists():
        pytest.skip("the real paper is not beside this checkout")
    text = REAL.read_text(encoding="utf-8") if source == "real" else invented()
    specialist, head, leader, clerk = (person(name) for name in ("ha.lt", "viet.pq", "quang.tm", "mai.nt"))

    # 4a. The specialist pastes and is shown what stands in the text, and what does not.
    specialist.go("/van-ban/dan-van-ban/")
    specialist.page.get_by_label("Nội dung văn bản").fill(text)
    specialist.press("Đọc văn bản").shot(f"dan-van-ban-{source}")
    found = specialist.page.locator(".reading")
    for words in ("số văn bản", "trước ngày", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Như trên"):
        expect(found).to_contain_text(words)
    assert specialist.page.locator("[name^=requirements-][name$=-label]").count() >= 6
    slips = specialist.page.locator(".slips .btn")
    left = slips.count()
    slips.first.click()
    specialist.sees("Đã sửa 1 chỗ")
    expect(slips).to_have_count(left - 1)
    map_addressees(specialist)
    specialist.choose("occasion", "Bầu cử bổ sung").choose("authority", "Trần Minh Quang")
    mend_deadline(specialist)
    specialist.press("Lập dự thảo").sees("Dự thảo").shot(f"du-thao-{source}")
    paper = specialist.page.url

    # 4b. Review, approval, signature, number, day, PDF, scan, issue.
    specialist.click("Trình", exact=True).press("Trình").sees("Chờ xem xét")
    head.page.goto(paper)
    head.click("Đồng ý nội dung").press("Đồng ý nội dung")
    leader.page.goto(paper)
    leader.click("Duyệt", exact=True).press("Duyệt").sees("Đã duyệt")
    clerk.page.goto(paper)
    clerk.click("Ghi nhận đã ký").press("Ghi nhận đã ký").sees("Đã ký")
    clerk.press("Cấp số").sees("Đã cấp số")
    product.wait_until(lambda: clerk.page.reload() and clerk.page.get_by_role("link", name="Nộp bản quét").count() > 0)
    filed = clerk.page.locator("a[href*='/tep/van-ban/']")
    product.wait_until(lambda: clerk.page.reload() and filed.count() > 0)
    pdf = clerk.page.request.get(clerk.base + filed.first.get_attribute("href")).body()
    assert pdf.startswith(b"%PDF-")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf)
    clerk.click("Nộp bản quét")
    clerk.page.locator("input[type=file]").set_input_files(scan)
    clerk.press("Lưu bản quét").shot(f"cho-ban-hanh-{source}")
    clerk.click("Ban hành").shot(f"ban-hanh-{source}")
    clerk.press("Ban hành").sees("Đã ban hành").shot(f"da-ban-hanh-{source}")

    # 5. The focal person of one enterprise: a phone, one list, the paper, an answer, the proof.
    focal = person("lan.hn", width=360)
    product.wait_until(lambda: any("yêu cầu" in subject for subject in post_office.to("lan.hn@haigiang.example")))
    focal.page.goto(paper)
    focal.sees("Việc của đơn vị trong văn bản này").shot(f"doc-van-ban-{source}")
    focal.go("/nhiem-vu/").shot(f"viec-cua-don-vi-{source}")
    mine = focal.page.get_by_role("link", name=re.compile("danh sách lãnh đạo"))
    mine.last.click()
    focal.page.wait_for_load_state()
    focal.press("Tiếp nhận").sees("Đã tiếp nhận").shot(f"da-tiep-nhan-{source}")
    task = focal.page.url
    focal.page.locator("textarea").first.fill("Danh sách lãnh đạo trực gồm ba người, gửi kèm tệp.")
    focal.page.locator("input[type=file]").set_input_files(scan)
    focal.press("Nộp kết quả").sees("Chờ xác nhận")

    # 6. The giver is told; the head returns with a reason, the unit mends, the head closes.
    product.wait_until(lambda: any("đã nộp kết quả" in subject for subject in post_office.to("ha.lt@haigiang.example")))
    head.page.goto(task)
    head.click("Trả lại")
    head.page.locator("textarea").first.fill("Đề nghị bổ sung số điện thoại trực của từng người.")
    head.press("Trả lại").sees("Đã tiếp nhận")
    focal.page.goto(task)
    focal.sees("bổ sung số điện thoại trực")
    focal.page.locator("textarea").first.fill("Đã bổ sung số điện thoại trực.")
    focal.press("Nộp kết quả").sees("Chờ xác nhận")
    head.page.goto(task)
    head.press("Xác nhận").sees("Hoàn thành").shot(f"hoan-thanh-{source}")

    # 7. The leader: each number leads to exactly that many rows.
    leader.go("/").shot(f"san-sang-{source}")
    leader.go("/dieu-hanh/1/").shot(f"dieu-hanh-{source}")
    count_rows_behind_each_number(leader)
    leader.go("/dieu-hanh/1/bang/").shot(f"bang-{source}")
    from_cell_to_sentence_and_back(leader.page)
    report = leader.page.request.get(f"{leader.base}/bao-cao/1.pdf")
    assert report.ok and report.body().startswith(b"%PDF-")
    phone = person("quang.tm", width=360)
    phone.go("/").shot(f"san-sang-360-{source}").go("/dieu-hanh/1/").shot(f"dieu-hanh-360-{source}")


def from_cell_to_sentence_and_back(page):
    """Two clicks: the cell in hand leads to its sentence in the signed paper, the sentence back to its column."""
    page.locator("td:has(.cell)").last.hover()
    page.locator(".cell-source").click()
    sentence = page.locator(".leaf-mark.chosen .leaf-words-box").first
    expect(sentence).to_be_in_viewport()
    sentence.click()
    expect(page.locator("th.chosen")).to_be_in_viewport()


GROUPS = {
    "bưu chính": "Các doanh nghiệp bưu chính, chuyển phát trên địa bàn tỉnh",
    "viễn thông": "Các doanh nghiệp viễn thông, Internet trên địa bàn tỉnh",
    "cáp": "Các doanh nghiệp truyền hình cáp, hạ tầng mạng cáp trên địa bàn tỉnh",
    "cấp": "Các doanh nghiệp truyền hình cáp, hạ tầng mạng cáp trên địa bàn tỉnh",
    "văn hóa": "Ủy ban nhân dân các xã, phường, đặc khu",
}


def map_addressees(specialist):
    """The clerk's own act: lines of an older paper name bodies that no longer exist, so each is mapped by hand."""
    page = specialist.page
    for kind, owners, text in (("addressees", "owners", "text"), ("requirements", "lead", "text")):
        rows = page.locator(f"[name^={kind}-][name$=-{text}]").count()
        assert rows >= 4
        for number in range(rows):
            if page.locator(f"[name={kind}-{number}-{owners}]:checked").count():
                continue
            printed = page.locator(f"[name={kind}-{number}-{text}]").input_value().lower()
            group = next((group for word, group in GROUPS.items() if word in printed), GROUPS["viễn thông"])
            field = page.locator(f"[name={kind}-{number}-{owners}-more]")
            unfold(page, field)
            field.fill(group)


def unfold(page, field):
    """Click the chip that holds a field."""
    for chip in page.locator("details.chip:not([open])", has=field).all():
        chip.locator("summary").first.click()


def mend_deadline(specialist):
    """A deadline that has passed since the paper was written is set to a day to come."""
    future = f"{timezone.localdate() + timedelta(days=30):%Y-%m-%d}"
    days = specialist.page.locator("[name^=requirements-][name$=-due_on]")
    for number in range(days.count()):
        if days.nth(number).input_value() and days.nth(number).input_value() < f"{timezone.localdate():%Y-%m-%d}":
            unfold(specialist.page, days.nth(number))
            days.nth(number).fill(future)


def count_rows_behind_each_number(leader):
    figures = leader.page.locator("a.figure")
    addresses = [
        (figures.nth(n).get_attribute("href"), int(figures.nth(n).locator("strong").inner_text().replace(".", "")))
        for n in range(figures.count())
    ]
    assert len(addresses) >= 7
    for address, number in addresses:
        assert rows_behind(leader.go(address).page) == number, address


def rows_behind(page):
    """How many rows the list holds: what its foot says, or the rows themselves."""
    foot = page.locator(".pager p")
    if foot.count():
        return int(re.search(r"trong\s+([\d.]+)", foot.inner_text()).group(1).replace(".", ""))
    return page.locator("main table tbody tr").count()
