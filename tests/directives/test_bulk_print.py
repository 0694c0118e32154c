"""Many papers as one file to be printed: the right pages in order, and every refusal in a sentence."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from directives.forms import printing
from directives.models import DispatchLook
from tests import make
from units.services.files import store_bytes

pytestmark = pytest.mark.django_db
URL = "directives:dispatch_print"


def pdf(*widths, **options):
    """A PDF whose pages are told apart by their width."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        for width in widths:
            document.add_blank_page(page_size=(width, 500))
        document.save(made, **options)
    return made.getvalue()


def stored(data, content_type="application/pdf"):
    return store_bytes(data, name="van-ban", content_type=content_type, actor=None, now=timezone.now())


def issued(cast, data, scan=None, content_type="application/pdf", **fields):
    file = stored(data)
    facts = {"pdf": file, "scan": stored(scan, content_type) if scan else file}
    return make.dispatch(cast, "issued", addressed=[cast.telecom], **facts, **fields)


def widths(page):
    with pikepdf.open(io.BytesIO(b"".join(page.streaming_content))) as document:
        return [round(float(sheet.mediabox[2])) for sheet in document.pages]


def post(client, *papers, **fields):
    return client.post(reverse(URL), {"papers": [paper.pk for paper in papers], "source": "scan"} | fields)


def test_papers_come_in_the_order_of_their_numbers_scans_first(client, cast):
    second = issued(cast, pdf(201), scan=pdf(301, 302), number=12)
    first = issued(cast, pdf(101), number=11)
    client.force_login(cast.specialist)
    assert widths(post(client, second, first)) == [101, 301, 302]
    looks = DispatchLook.objects.order_by("pk").values_list("dispatch", "user", "what")
    assert list(looks) == [(paper.pk, cast.specialist.pk, "print") for paper in (first, second)]
    assert widths(post(client, second, first, source="filed")) == [101, 201]


def test_printed_on_both_sides_each_paper_takes_its_own_sheet(client, cast):
    papers = [issued(cast, pdf(101)), issued(cast, pdf(201, 202)), issued(cast, pdf(301))]
    client.force_login(cast.specialist)
    assert widths(post(client, *papers, two_sided="on")) == [101, 595, 201, 202, 301, 595]


def test_each_paper_has_its_bookmark_and_no_tie_to_its_old_document(client, cast):
    paper = issued(cast, pdf(101))
    client.force_login(cast.specialist)
    answer = b"".join(post(client, paper).streaming_content)
    with pikepdf.open(io.BytesIO(answer)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"{paper.code()}: {paper.subject}"]


def test_a_photographed_page_fills_a_sheet(client, cast):
    photo = io.BytesIO()
    Image.new("RGB", (1654, 2339), "white").save(photo, "PNG")
    paper = issued(cast, pdf(101), scan=photo.getvalue(), content_type="image/png")
    client.force_login(cast.specialist)
    (width,) = widths(post(client, paper))
    assert 590 <= width <= 600


def said(page):
    return [error for errors in page.context["form"].errors.values() for error in errors]


def test_what_cannot_be_printed_is_said_and_the_ticks_stay(client, cast, monkeypatch):
    papers = [issued(cast, pdf(101)), issued(cast, pdf(201)), issued(cast, pdf(301))]
    client.force_login(cast.specialist)
    assert said(post(client)) == ["Chưa chọn văn bản nào. Hãy đánh dấu những văn bản cần in."]
    monkeypatch.setattr(printing, "MOST_PAPERS", 1)
    page = post(client, *papers[:2])
    assert said(page)[0].startswith("Đã chọn 2 văn bản; mỗi lần gộp nhiều nhất 1.")
    assert {paper.pk for paper, ticked in page.context["rows"] if ticked} >= {papers[0].pk, papers[1].pk}
    assert (papers[2].pk, True) not in {(paper.pk, ticked) for paper, ticked in page.context["rows"]}
    monkeypatch.setattr(printing, "MOST_PAPERS", 200)
    monkeypatch.setattr(printing, "MOST_BYTES", 10)
    assert "mỗi lần gộp nhiều nhất 0 MB" in said(post(client, papers[0]))[0]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 hong", "bị hỏng"),
        (pdf(101, encryption=pikepdf.Encryption(user="kín", owner="kín")), "có đặt mật khẩu"),
        (None, "không còn trên máy chủ"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(client, cast, data, word):
    good = issued(cast, pdf(101))
    bad = issued(cast, pdf(201), scan=data or pdf(202))
    if data is None:
        (Path(settings.MEDIA_ROOT) / bad.scan.path).unlink()
    client.force_login(cast.specialist)
    (refusal,) = said(post(client, good, bad))
    assert word in refusal
    assert bad.code() in refusal


def test_nobody_prints_what_they_may_not_see(client, cast):
    theirs = issued(cast, pdf(101))
    draft = make.dispatch(cast, "signed", addressed=[cast.telecom])
    client.force_login(cast.stranger)
    assert client.get(reverse(URL)).context["rows"] == []
    assert said(post(client, theirs)) == [printing.GONE]
    client.force_login(cast.specialist)
    assert draft.pk not in {paper.pk for paper, _ in client.get(reverse(URL)).context["rows"]}
    assert said(post(client, draft))


def test_the_page_asks_equally_often_for_many_papers(client, cast, django_assert_max_num_queries):
    for _ in range(8):
        make.dispatch(cast, "issued")
    client.force_login(cast.specialist)
    with django_assert_max_num_queries(12):
        page = client.get(reverse(URL) + "?kind=công văn")
    assert len(page.context["rows"]) == 8
