"""From a demand to its sentence in the filed paper: the destination and the boxes in the PDF, the page that shows them."""

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from assignments.services.issue import issue_dispatch
from directives import services, sweeps
from directives.models import PrintedPlace
from directives.paper.draft import read_body
from directives.pdf import PrintExtras, render_pdf
from directives.pdf.pages import leaves
from tests import make
from tests.directives import acts
from tests.directives.acts import demand, walk_to

MM = 72 / 25.4
BODY = (
    "Sở yêu cầu các đơn vị thực hiện:\n"
    "1. Doanh nghiệp viễn thông: Bảo đảm an toàn mạng lưới[1] trong những ngày bầu cử, bố trí lực lượng ứng cứu tại chỗ theo "
    "Công văn số 123/SKHCN-BCVT. Cử đầu mối trực 24/24 giờ, gửi về Sở.\n"
    "[1] Mạng di động và mạng cố định.\n"
    "2. Bưu điện tỉnh:\n"
    "– Vận chuyển tài liệu bầu cử an toàn.\n"
    "| Nội dung | Hạn |\n| Nộp báo cáo | 20/3/2026 |\n"
    + "".join(f"- Đơn vị thứ {number} sẵn sàng phối hợp khi có yêu cầu của Ban Chỉ đạo tỉnh.\n" for number in range(16))
    + "4. Các sở, ban, ngành chủ động phối hợp, "
    + "báo cáo kịp thời những vấn đề phát sinh, vướng mắc về Sở để tổng hợp, " * 5
    + "đồng thời gửi Ban Chỉ đạo."
)
SAID = {
    "yeu-cau-1": BODY.split("\n")[1].split(" Cử")[0],
    "yeu-cau-2": "Cử đầu mối trực 24/24 giờ, gửi về Sở.",
    "yeu-cau-3": "2. Bưu điện tỉnh:\n– Vận chuyển tài liệu bầu cử an toàn.",
    "yeu-cau-4": "– Vận chuyển tài liệu bầu cử an toàn.",
    "yeu-cau-5": "Nộp báo cáo | 20/3/2026",
    "yeu-cau-6": BODY.split("\n")[-1],
}
DEMANDS = [(name, BODY.index(said), BODY.index(said) + len(said)) for name, said in SAID.items()]
PAPER = replace(read_body(BODY), kind="công văn", number="12/SKHCN-BCVT", place="Hải Giang", date_iso="2026-02-01")


@pytest.fixture(scope="module")
def printed():
    assert PAPER.body == BODY
    return render_pdf(PAPER, extra=PrintExtras(demands=DEMANDS))


def words(text):
    """Of a sentence as written and as printed: a footnote's mark is raised, a row has no bars, the body ends with ./."""
    return text.replace("[1]", "1").replace("|", " ").replace("–", "-").replace("./.", ".").split()


def test_the_boxes_of_a_demand_hold_its_sentence_and_nothing_else(printed):
    found = dict.fromkeys(SAID, "")
    with pdfplumber.open(io.BytesIO(printed.pdf)) as document:
        for place in printed.places:
            box = (place.left - 1, place.top, place.right + 1, place.bottom)
            found[place.name] += " " + document.pages[place.page - 1].within_bbox(box).extract_text()
    assert {name: words(text) for name, text in found.items()} == {name: words(text) for name, text in SAID.items()}
    assert {place.page for place in printed.places if place.name == "yeu-cau-6"} == {1, 2}
    assert len([place for place in printed.places if place.name == "yeu-cau-1"]) == 2


def test_each_demand_is_a_named_destination_on_its_first_line(printed):
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        names = document.Root.Names.Dests.Names
        found = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        for name in SAID:
            page, _, left, top, _ = found[name]
            first = next(place for place in printed.places if place.name == name)
            assert pages[page.objgen] == first.page
            assert abs(float(left) - first.left) < MM
            assert abs(841.89 - float(top) - first.top) < MM


def test_anchors_leave_the_print_as_it_is(printed):
    def letters(pdf):
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            return [char for page in document.pages for char in page.chars if char["text"].strip()]

    marked, plain = letters(printed.pdf), letters(render_pdf(PAPER).pdf)
    assert [char["text"] for char in marked] == [char["text"] for char in plain]
    for one, other in zip(marked, plain, strict=True):
        assert abs(one["x0"] - other["x0"]) < 0.1 and abs(one["doctop"] - other["doctop"]) < 0.1
    assert render_pdf(PAPER, extra=PrintExtras(demands=DEMANDS)).pdf == printed.pdf


# --- filed with the paper, seen on the page ---------------------------------------------------------------------------


@pytest.fixture
def filed(cast, parts, now):
    """Issued to telecom enterprises and the post, each owing one demand; the scan is the photograph of one page."""
    parts["requirements"].append(demand("3", "Không có câu nào như thế.", cast.postal))
    draft = services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="bảo đảm thông tin liên lạc",
        body=acts.BODY,
        division=cast.division,
        occasion=make.occasion(),
        **parts,
    )
    numbered = walk_to(draft, cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    photo = io.BytesIO()
    Image.new("L", (620, 877), 240).save(photo, "PNG")
    scan = SimpleUploadedFile("quet.png", photo.getvalue(), content_type="image/png")
    services.file_scan(numbered, actor=cast.clerk, now=now, upload=scan)
    return issue_dispatch(numbered, actor=cast.clerk, now=now)


def look(client, user, dispatch, query="", page=None):
    client.force_login(user)
    arguments = [dispatch.pk] if page is None else [dispatch.pk, page]
    name = "directives:dispatch_pages" if page is None else "directives:dispatch_page"
    return client.get(reverse(name, args=arguments) + query)


@pytest.mark.django_db
def test_places_are_filed_with_the_pdf_and_again_with_the_next_number(cast, draft, now):
    numbered = walk_to(draft, cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    before = list(PrintedPlace.objects.order_by("pk").values_list("requirement__order", "page", "top"))
    assert {order for order, *_ in before} == {1, 2}
    services.void_number(numbered, actor=cast.clerk, now=now, reason="Sai ngày ghi trên văn bản đã ký.")
    numbered.refresh_from_db()
    walk_to(numbered, cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    assert list(PrintedPlace.objects.order_by("pk").values_list("requirement__order", "page", "top")) == before


@pytest.mark.django_db
def test_pages_reach_the_house_and_those_it_was_sent_to(client, cast, filed):
    outsider = make.person("focal", make.unit("press"))
    for user, status in ((cast.clerk, 200), (cast.focal, 200), (outsider, 404)):
        assert look(client, user, filed).status_code == status
        assert look(client, user, filed, "?ban=quet", page=1).status_code == status
    assert look(client, outsider, filed, page=1).status_code == 404
    for page in (0, 2, int("9" * 30)):
        assert look(client, cast.clerk, filed, page=page).status_code == 404
    assert filed.receipts.get(unit=cast.telecom).seen_by == cast.focal

    answer = look(client, cast.focal, filed, f"?v={filed.pdf_sha256[:16]}", page=1)
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (1240, 1754), "P")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    address = reverse("directives:dispatch_page", args=[filed.pk, 1])
    known = {"If-None-Match": answer["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    scanned = client.get(f"{address}?ban=quet", headers=known)
    assert (scanned["Content-Type"], scanned["Cache-Control"]) == ("image/jpeg", "private, no-cache")


@pytest.mark.django_db
def test_from_the_matrix_to_the_sentence_and_back_to_ones_own(client, cast, filed):
    first, second, _ = filed.requirements.order_by("order")
    own = first.assignments.get(unit=cast.telecom).get_absolute_url()
    matrix = reverse("reports:matrix", args=[filed.occasion_id])
    page = look(client, cast.focal, filed, "?yc=1").content.decode()
    assert f'<a href="{own}" class="leaf-mark chosen" id="yc-1">' in page
    assert "<title>Yêu cầu 1: mở nhiệm vụ của đơn vị</title>" in page
    assert "yc-2" not in page and f"yeu-cau-{second.pk}" not in page
    assert '<g class="leaf-mark chosen" id="yc-2">' in look(client, cast.focal, filed, "?yc=2").content.decode()
    page = look(client, cast.leader, filed, "?yc=2").content.decode()
    for each in (first, second):
        assert f'<a href="{matrix}?yeu-cau={each.pk}#yeu-cau-{each.pk}" class="leaf-mark' in page
    column = client.get(matrix, {"yeu-cau": second.pk}).content.decode()
    assert f'id="yeu-cau-{second.pk}" class="chosen"><a href="{second.get_absolute_url()}"' in column

    def said(query):
        return look(client, cast.clerk, filed, query).content.decode()

    assert "không gắn với câu nào" in said("?yc=3")
    assert "không có yêu cầu thứ “bông”" in said("?yc=b%C3%B4ng")
    assert "gần đúng" in said("?yc=1&ban=quet")  # one page each: the marks of the print stand on the scan too
    PrintedPlace.objects.all().delete()
    page = said("?yc=1")
    assert "trước khi hệ thống đánh dấu" in page and "leaf-mark" not in page and "/ban-in/1/" in page
    Path(settings.MEDIA_ROOT, filed.scan.path).write_bytes(b"khong phai anh")
    leaves.cache_clear()
    assert "không mở được" in said("?ban=quet")
    assert look(client, cast.clerk, filed, "?ban=quet", page=1).status_code == 404


@pytest.mark.django_db
def test_more_demands_ask_the_database_nothing_more(client, cast, filed):
    def cost(user):
        address = look(client, user, filed).request["PATH_INFO"]
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address, {"yc": 1}).status_code == 200
        return len(counted)

    few = [cost(cast.clerk), cost(cast.focal)]
    for _ in range(3):
        added = make.requirement(filed, label="4", units=[cast.telecom])
        make.assignment(cast, to=cast.telecom, of=added)
        added.places.create(page=1, left=90, top=300, right=200, bottom=318)
    assert [cost(cast.clerk), cost(cast.focal)] == few
