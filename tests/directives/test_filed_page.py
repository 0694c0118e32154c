"""The paper as it is filed: drafted, signed and numbered as rows, rendered by the sweep, then measured on the page."""

import pytest
from django.utils import timezone

from directives import services, sweeps
from directives.pdf.sheet import lay_out
from directives.selectors import to_paper
from tests.directives.acts import BODY, walk_to
from tests.directives.pdf_geometry import check_paper
from tests.directives.pdf_page import Printed
from units.downloads import read_bytes

pytestmark = pytest.mark.django_db


def test_the_filed_paper_is_the_stored_one_in_the_prescribed_form(cast, draft, now):
    filed = walk_to(draft, cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    filed.refresh_from_db()
    page, sheet = Printed(read_bytes(filed.pdf)), lay_out(to_paper(filed), sweeps.extras(filed))
    check_paper(page, sheet)
    day = timezone.localdate(now)
    month = f"{day.month:02d}" if day.month < 3 else day.month
    said = [line.text for line in page.lines]
    for words in (
        "Số: 01/SKHCN-BCVT",
        f"Hải Giang, ngày {day:%d} tháng {month} năm {day.year}",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "- Các doanh nghiệp viễn thông;",
        "- Bưu điện tỉnh Hải Giang.",
        "GIÁM ĐỐC",
        cast.leader.full_name,
        "- Như trên;",
        "- UBND tỉnh (b/c).",
    ):
        assert words in said
    opens = [page.find(line[:14]) for line in BODY.split("\n")]
    assert opens == sorted(opens, key=lambda line: line.baseline)


def test_the_filed_paper_is_the_one_that_was_numbered(cast, draft, now):
    filed = walk_to(draft, cast, now, "numbered")
    services.void_number(filed, actor=cast.clerk, now=now, reason="Sai ngày ghi trên văn bản đã ký.")
    again = walk_to(type(filed).objects.get(), cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    again.refresh_from_db()
    assert Printed(read_bytes(again.pdf)).find("Số:").text == "Số: 02/SKHCN-BCVT"
