"""The pages: who gets which answer, what a refusal keeps, what a stranger never learns."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.models import Assignment, Evidence, Extension
from assignments.states import AssignmentStatus
from directives.models import Receipt
from tests import make
from tests.files import PDF

S = AssignmentStatus
WHY = "Trạm phát sóng đang bảo trì, chưa thể kiểm tra"
LATER = {"day": "2099-01-31", "hour": "", "reason": WHY}

# url name: (who, from, what is posted, where it leads)
PAGES = {
    "assignment_accept": ("focal", S.SENT, {}, S.ACCEPTED),
    "assignment_ask": ("focal", S.SENT, {"question": WHY}, S.QUESTIONED),
    "assignment_decline": ("focal", S.ACCEPTED, {"reason": WHY}, S.DECLINED),
    "assignment_submit": ("focal", S.ACCEPTED, {"text": "Đã làm xong"}, S.SUBMITTED),
    "evidence_new": ("focal", S.ACCEPTED, {"text": "Ảnh trạm 14"}, S.ACCEPTED),
    "assignment_ask_extension": ("focal", S.ACCEPTED, LATER, S.ACCEPTED),
    "assignment_answer": ("specialist", S.QUESTIONED, {"answer": "Làm theo mục 2."}, S.SENT),
    "assignment_resend": ("head", S.DECLINED, {"reason": WHY}, S.SENT),
    "assignment_reroute": ("head", S.DECLINED, LATER | {"unit": "postal"}, S.CANCELLED),
    "assignment_close": ("leader", S.SUBMITTED, {"note": ""}, S.CLOSED),
    "assignment_return": ("specialist", S.SUBMITTED, {"reason": WHY}, S.ACCEPTED),
    "assignment_extend": ("head", S.ACCEPTED, LATER, S.ACCEPTED),
    "assignment_decide_extension": ("head", S.ACCEPTED, {"granted": "1"}, S.ACCEPTED),
    "assignment_cancel": ("head", S.SENT, {"reason": WHY}, S.CANCELLED),
    "assignment_reopen": ("head", S.CLOSED, {"reason": WHY}, S.ACCEPTED),
}
NEEDS_WORDS = [name for name in PAGES if name not in ("assignment_accept", "assignment_close", "assignment_submit")]


@pytest.fixture
def as_(client, cast):
    def login(name):
        client.force_login(getattr(cast, name))
        return client

    return login


def prepared(cast, name):
    """An assignment in the state the page starts from, with an open request where one is decided."""
    due = timezone.now() + timedelta(days=5)
    assignment = make.assignment(cast, PAGES[name][1], due_at=due)
    if name == "assignment_decide_extension":
        Extension.objects.create(
            assignment=assignment,
            wanted_at=due + timedelta(days=3),
            reason=WHY,
            asked_by=cast.focal,
            asked_at=timezone.now(),
        )
    Receipt.objects.create(dispatch=assignment.dispatch, unit=cast.postal, version=1, sent_at=timezone.now())
    return assignment


def filled(cast, name):
    """What is posted; a unit by its name in the cast."""
    return {key: getattr(cast, said).pk if key == "unit" else said for key, said in PAGES[name][2].items()}


def address(name, row):
    return reverse(f"assignments:{name}", args=[row.pk])


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_and_does(cast, as_, name):
    who, _, _, to = PAGES[name]
    assignment, posted = prepared(cast, name), filled(cast, name)
    browser = as_(who)
    assert browser.get(address(name, assignment)).status_code == 200
    answer = browser.post(address(name, assignment), posted)
    assert (answer.status_code, answer.url) == (302, assignment.get_absolute_url())
    assert Assignment.objects.get(pk=assignment.pk).status == to


@pytest.mark.parametrize("name", PAGES)
def test_a_rival_finds_nothing_and_changes_nothing(cast, as_, name):
    assignment, posted = prepared(cast, name), filled(cast, name)
    before = Assignment.objects.filter(pk=assignment.pk).values().get()
    rival = as_("stranger")
    assert rival.get(address(name, assignment)).status_code == 404
    assert rival.post(address(name, assignment), posted).status_code == 404
    assert Assignment.objects.filter(pk=assignment.pk).values().get() == before


@pytest.mark.parametrize("name", PAGES)
def test_the_wrong_desk_is_refused(cast, as_, name):
    who = PAGES[name][0]
    assignment, posted = prepared(cast, name), filled(cast, name)
    before = Assignment.objects.filter(pk=assignment.pk).values().get()
    for other in ["clerk", "admin"] + (["focal"] if who != "focal" else ["specialist", "head", "leader"]):
        browser = as_(other)
        assert browser.get(address(name, assignment)).status_code == 403
        assert browser.post(address(name, assignment), posted).status_code == 403
    assert Assignment.objects.filter(pk=assignment.pk).values().get() == before


@pytest.mark.parametrize("name", NEEDS_WORDS)
def test_an_empty_post_is_refused_on_the_page(cast, as_, name):
    who, start, _, _ = PAGES[name]
    assignment = prepared(cast, name)
    answer = as_(who).post(address(name, assignment), {})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Assignment.objects.get(pk=assignment.pk).status == start
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name][3] != PAGES[name][1]])
def test_a_page_grown_old_keeps_what_was_typed_and_says_why(cast, as_, name):
    who = PAGES[name][0]
    assignment, posted = prepared(cast, name), filled(cast, name)
    Assignment.objects.filter(pk=assignment.pk).update(status=S.CANCELLED)
    browser = as_(who)
    answer = browser.post(address(name, assignment), posted)
    assert answer.status_code == 200
    assert "trang đã cũ" in answer.content.decode()
    for words in filter(None, posted.values()):
        assert str(words) in answer.content.decode()
    assert browser.get(address(name, assignment)).url == assignment.get_absolute_url()


def test_a_second_submit_is_refused_politely(cast, as_):
    assignment = make.assignment(cast, S.ACCEPTED)
    browser = as_("focal")
    browser.post(address("assignment_submit", assignment), {"text": "Xong"})
    again = browser.post(address("assignment_submit", assignment), {"text": "Xong lần nữa"})
    assert "Chờ xác nhận" in again.content.decode()
    assert (assignment.history.count(), Evidence.objects.count()) == (1, 1)


def test_get_writes_nothing_but_the_receipt(cast, as_):
    assignment = make.assignment(cast, S.SENT)
    before = Assignment.objects.filter(pk=assignment.pk).values().get()
    as_("leader").get(assignment.get_absolute_url())
    assert Receipt.objects.filter(seen_at=None).count() == 1
    as_("focal").get(assignment.get_absolute_url())
    seen = Receipt.objects.get(dispatch=assignment.dispatch)
    assert seen.seen_by == cast.focal
    assert seen.seen_at is not None
    assert Assignment.objects.filter(pk=assignment.pk).values().get() == before
    as_("focal").get(assignment.get_absolute_url())
    assert Receipt.objects.get(pk=seen.pk).seen_at == seen.seen_at


def test_a_refused_file_loses_nothing_and_asks_for_the_file_again(cast, as_):
    assignment = make.assignment(cast, S.ACCEPTED)
    bad = SimpleUploadedFile("bao-cao.pdf", b"MZ\x90\x00" + b"\xff" * 64)
    posted = {"text": "Đã kiểm tra 14 trạm", "link": "https://haigiang.example/a", "uploads": [bad]}
    page = as_("focal").post(address("assignment_submit", assignment), posted).content.decode()
    for part in ("Đã kiểm tra 14 trạm", "https://haigiang.example/a", "Hãy chọn lại tệp: bao-cao.pdf"):
        assert part in page
    assert not Evidence.objects.exists()


def test_files_go_up_and_come_down_only_to_those_who_may_see(cast, as_):
    assignment = make.assignment(cast, S.ACCEPTED)
    files = [SimpleUploadedFile("Phương án.pdf", PDF), SimpleUploadedFile("anh.txt", "Số liệu".encode())]
    as_("focal").post(address("assignment_submit", assignment), {"text": "Gửi Sở", "uploads": files})
    first, second = Evidence.objects.order_by("pk")
    assert [(first.text, first.file.name), (second.text, second.file.name)] == [
        ("Gửi Sở", "Phương án.pdf"),
        ("", "anh.txt"),
    ]
    for who in ("focal", "specialist", "clerk"):
        answer = as_(who).get(address("evidence_file", first))
        assert b"".join(answer.streaming_content) == PDF
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in answer["Content-Disposition"]
    for who in ("stranger", "postal_focal"):
        assert as_(who).get(address("evidence_file", first)).status_code == 404
    words_only = services.file_evidence(
        make.assignment(cast, S.ACCEPTED), actor=cast.focal, now=timezone.now(), text="a"
    )
    assert as_("focal").get(address("evidence_file", words_only)).status_code == 404


def test_a_link_is_web_only(cast, as_):
    assignment = make.assignment(cast, S.ACCEPTED)
    for link in ("javascript:alert(1)", "ftp://haigiang.example/a", "file:///etc/passwd"):
        answer = as_("focal").post(address("evidence_new", assignment), {"link": link})
        assert answer.context["form"].errors["link"]
    assert not Evidence.objects.exists()


def test_the_detail_and_other_pages_are_hidden_from_rivals(cast, as_):
    assignment = make.assignment(cast, S.ACCEPTED)
    paper = assignment.dispatch
    for who in ("stranger", "postal_focal"):
        browser = as_(who)
        assert browser.get(assignment.get_absolute_url()).status_code == 404
        assert browser.get(reverse("assignments:receipt_list", args=[paper.pk])).status_code == 404
        assert browser.get(reverse("assignments:dispatch_issue", args=[paper.pk])).status_code == 404
        assert browser.post(reverse("assignments:dispatch_accept", args=[paper.pk])).status_code == 404
        listed = browser.get(reverse("assignments:assignment_list"), {"don-vi": cast.telecom.pk})
        assert list(listed.context["page"].object_list) == []
        assert cast.telecom.name not in listed.content.decode()
    as_("focal")
    assert as_("focal").get(reverse("assignments:receipt_list", args=[paper.pk])).status_code == 403


def test_without_an_account_every_page_asks_to_log_in(client, cast):
    assignment = make.assignment(cast, S.SENT)
    for url in (reverse("assignments:assignment_list"), assignment.get_absolute_url()):
        assert client.get(url).url.startswith(reverse("account_login"))


def test_unknown_rows_are_404(cast, as_):
    for name in [*PAGES, "assignment_detail", "evidence_file", "receipt_list", "dispatch_issue"]:
        assert as_("leader").get(reverse(f"assignments:{name}", args=[999999])).status_code == 404


def test_accept_all_answers_row_by_row(cast, as_):
    first = make.assignment(cast, S.SENT)
    second = make.assignment(cast, S.SENT, of=make.requirement(first.dispatch, "2", units=[cast.telecom]))
    theirs = make.assignment(cast, S.SENT, to=cast.rival, of=first.requirement)
    url = reverse("assignments:dispatch_accept", args=[first.dispatch_id])
    browser = as_("focal")
    assert browser.get(url).status_code == 405
    answer = browser.post(url, {"yeu-cau": second.requirement_id})
    assert answer.url == reverse("assignments:assignment_list")
    statuses = dict(Assignment.objects.values_list("pk", "status"))
    assert statuses == {first.pk: S.SENT, second.pk: S.ACCEPTED, theirs.pk: S.SENT}
    browser.post(url, {"ve": "van-ban"})
    assert Assignment.objects.get(pk=first.pk).status == S.ACCEPTED
    assert "Không còn nhiệm vụ nào chờ tiếp nhận" in browser.post(url, follow=True).content.decode()


def test_deadlines_are_asked_for_by_day_and_kept_half_open(cast, as_):
    now = timezone.now()
    assignment = make.assignment(cast, S.ACCEPTED, due_at=now + timedelta(days=5))
    as_("focal").post(address("assignment_ask_extension", assignment), LATER)
    assert timezone.localtime(Extension.objects.get().wanted_at).isoformat() == "2099-02-01T00:00:00+07:00"
    as_("head").post(address("assignment_extend", assignment), LATER | {"hour": "16:30"})
    assignment.refresh_from_db()
    assert timezone.localtime(assignment.due_at).isoformat() == "2099-01-31T16:30:00+07:00"
    page = as_("focal").get(assignment.get_absolute_url()).content.decode()
    assert "16:30, 31/01/2099" in page
    assert "hạn đầu" in page


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2101-01-01", "1999-12-31"])
@pytest.mark.parametrize(("who", "name"), [("focal", "assignment_ask_extension"), ("head", "assignment_extend")])
def test_a_day_at_the_edge_of_the_calendar_is_refused_on_the_page(cast, as_, who, name, day):
    assignment = make.assignment(cast, S.ACCEPTED, due_at=timezone.now() + timedelta(days=5))
    answer = as_(who).post(address(name, assignment), LATER | {"day": day})
    assert answer.status_code == 200
    assert "01/01/2000 đến 31/12/2100" in str(answer.context["form"].errors["day"])
    assert WHY in answer.content.decode()
    assert not Extension.objects.exists()


def test_the_paper_is_quoted_where_it_says_it_otherwise(cast, as_):
    mine = make.assignment(cast, S.SENT)
    demand, body = mine.requirement, mine.dispatch.body
    demand.starts, demand.ends = body.index("2. "), body.index("\nĐề nghị")
    for text, quoted in (("Gửi báo cáo về Sở.", ""), ("Báo cáo kết quả.", "2. Gửi báo cáo về Sở.")):
        demand.text = text
        demand.save()
        assert as_("focal").get(mine.get_absolute_url()).context["sentence"] == quoted


def test_whoever_checks_answers_is_led_from_one_to_the_next_of_its_kind(cast, as_):
    soon = timezone.now() + timedelta(days=1)
    refused = make.assignment(cast, S.DECLINED, due_at=soon)
    paper = refused.dispatch
    others = {
        state: make.assignment(cast, state, of=make.requirement(paper, state, units=[cast.telecom]), due_at=soon)
        for state in (S.SUBMITTED, S.DECLINED, S.ACCEPTED)
    }
    make.assignment(cast, S.DECLINED, due_at=soon)  # of another paper

    def waiting(row, who="head"):
        return as_(who).get(row.get_absolute_url()).context["waiting"]

    assert waiting(refused) == others[S.DECLINED]
    assert waiting(others[S.DECLINED]) == refused
    assert waiting(others[S.ACCEPTED]) == others[S.SUBMITTED]
    services.cancel_assignment(refused, actor=cast.head, now=timezone.now(), reason=WHY)
    assert waiting(refused) == others[S.DECLINED]
    assert waiting(others[S.DECLINED]) == others[S.SUBMITTED]
    assert waiting(others[S.DECLINED], "focal") is None


def test_receipts_say_who_read_and_who_did_not(cast, as_):
    mine = make.assignment(cast, S.SENT)
    make.assignment(cast, S.SENT, to=cast.rival, of=mine.requirement)
    as_("focal").get(mine.get_absolute_url())
    url = reverse("assignments:receipt_list", args=[mine.dispatch_id])
    browser = as_("clerk")
    assert {row.unit for row in browser.get(url).context["receipts"]} == {cast.telecom, cast.rival}
    assert cast.focal.full_name in browser.get(url).content.decode()
    assert {row.unit for row in browser.get(url, {"chua-xem": "1"}).context["receipts"]} == {cast.rival}


def test_the_issue_page_shows_and_issues(cast, as_):
    stored = make.stored_file()
    paper = make.dispatch(cast, "numbered", addressed=[cast.telecom], pdf=stored, pdf_sha256=stored.sha256, scan=stored)
    make.requirement(paper, units=[cast.telecom, cast.postal])
    url = reverse("assignments:dispatch_issue", args=[paper.pk])
    for who in ("specialist", "leader"):
        assert as_(who).get(url).status_code == 403
        assert as_(who).post(url).status_code == 403
    clerk = as_("clerk")
    page = clerk.get(url).content.decode()
    for part in (cast.telecom.name, cast.postal.name, "Kính gửi không có đơn vị này"):
        assert part in page
    assert clerk.post(url).url == paper.get_absolute_url()
    assert Assignment.objects.count() == 2
    assert clerk.get(url).status_code == 302
    again = clerk.post(url)
    assert again.status_code == 200
    assert "Đã ban hành" in again.content.decode()
    assert Assignment.objects.count() == 2
