"""The paper as it is filed: drafted, signed and numbered as rows, rendered by the sweep, then measured on the page."""

import pytest
from django.utils import timezone

from directives import services, sweeps
from tests.directives.acts import BODY, walk_to
from tests.directives.pdf_page import MM, Printed
from tests.directives.test_pdf_form import (
    BOLD,
    BOLD_ITALIC,
    ISSUER_CENTRE,
    ITALIC,
    LEFT,
    NATION_CENTRE,
    NEAR,
    REGULAR,
    RIGHT,
    SINGLE,
    baseline_of_first,
)
from units.downloads import read_bytes

pytestmark = pytest.mark.django_db
SIGN_CENTRE = LEFT + 165 * 3 / 4
INDENT = 12.7


@pytest.fixture
def filed(cast, draft, now):
    numbered = walk_to(draft, cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    numbered.refresh_from_db()
    return numbered


@pytest.fixture
def page(filed):
    return Printed(read_bytes(filed.pdf))


def near(value):
    return pytest.approx(value, abs=NEAR)


def test_the_head_of_the_filed_paper(cast, page, now):
    nation, motto = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.find("Độc lập - Tự do - Hạnh phúc")
    parent = page.find("ỦY BAN NHÂN DÂN")
    agency, number, dated = page.find("SỞ KHOA HỌC VÀ CÔNG NGHỆ"), page.find("Số:"), page.find("Hải Giang, ngày")
    day = timezone.localdate(now)
    assert number.text == "Số: 01/SKHCN-BCVT"
    month = f"{day.month:02d}" if day.month < 3 else day.month
    assert dated.text == f"Hải Giang, ngày {day:%d} tháng {month} năm {day.year}"
    styles = [(nation, 12, BOLD), (motto, 13, BOLD), (parent, 12, REGULAR), (agency, 12, BOLD), (number, 13, REGULAR)]
    for line, size, font in [*styles, (dated, 13, ITALIC)]:
        assert (line.size, line.font) == (size, font)
    first = baseline_of_first(12)
    assert (nation.baseline, parent.baseline) == (near(first), near(first))
    assert motto.baseline == near(first + 12 * SINGLE * MM)
    assert dated.baseline == near(number.baseline)
    for line, centre in ((nation, NATION_CENTRE), (motto, NATION_CENTRE), (parent, ISSUER_CENTRE)):
        assert line.centre == near(centre)
    for line in (agency, number):
        assert line.centre == near(ISSUER_CENTRE)
    assert page.under(agency)
    assert page.under(motto)


def test_subject_addressees_and_body_of_the_filed_paper(page):
    number = page.find("Số:")
    subject = page.find("V/v bảo đảm thông tin liên lạc")
    assert (subject.size, subject.font, subject.centre) == (12, REGULAR, near(ISSUER_CENTRE))
    assert subject.baseline - number.baseline == near((3.09 + 6 + 10.95) * MM)
    [label] = [line for line in page.lines if line.text.startswith("Kính gửi")]
    dashes = [page.find("- Các doanh nghiệp viễn thông;"), page.find("- Bưu điện tỉnh Hải Giang.")]
    assert {(line.size, line.font) for line in [label, *dashes]} == {(14, REGULAR)}
    assert dashes[0].left == near(dashes[1].left)
    body = [line for line in page.lines if dashes[1].baseline < line.baseline < page.find("Nơi nhận:").baseline]
    assert {line.size for line in body} == {14}
    opens = [page.find(line[:14]) for line in BODY.split("\n")]
    assert opens == sorted(opens, key=lambda line: line.baseline)
    assert all(line.left == near(LEFT + INDENT) for line in opens)
    assert all(line.left > LEFT - NEAR and line.right < RIGHT + NEAR for line in body)


def test_signature_and_copies_of_the_filed_paper(cast, page):
    copies, title, name = page.find("Nơi nhận:"), page.find("GIÁM ĐỐC"), page.find(cast.leader.full_name)
    assert copies.baseline == near(title.baseline)
    assert (copies.size, copies.font, copies.left) == (12, BOLD_ITALIC, near(LEFT))
    for line in (title, name):
        assert (line.size, line.font, line.centre) == (14, BOLD, near(SIGN_CENTRE))
    assert name.baseline - title.baseline >= 25
    entries = [line for line in page.lines if line.size == 11]
    assert [line.text for line in entries] == ["- Như trên;", "- UBND tỉnh (b/c)."]
    assert all((line.font, line.left) == (REGULAR, near(LEFT)) for line in entries)


def test_the_filed_paper_is_the_one_that_was_numbered(cast, filed, now):
    services.void_number(filed, actor=cast.clerk, now=now, reason="Sai ngày ghi trên văn bản đã ký.")
    again = walk_to(type(filed).objects.get(), cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    again.refresh_from_db()
    assert Printed(read_bytes(again.pdf)).find("Số:").text == "Số: 02/SKHCN-BCVT"
