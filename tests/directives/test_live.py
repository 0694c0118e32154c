"""The page of a draft while it is typed: the paper, the demands and the findings follow the text; nothing is stored."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from lxml import html

from directives import services
from directives.models import Dispatch, Unsaved
from tests.directives.pasted import LETTER, fields
from tests.directives.test_views_drafting import edit_url

pytestmark = pytest.mark.django_db
NEW = "/van-ban/soan/truc-tiep/"


@pytest.fixture
def draft(cast, now):
    return services.create_from_text(LETTER, actor=cast.specialist, now=now, division=cast.division)


@pytest.fixture
def page(client, cast, draft):
    """What the opened page would send, with the demands that nobody wants."""
    client.force_login(cast.specialist)
    opened = client.get(edit_url(draft))
    return fields(opened) | {"unwanted": opened.context["unwanted"]}


@pytest.fixture
def ask(client, draft):
    def asking(data):
        response = client.post(reverse("directives:live", args=[draft.pk]), data)
        assert response.status_code == 200
        return html.fromstring(f"<div>{response.content.decode()}</div>")

    return asking


def rows(answer):
    """(row of the page, what happens to it) of each demand of an answer."""
    found = []
    for each in answer.xpath("//div[@data-pane='requirements']/*[self::i or self::fieldset]"):
        if each.tag == "fieldset":
            found.append((each.get("data-was"), "new"))
        else:
            told = "gone" if each.get("data-gone") is not None else "words" if each.get("data-words") else "kept"
            found.append((each.get("data-row"), told))
    return found


def test_the_answer_shows_the_text_as_it_will_print_and_stores_nothing(ask, page, draft):
    answer = ask(
        page
        | {
            "body": page["body"] + "\nTrân trọng cảm ơn , chúc mừng năm mới.",
            "annexes": "Phụ lục\nDANH SÁCH\n| a | b |\n| 1 | 2 |",
        }
    )
    paper = answer.xpath("//div[@data-pane='paper']")[0]
    assert "Trân trọng cảm ơn , chúc mừng năm mới." in paper.text_content()
    assert [cell.text_content() for cell in paper.xpath(".//th")] == ["a", "b"]
    assert not paper.xpath(".//*[@style]"), "the policy of the page forbids it"
    places = paper.get("data-places").split()
    last = [int(place) for place in places[-1].split("-")]
    assert (page["body"] + "\nTrân trọng cảm ơn , chúc")[slice(*last)].startswith("Trân trọng cảm ơn")
    assert len(places) == len(paper.xpath(".//article[1]//div[@class='block']"))
    cut = next(each for each in answer.xpath("//button[@data-cut]") if each.get("data-new") == "")
    start, end = map(int, cut.get("data-cut").split("-"))
    assert (page["body"] + "\nTrân trọng cảm ơn , chúc")[start - 2 : end + 1] == "ơn ,"
    draft.refresh_from_db()
    assert (draft.version, Unsaved.objects.count()) == (1, 0)


def test_rows_follow_the_text_and_keep_what_somebody_chose(ask, page):
    lines = page["body"].split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("4. "))
    assert rows(ask(page)) == [(str(number), "kept") for number in range(4)]
    rewritten = page | {"body": page["body"].replace("không để tồn qua đêm", "không để tồn")}
    assert rows(ask(rewritten)) == [("0", "kept"), ("1", "words"), ("2", "kept"), ("3", "kept")]
    dated = page | {"body": page["body"].replace("trước ngày 20/01/2027", "chậm nhất ngày 25/01/2027")}
    dated |= {"requirements-3-evidence_kind": "photo"}
    answer = ask(dated)
    assert rows(answer)[3] == ("3", "new")
    assert answer.xpath("//select[@name='requirements-3-evidence_kind']/option[@selected]/@value") == ["photo"]
    assert "25/01/2027" in answer.xpath("//input[@name='requirements-3-due_phrase']/@value")[0]
    gone = page | {"body": "\n".join(lines[:at] + lines[at + 1 :])}
    assert rows(ask(gone)) == [("0", "kept"), ("1", "kept"), ("2", "kept"), ("3", "gone")]
    assert rows(ask(gone | {"requirements-3-fresh": "1"})) == [("0", "kept"), ("1", "kept"), ("2", "kept")]
    first = "1. Bưu điện tỉnh Hải Giang gửi số liệu về Sở chậm nhất ngày 22/01/2027."
    more = ask(page | {"body": "\n".join([*lines[:at], first, *lines[at:]])})
    assert [each for each in rows(more) if each[0] is None] == [(None, "new")]
    made = more.xpath("//fieldset[.//input[@value='1'][contains(@name, '-fresh')]]")[0]
    assert made.xpath(".//input[@checked]/following-sibling::span/text()")[0] == "Bưu điện tỉnh Hải Giang"


def test_a_row_with_a_slip_in_it_stays_as_it_was_typed(ask, page):
    odd = page | {
        "requirements-3-due_on": "hôm nào",
        "requirements-3-starts": "x" * 400,
        "requirements-TOTAL_FORMS": "5",
    }
    odd |= {"body": page["body"].replace("trước ngày 20/01/2027", "trước ngày 21/01/2027")}
    assert rows(ask(odd))[3:] == [("3", "words"), ("4", "kept")]


def test_a_demand_that_was_dropped_is_not_proposed_again(client, draft, page, ask):
    client.post(edit_url(draft), page | {"act": "save", "requirements-1-DELETE": "on"})
    opened = client.get(edit_url(draft))
    again = fields(opened) | {"unwanted": opened.context["unwanted"]}
    assert len(again["unwanted"]) == 1
    touched = again | {"body": again["body"].replace("không để tồn qua đêm", "không để tồn")}
    assert rows(ask(touched)) == [("0", "kept"), ("1", "kept"), ("2", "kept")]
    assert (None, "new") in rows(ask(again | {"unwanted": []}))


def test_a_line_typed_into_the_addressees_proposes_its_units(ask, page, cast):
    data = page | {"addressees-2-text": cast.rival.name, "asked": ["2"]}
    answer = ask(data)
    assert answer.xpath("//div[@data-owners='2']//input[@checked]/@value") == [f"unit-{cast.rival.pk}"]


@pytest.mark.parametrize("name", ["body", "annexes", "requirements-0-due_phrase"])
def test_a_mark_of_secrecy_is_refused_and_nothing_of_it_is_looked_at(client, draft, page, name):
    response = client.post(reverse("directives:live", args=[draft.pk]), page | {name: "TỐI MẬT\nmáy phát"})
    assert response.status_code == 422
    assert "bí mật nhà nước" in response.content.decode()
    assert "máy phát" not in response.content.decode()


def test_what_cannot_be_printed_is_said_and_the_rest_goes_on(ask, page):
    answer = ask(page | {"body": page["body"] + "\nXin cảm ơn , chào 😀.", "kind": "thư mời", "division": "x"})
    paper = answer.xpath("//div[@data-pane='paper']")[0]
    assert "“😀”" in paper.get("data-fault") and not len(paper)
    assert answer.xpath("//button[@data-cut]")


def test_the_answer_asks_equally_often_however_long_the_text(client, draft, page):
    def asked(body):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("directives:live", args=[draft.pk]), page | {"body": body})
        return len(queries)

    more = "\n".join(f"{n}. Các doanh nghiệp viễn thông báo cáo việc {n} trước ngày 20/01/2027." for n in range(5, 45))
    few = asked(f"{page['body']}\n5. Bưu điện tỉnh Hải Giang báo cáo trước ngày 20/01/2027.")
    assert asked(f"{page['body']}\n{more}") == few


def test_strangers_are_answered_as_everywhere(client, cast, draft):
    live = reverse("directives:live", args=[draft.pk])
    for person, status in ((cast.focal, 404), (cast.admin, 403)):
        client.force_login(person)
        assert {client.post(url, {"body": "x"}).status_code for url in (NEW, live)} == {status}
    client.force_login(cast.specialist)
    assert client.get(NEW).status_code == 405
    assert client.post(NEW, {}).status_code == 200
    assert Dispatch.objects.count() == 1


def test_a_word_file_gives_its_text_to_the_page(client, cast):
    client.force_login(cast.specialist)

    def sent(*lines):
        document, held = Document(), io.BytesIO()
        for line in lines:
            document.add_paragraph(line)
        document.save(held)
        return {"upload": SimpleUploadedFile("cong-van.docx", held.getvalue()), "act": "word"}

    answer = client.post("/van-ban/soan/tu-tep/", sent(*LETTER.split("\n")))
    body = html.fromstring(answer.content.decode()).xpath("//textarea[@data-text='body']")[0].text.strip()
    assert body.startswith("Thực hiện") and "Kính gửi" not in body
    plain = client.post("/van-ban/soan/", sent(*LETTER.split("\n")))  # without scripts the button sends the page
    assert plain.context["draft"].main["body"].value() == body
    for url in ("/van-ban/soan/tu-tep/", "/van-ban/soan/"):
        assert client.post(url, sent("MẬT", *LETTER.split("\n"))).status_code == 422
        nothing = client.post(
            url, {"upload": SimpleUploadedFile("a.docx", b"PK\x03\x04 no"), "act": "word", "body": "giữ"}
        )
        assert "bị hỏng, không đọc được" in nothing.content.decode()
