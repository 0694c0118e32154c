"""The printed report: official in form, with the figures of the screen."""

import io
import re

import pdfplumber
import pytest
from django.urls import reverse

from plans.models import Occasion
from reports.pdf import readiness_report, since
from reports.selectors.readiness import standings, unit_lines
from tests.directives.pdf_page import Printed
from units.models import Unit


def text_of(occasion, now):
    printed = Printed(readiness_report(occasion, now))
    return printed, " ".join(" ".join(printed.rows).split())


@pytest.fixture
def report(told, now):
    return text_of(told.occasion, now)


def test_it_has_the_head_of_a_report(report, told):
    printed, text = report
    for line in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"):
        assert printed.find(line).page == 1
    assert "/BC-SKHCN" in text
    assert re.search(r"Hải Giang, ngày\s+tháng \d+ năm \d{4}", text)
    assert printed.find("BÁO CÁO")
    assert "Tình hình thực hiện bảo đảm thông tin liên lạc Bầu cử đại biểu" in text
    assert "Nơi nhận" in text
    assert "GIÁM ĐỐC" in text


def test_its_figures_are_those_of_the_screen(report, told, now):
    _, text = report
    standing = standings([told.occasion], now)[0]
    counts = {figure.label: figure.count for figure in standing.figures()}
    lines = unit_lines(told.occasion, now)
    assert f"đã giao {standing.total} lượt yêu cầu đến {len(lines)} đơn vị" in text
    assert f"{standing.closed} lượt đã hoàn thành ({standing.percent}%)" in text
    assert f"{counts['chờ Sở xác nhận']} lượt chờ xác nhận, {counts['đang thực hiện']} lượt đang thực hiện" in text
    assert f"{counts['chưa tiếp nhận']} lượt chưa tiếp nhận" in text
    late = [line for line in lines if line.late]
    assert f"{standing.late} lượt yêu cầu đã quá hạn, thuộc {len(late)} đơn vị" in text
    assert f"{counts['có vướng mắc']} lượt có vướng mắc; {counts['không thực hiện được']} lượt" in text
    assert "Công ty Viễn thông Sao Biển (2 yêu cầu); Bưu điện tỉnh Hải Giang (1 yêu cầu)." in text


def test_its_table_holds_every_unit_in_the_order_of_the_screen(told, now):
    with pdfplumber.open(io.BytesIO(readiness_report(told.occasion, now))) as document:
        (table,) = [table for page in document.pages for table in page.extract_tables() if "Được" in str(table[0])]
    head, *rows = [[" ".join(cell.split()) for cell in row] for row in table]
    assert head == ["STT", "Đơn vị", "Được giao", "Hoàn thành", "Quá hạn", "Trễ từ"]
    assert rows == [
        [str(n), line.unit.name, str(line.total), str(line.closed), str(line.late), since(line.late_since)]
        for n, line in enumerate(unit_lines(told.occasion, now), 1)
    ]


def test_an_occasion_without_demands_prints_zeros(told, now):
    _, text = text_of(told.quiet, now)
    assert "đã giao 0 lượt yêu cầu đến 0 đơn vị; 0 lượt đã hoàn thành (0%)" in text
    assert "Không có yêu cầu nào quá hạn hoặc vướng mắc" in text
    assert "Được giao" not in text


@pytest.mark.parametrize("where", ["occasion", "unit"])
def test_a_name_the_fonts_lack_is_said_in_words(client, told, cast, where):
    if where == "occasion":
        Occasion.objects.filter(pk=told.occasion.pk).update(name="Bầu cử \U0001f5f3 đại biểu")
    else:
        Unit.objects.filter(pk=cast.telecom.pk).update(name="Sao Biển \U0001f5f3")
    client.force_login(cast.leader)
    answer = client.get(reverse("reports:print_report", args=[told.occasion.pk]))
    assert answer.status_code == 422
    assert "\U0001f5f3" in answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
