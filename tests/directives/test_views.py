"""Pages of papers: lists that stay cheap, one next step for each person, and what recipients never see."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives import services, sweeps
from directives.models import Dispatch
from directives.urls import of_papers
from tests import make
from tests.directives.acts import PDF, REASON, save, walk_to

pytestmark = pytest.mark.django_db
STAFF = ["specialist", "head", "leader", "clerk", "admin"]
LIST = "/van-ban/"
BOOK = "/van-ban/so-van-ban/"


def url(name, dispatch):
    return reverse(f"directives:{name}", args=[dispatch.pk])


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


# --- lists ------------------------------------------------------------------------------------------------------------


def test_the_list_finds_without_accents_and_by_number(client, cast, draft, now):
    other = services.create_dispatch(
        actor=cast.specialist, now=now, kind="thông báo", subject="Lịch nghỉ lễ", body="x", division=cast.division
    )
    numbered = walk_to(draft, cast, now, "numbered")
    client.force_login(cast.leader)
    for words, found in (
        ("bao dam thong tin", [numbered]),
        ("LICH  nghi", [other]),
        ("01/skhcn", [numbered]),
        ("không có đâu", []),
        ("", [other, numbered]),
    ):
        assert list(client.get(LIST, {"q": words}).context["page"].object_list) == found
    assert list(client.get(LIST, {"kind": "thông báo"}).context["page"].object_list) == [other]
    assert list(client.get(LIST, {"status": "numbered"}).context["page"].object_list) == [numbered]
    year = timezone.localdate(now).year
    assert list(client.get(LIST, {"year": year}).context["page"].object_list) == [other, numbered]


def test_the_list_filters_by_occasion(client, cast):
    occasion = make.occasion()
    inside = make.dispatch(cast, of=occasion)
    make.dispatch(cast)
    client.force_login(cast.specialist)
    assert list(client.get(LIST, {"occasion": occasion.pk}).context["page"].object_list) == [inside]


@pytest.mark.parametrize("path", [LIST, BOOK])
def test_lists_cost_the_same_however_long(client, cast, now, path):
    client.force_login(cast.clerk)
    for _ in range(2):
        services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    few = queries(client, path)
    for _ in range(12):
        services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    assert queries(client, path) == few


def test_the_list_has_pages(client, cast):
    for _ in range(31):
        make.dispatch(cast)
    client.force_login(cast.specialist)
    assert len(client.get(LIST, {"page": 2}).context["page"].object_list) == 1


def test_an_empty_list_says_what_would_fill_it(client, cast):
    client.force_login(cast.specialist)
    assert "Chưa có văn bản nào" in client.get(LIST).content.decode()
    client.force_login(cast.focal)
    page = client.get(LIST).content.decode()
    assert "Văn bản Sở gửi tới đơn vị sẽ hiện ở đây" in page
    assert reverse("directives:dispatch_paste") not in page


def test_a_unit_lists_only_what_was_issued_to_it(client, cast, now):
    mine = make.dispatch(cast, "issued")
    mine.receipts.create(unit=cast.telecom, unit_name="x", version=1, sent_at=now)
    waiting = make.dispatch(cast, "numbered")
    waiting.receipts.create(unit=cast.telecom, unit_name="x", version=1, sent_at=now)
    rivals = make.dispatch(cast, "issued")
    rivals.receipts.create(unit=cast.rival, unit_name="x", version=1, sent_at=now)
    client.force_login(cast.focal)
    assert list(client.get(LIST).context["page"].object_list) == [mine]


def test_the_register_keeps_voided_numbers_with_their_reason(client, cast, draft, parts, now):
    first = walk_to(draft, cast, now, "numbered")
    back = services.void_number(first, actor=cast.clerk, now=now, reason=REASON)
    save(back, parts, actor=cast.specialist, now=now, subject="trích yếu viết lại sau khi hủy số")
    client.force_login(cast.clerk)
    page = client.get(BOOK).content.decode()
    assert "bảo đảm thông tin liên lạc" in page
    assert "viết lại sau khi hủy số" not in page
    assert f"({cast.clerk}): {REASON}" in page
    month = timezone.localdate(now).month
    assert len(client.get(BOOK, {"year": now.year, "month": month}).context["page"].object_list) == 1
    assert len(client.get(BOOK, {"year": now.year, "month": month % 12 + 1}).context["page"].object_list) == 0
    assert client.get(BOOK, {"year": "abc"}).status_code == 200
    assert "In sổ" in client.get(BOOK, {"in": 1}).content.decode()


# --- one paper --------------------------------------------------------------------------------------------------------

NEXT = {
    ("draft", "specialist"): "dispatch_submit",
    ("review", "head"): "dispatch_review",
    ("review", "leader"): "dispatch_approve",
    ("approved", "leader"): "dispatch_sign",
    ("approved", "clerk"): "dispatch_sign",
    ("signed", "clerk"): "dispatch_number",
    ("numbered", "clerk"): "dispatch_scan_new",
}


@pytest.mark.parametrize("status", ["draft", "review", "approved", "signed", "numbered"])
@pytest.mark.parametrize("who", STAFF)
def test_each_person_sees_the_one_step_that_is_theirs(client, cast, draft, now, status, who):
    dispatch = walk_to(draft, cast, now, status)
    client.force_login(getattr(cast, who))
    page = client.get(dispatch.get_absolute_url()).content.decode()
    steps = ("submit", "review", "approve", "sign", "number", "scan_new")
    shown = {f"dispatch_{step}" for step in steps if url(f"dispatch_{step}", dispatch) in page}
    wanted = NEXT.get((status, who))
    if (status, who) in {("draft", "head"), ("draft", "clerk")}:
        wanted = "dispatch_submit"
    assert shown == ({wanted} if wanted else set())
    assert (url("dispatch_edit", dispatch) in page) == (status == "draft" and who in {"specialist", "head", "clerk"})


def test_the_page_shows_paper_demands_clock_and_history(client, cast, draft, now):
    signed = walk_to(draft, cast, now, "signed")
    client.force_login(cast.clerk)
    page = client.get(signed.get_absolute_url()).content.decode()
    for demand in signed.requirements.all():
        assert f'id="cau-{demand.pk}"' in page
        assert f'href="#cau-{demand.pk}"' in page
    assert "chậm nhất là ngày làm việc tiếp theo" in page
    assert "Trần Minh Quang ký tay lúc" in page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page


def test_an_urgent_paper_is_due_at_once(client, cast, now):
    dispatch = make.dispatch(cast, "signed", urgency="hỏa tốc", signed_at=now - timedelta(minutes=1))
    client.force_login(cast.clerk)
    page = client.get(dispatch.get_absolute_url()).content.decode()
    assert "hỏa tốc phải ban hành ngay sau khi ký" in page
    assert "note-late" in page


def test_a_paper_costs_the_same_however_many_demands(client, cast, draft, now):
    client.force_login(cast.specialist)
    few = queries(client, draft.get_absolute_url())
    edit = queries(client, url("dispatch_edit", draft))
    for n in range(20):
        make.requirement(draft, str(n + 5), groups=[cast.group], units=[cast.postal])
    assert queries(client, draft.get_absolute_url()) == few
    assert queries(client, url("dispatch_edit", draft)) == edit


def test_two_versions_side_by_side(client, cast, draft, parts, now):
    save(draft, parts, actor=cast.head, now=now, subject="bảo đảm thông tin dịp Tết")
    client.force_login(cast.leader)
    page = client.get(url("dispatch_compare", draft)).content.decode()
    assert "<del>" in page
    assert "dịp" in page
    assert client.get(url("dispatch_compare", draft), {"tu": 1, "den": 9}).status_code == 404
    assert client.get(url("dispatch_compare", draft), {"tu": 1, "den": "9" * 30}).status_code == 404
    assert client.get(url("dispatch_compare", draft), {"tu": "x"}).status_code == 400


def test_a_comparison_reads_two_texts_however_many_versions(client, cast, draft, parts, now):
    for version in range(1, 5):
        save(draft, parts, actor=cast.head, now=now, version=version, body=f"Bản thứ {version + 1}.")
    client.force_login(cast.leader)
    with CaptureQueriesContext(connection) as counted:
        response = client.get(url("dispatch_compare", draft), {"tu": 2, "den": 4})
    assert (response.context["before"].body, response.context["after"].body) == ("Bản thứ 2.", "Bản thứ 4.")
    assert [row.version for row in response.context["versions"]] == [1, 2, 3, 4, 5]
    assert all("body" in row.get_deferred_fields() for row in response.context["versions"])
    assert len([query for query in counted if 'dispatchversion"."body"' in query["sql"]]) == 1


# --- recipients and strangers -----------------------------------------------------------------------------------------


@pytest.fixture
def received(cast, draft, now):
    numbered = walk_to(draft, cast, now, "numbered")
    sweeps.file_pdfs(now=now)
    upload = SimpleUploadedFile("quet.pdf", PDF)
    services.file_scan(numbered, actor=cast.clerk, now=now, upload=upload)
    issued = services.issue_dispatch(numbered, actor=cast.clerk, now=now)
    issued.receipts.create(unit=cast.telecom, unit_name=cast.telecom.name, version=1, sent_at=now)
    return issued


def test_opening_the_paper_is_noted_and_shows_only_what_was_sent(client, cast, received):
    client.force_login(cast.focal)
    page = client.get(received.get_absolute_url()).content.decode()
    receipt = received.receipts.get()
    assert receipt.seen_by == cast.focal
    first = receipt.seen_at
    client.get(received.get_absolute_url())
    assert received.receipts.get().seen_at == first
    mine, others = received.requirements.order_by("order")
    assert f'id="cau-{mine.pk}"' in page
    assert f'id="cau-{others.pk}"' not in page
    for hidden in ("Quá trình xử lý", "Các bản dự thảo", "Lê Thu Hà", cast.rival.name):
        assert hidden not in page


def test_the_house_does_not_count_as_a_recipient(client, cast, received):
    client.force_login(cast.clerk)
    client.get(received.get_absolute_url())
    assert received.receipts.get().seen_at is None


def test_files_reach_recipients_and_the_house_alone(client, cast, received):
    for who, status in (("focal", 200), ("clerk", 200), ("stranger", 404)):
        client.force_login(getattr(cast, who))
        for name in ("dispatch_pdf", "dispatch_scan"):
            response = client.get(url(name, received))
            assert response.status_code == status
            if status == 200:
                assert b"".join(response.streaming_content).startswith(b"%PDF-")
                assert response["Content-Disposition"].startswith("attachment")


def test_the_filed_pdf_may_be_read_in_the_browser(client, cast, received):
    client.force_login(cast.focal)
    response = client.get(url("dispatch_pdf", received), {"xem": 1})
    assert response["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_a_file_that_is_not_there_is_not_found(client, cast, draft):
    client.force_login(cast.clerk)
    assert client.get(url("dispatch_pdf", draft)).status_code == 404


RECEIVED = {"dispatch_detail", "dispatch_pdf", "dispatch_scan", "dispatch_pages", "dispatch_page"}
HOUSE_ONLY = [
    pattern.name
    for pattern in of_papers
    if "<int:pk>" in str(pattern.pattern) and pattern.name not in RECEIVED | {"from_plan"}
]


@pytest.mark.parametrize("name", HOUSE_ONLY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_recipients_and_strangers_find_no_page_of_the_house(client, cast, received, name, method):
    for who in ("focal", "stranger"):
        client.force_login(getattr(cast, who))
        assert getattr(client, method)(url(name, received)).status_code in (404, 405)
    assert Dispatch.objects.get().history.count() == received.history.count()


def test_there_are_such_pages():
    assert len(HOUSE_ONLY) >= 12


def test_a_stranger_does_not_learn_that_the_paper_exists(client, cast, received):
    client.force_login(cast.stranger)
    assert client.get(received.get_absolute_url()).status_code == 404
    assert client.get(BOOK).status_code == 404


# --- verbs by their doors ---------------------------------------------------------------------------------------------


def test_the_whole_way_through_the_pages(client, cast, draft, now):
    local = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
    for who, name, data, status in (
        ("specialist", "dispatch_submit", {"note": "Kính trình", "version": 1}, "review"),
        ("head", "dispatch_review", {"version": 1}, "review"),
        ("leader", "dispatch_approve", {"version": 1}, "approved"),
        ("clerk", "dispatch_sign", {"authority": cast.authority.pk, "signed_at": local, "version": 1}, "signed"),
        ("clerk", "dispatch_number", {}, "numbered"),
        ("clerk", "dispatch_scan_new", {"upload": SimpleUploadedFile("quet.pdf", PDF)}, "numbered"),
    ):
        client.force_login(getattr(cast, who))
        response = client.post(url(name, draft), data)
        assert (response.status_code, response.url) == (302, draft.get_absolute_url()), name
        draft.refresh_from_db()
        assert draft.status == status
    assert draft.scan is not None
    assert draft.reviewed_by == cast.head


@pytest.mark.parametrize(
    "status, who, name, data, said",
    [
        ("review", "head", "dispatch_return", {"reason": "ngắn"}, "ít nhất 10 ký tự"),
        ("review", "head", "dispatch_return", {}, "không được để trống"),
        ("numbered", "clerk", "dispatch_void", {"reason": "ngắn"}, "ít nhất 10 ký tự"),
        ("numbered", "clerk", "dispatch_scan_new", {}, "không được để trống"),
        ("numbered", "clerk", "dispatch_waive", {"reason": REASON, "due_at": "2020-01-01T08:00"}, "trong vòng 30 ngày"),
        ("approved", "clerk", "dispatch_sign", {}, "không được để trống"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(client, cast, draft, now, status, who, name, data, said):
    dispatch = walk_to(draft, cast, now, status)
    client.force_login(getattr(cast, who))
    response = client.post(url(name, dispatch), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert said in response.content.decode()
    if data.get("reason"):
        assert data["reason"] in response.content.decode()
    assert Dispatch.objects.get().status == status


def test_a_second_press_is_answered_with_a_sentence(client, cast, draft, now):
    walk_to(draft, cast, now, "signed")
    client.force_login(cast.clerk)
    client.post(url("dispatch_number", draft))
    response = client.post(url("dispatch_number", draft), follow=True)
    assert "có người vừa xử lý trước hoặc trang đã cũ" in response.content.decode()
    assert Dispatch.objects.get().number == 1


@pytest.mark.parametrize(
    "name, who", [("dispatch_number", "leader"), ("dispatch_approve", "head"), ("dispatch_void", "admin")]
)
def test_the_wrong_desk_is_forbidden(client, cast, draft, now, name, who):
    walk_to(draft, cast, now, "numbered" if name == "dispatch_void" else "review")
    client.force_login(getattr(cast, who))
    assert client.post(url(name, draft), {"reason": REASON, "version": 1}).status_code == 403


def test_a_page_opened_too_late_leads_back(client, cast, draft, now):
    walk_to(draft, cast, now, "approved")
    client.force_login(cast.leader)
    response = client.get(url("dispatch_approve", draft), follow=True)
    assert "Đã duyệt, chờ ký" in response.content.decode()
    assert response.redirect_chain[-1][0] == draft.get_absolute_url()


def test_numbering_by_a_link_is_impossible(client, cast, draft):
    client.force_login(cast.clerk)
    assert client.get(url("dispatch_number", draft)).status_code == 405
