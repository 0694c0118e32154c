"""A draft made from last time's paper: what is carried, what somebody must confirm, and what is refused."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives import services
from directives.models import CopyLine, Dispatch, DispatchBasis, Requirement, RequirementTarget
from directives.selectors import moved_in
from plans.calendar.lunar import can_chi, tet
from plans.models import LegalBasis
from tests import make
from units.models import Succession
from units.states import UnitKind

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OLD, NEW = date(2026, 2, 17), date(2027, 2, 6)
BODY = (
    "Thực hiện Kế hoạch số 128/KH-UBND ngày 29/12/2025 của Ủy ban nhân dân tỉnh về đón Tết năm 2026, Sở đề nghị:\n"
    "1. Gửi báo cáo về Sở trước ngày 20/01/2026.\n"
    "2. Trực từ ngày 15/02/2026 đến hết mùng 6 Tết, báo cáo trước 16 giờ 00 ngày 23/02/2026.\n"
    "Sở đề nghị các đơn vị thực hiện./."
)
ANNEX = "Phụ lục\nLỊCH TRỰC\n| Ngày | Người |\n| 16/02/2026 | A |"


def at(*when):
    return datetime(*when, tzinfo=ZONE)


@pytest.fixture
def people():
    return make.cast()


@pytest.fixture
def source(people):
    """Last year's letter: two demands, a unit that has ended since, a basis that was replaced."""
    gone = make.unit(UnitKind.DISTRICT, "Ủy ban nhân dân huyện Bến Xuân", valid_to=date(2026, 7, 1))
    heir = make.unit(UnitKind.COMMUNE, "Ủy ban nhân dân xã Bến Xuân")
    Succession.objects.create(from_unit=gone, to_unit=heir, on=date(2026, 7, 1))
    paper = make.dispatch(
        people, "issued", groups=[people.group], addressed=[gone], of=make.occasion("tet", OLD, name="Tết Bính Ngọ 2026"),
        subject="bảo đảm thông tin liên lạc dịp Tết Bính Ngọ 2026", body=BODY, annexes=ANNEX,
    )  # fmt: skip
    CopyLine.objects.create(dispatch=paper, order=1, text="Lưu: VT")
    new = LegalBasis.objects.create(kind="kế hoạch", number="131/KH-UBND", issuer="UBND tỉnh", subject="đón Tết 2027")
    old = LegalBasis.objects.create(
        kind="kế hoạch", number="128/KH-UBND", issuer="UBND tỉnh", subject="đón Tết", superseded_by=new
    )
    DispatchBasis.objects.create(dispatch=paper, order=1, text="Kế hoạch", number="128/KH-UBND", basis=old)
    for order, (label, phrase, due) in enumerate(
        [
            ("1", "trước ngày 20/01/2026", at(2026, 1, 20)),
            ("2", "trước 16 giờ 00 ngày 23/02/2026", at(2026, 2, 23, 16)),
        ],
        1,
    ):
        starts = BODY.index(f"{label}. ")
        ends = BODY.index("\n", starts)
        row = Requirement.objects.create(
            dispatch=paper, order=order, label=label, text=BODY[starts + 3 : ends], starts=starts, ends=ends,
            due_phrase=phrase, due_at=due, evidence_kind="report", must_report=True,
        )  # fmt: skip
        RequirementTarget.objects.create(requirement=row, group=people.group)
        RequirementTarget.objects.create(requirement=row, unit=gone, role="support")
    return paper


@pytest.fixture
def coming(source):
    return make.occasion("tet", NEW, name="Tết Đinh Mùi 2027")


@pytest.fixture
def again(client, people, source, coming):
    """Opens the page, or presses its button with other choices."""
    client.force_login(people.specialist)
    path = reverse("directives:dispatch_again", args=[source.pk])

    def act(**changes):
        if not changes:
            return client.get(path)
        return client.post(path, {"dot": coming.pk, "version": source.version, "act": "make"} | changes)

    return act


def made(answer):
    assert answer.status_code == 302, answer.content.decode()
    return Dispatch.objects.latest("pk")


def row_of(answer, old):
    return next(row.key for row in answer.context["carried"].rows if row.move.old == old)


def test_the_draft_is_last_years_paper_on_the_days_of_this_year(again, source, coming, people):
    draft = made(again(act="make"))
    assert draft.subject == "bảo đảm thông tin liên lạc dịp Tết Đinh Mùi 2027"
    assert draft.body == BODY.replace("20/01/2026", "09/01/2027").replace("15/02/2026", "04/02/2027").replace(
        "23/02/2026", "12/02/2027"
    )
    assert "| 05/02/2027 | A |" in draft.annexes
    assert (draft.status, draft.occasion, draft.drawn_from, draft.number) == ("draft", coming, source, None)
    first, second = draft.requirements.order_by("order")
    assert (first.due_phrase, first.due_at) == ("trước ngày 09/01/2027", at(2027, 1, 9))
    assert (second.due_phrase, second.due_at) == ("trước 16 giờ 00 ngày 12/02/2027", at(2027, 2, 12, 16))
    assert draft.body[second.starts : second.ends] == f"2. {second.text}"
    heir = Succession.objects.get().to_unit
    for row in (first, second):
        targets = {(each.group or each.unit, each.role) for each in row.targets.all()}
        assert targets == {(people.group, "lead"), (heir, "support")}
        assert (row.evidence_kind, row.must_report, row.plan_item) == ("report", True, None)
    (line,) = draft.addressees.all()
    assert list(line.units.all()) == [heir]
    assert (draft.authority, draft.copies.get().text) == (people.authority, "Lưu: VT")
    moved = {row.old: (row.new, row.new_on) for row in draft.moved_dates.all()}
    assert moved["20/01/2026"] == ("09/01/2027", date(2027, 1, 9))
    assert [old for old, (new, _) in moved.items() if old == new] == [BODY[10 : BODY.index(", Sở")]]


def test_what_is_owed_daily_is_owed_on_the_same_days_of_the_feast(again, source):
    days = {"every": "day", "due_at": None, "repeat_from": date(2026, 2, 15), "repeat_until": date(2026, 2, 22)}
    source.requirements.filter(label="2").update(**days)
    row = made(again(act="make")).requirements.get(label="2")
    assert (row.repeat_from, row.repeat_until) == (date(2027, 2, 4), date(2027, 2, 11))


def test_who_was_quicker_is_told(again):
    assert not again().context["already"]
    draft = made(again(act="make"))
    assert list(again().context["already"]) == [draft]


def test_the_page_says_what_changes_why_and_what_no_longer_holds(again):
    page = again().content.decode()
    for words in (
        "mùng 2 tháng Chạp (D-28)",
        "ngày làm việc liền trước là thứ Sáu, 08/01/2027",
        "131/KH-UBND",
        "huyện Bến Xuân",
        "Ủy ban nhân dân xã Bến Xuân",
    ):
        assert words.lower() in page.lower(), words


def test_what_became_of_each_demand_last_time_stands_beside_it(again, source, people):
    first = source.requirements.get(label="1")
    made = [
        make.assignment(people, status, to=unit, of=first, due_at=first.due_at)
        for status, unit in (("closed", people.telecom), ("sent", people.rival), ("declined", people.postal))
    ]
    for row, filed in ((made[0], first.due_at), (made[2], first.due_at - timedelta(hours=1))):
        row.history.create(row=row, before="accepted", after="submitted", actor=people.focal, at=filed)
    page = " ".join(again().content.decode().split())
    for words in ("1/3 hoàn thành", "1 nộp muộn", "1 không trả lời", "1 không xong"):
        assert words in page
    assert page.count("không giao") == 1


def test_another_day_may_be_chosen_or_written_and_the_deadline_follows(again):
    page = again()
    keys = {old: row_of(page, old) for old in ("20/01/2026", "23/02/2026", "15/02/2026")}
    chosen = {f"chon-{keys['20/01/2026']}": "08/01/2027", f"chon-{keys['15/02/2026']}": "15/02/2026"}
    written = {f"chon-{keys['23/02/2026']}": "khac", f"khac-{keys['23/02/2026']}": "15/02/2027"}
    draft = made(again(**chosen, **written, thay="1"))
    first, second = draft.requirements.order_by("order")
    assert (first.due_at, second.due_at) == (at(2027, 1, 8), at(2027, 2, 15, 16))
    assert "15/02/2026" in draft.body and not draft.moved_dates.filter(old="15/02/2026").exists()
    assert not draft.addressees.get().units.exists()


def test_nothing_ill_written_makes_a_draft_and_nothing_typed_is_lost(again, source):
    key = row_of(again(), "20/01/2026")
    for changes, says in (
        ({f"chon-{key}": "khac", f"khac-{key}": "31/02/2027"}, "Không có ngày 31/02/2027"),
        ({f"chon-{key}": "khac", f"khac-{key}": " "}, "ghi từ 1 đến"),
        ({f"chon-{key}": "mai"}, "chọn lại"),
        ({"dot": "999999999999999999999"}, "chọn"),
        ({"version": "9"}, "vừa được sửa"),
        ({f"chon-{key}": "khac", f"khac-{key}": "TỐI MẬT"}, "bí mật nhà nước"),
    ):
        answer = again(**changes)
        assert answer.status_code in (200, 422)
        assert says.lower() in answer.content.decode().lower(), changes
    assert Dispatch.objects.get() == source


def test_strangers_and_those_who_do_not_draft_are_kept_out(again, client, source, people):
    again()
    path = reverse("directives:dispatch_again", args=[source.pk])
    for user, status in ((people.focal, 404), (people.leader, 403)):
        client.force_login(user)
        assert client.get(path).status_code == status
        assert client.get(reverse("directives:earlier_list")).status_code == status


@pytest.mark.parametrize(("who", "offered"), [("specialist", True), ("clerk", False)])
def test_an_occasion_is_offered_to_those_who_may_make_one(client, source, people, who, offered):
    client.force_login(getattr(people, who))
    page = client.get(reverse("directives:dispatch_again", args=[source.pk])).content.decode()
    assert "Chưa có đợt nào" in page
    assert ("Lập đợt" in page) == offered


def test_an_earlier_paper_without_occasion_has_its_day_proposed_from_its_words(again, client, source):
    Dispatch.objects.filter(pk=source.pk).update(occasion=None)
    page = again()
    assert page.context["carried"].shift.old.d_day == tet(2026)
    assert can_chi(2027) in page.context["made"]["subject"]


def test_no_draft_is_submitted_before_every_moved_place_is_confirmed_by_name(again, client, people):
    draft = made(again(act="make"))
    now, confirm = timezone.now(), reverse("directives:dispatch_confirm", args=[draft.pk])
    with pytest.raises(ValidationError, match="09/01/2027") as refused:
        services.submit_dispatch(draft, actor=people.specialist, now=now)
    assert refused.value.code == "unconfirmed"
    checked = client.get(draft.get_absolute_url()).context["checked"]
    assert sum("Chưa ai xác nhận" in note.says for note in checked.errors) == len(moved_in(draft).open)

    one = draft.moved_dates.get(old="20/01/2026")
    client.post(confirm, {"dong": one.pk})
    one.refresh_from_db()
    assert (one.confirmed_by, draft.history.latest("pk").note) == (
        people.specialist,
        "Xác nhận 1 chỗ đã chuyển: 20/01/2026 → 09/01/2027",
    )
    for nonsense in ("x", "99999999999999999999", ""):
        client.post(confirm, {"dong": nonsense})
    assert draft.moved_dates.filter(confirmed_by=None).count() == draft.moved_dates.count() - 1

    client.post(confirm, {"dong": "all"})
    assert services.submit_dispatch(draft, actor=people.specialist, now=now).status == "review"
    client.post(confirm, {"dong": "all"})
    assert draft.moved_dates.filter(confirmed_at__gt=now + timedelta(hours=1)).count() == 0


def test_a_place_written_anew_needs_no_confirming_and_comes_back_with_its_words(again, people):
    draft = made(again(act="make"))
    before = len(moved_in(draft).open)
    draft.body = draft.body.replace("09/01/2027", "08/01/2027")
    assert {each.row.old for each in moved_in(draft).open} == {
        row.old for row in draft.moved_dates.exclude(old="20/01/2026")
    }
    draft.body = draft.body.replace("08/01/2027", "09/01/2027")
    assert len(moved_in(draft).open) == before


def test_the_page_costs_the_same_however_long_the_paper_is(again, client, source, people):
    def cost(paper):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("directives:dispatch_again", args=[paper.pk])).status_code == 200
        return len(asked)

    again()
    few = cost(source)
    longer = BODY + "".join(f"\n{n}. Báo cáo trước ngày {n:02d}/01/2026." for n in range(3, 28))
    twin = make.dispatch(people, "issued", groups=[people.group], of=source.occasion, body=longer)
    for n in range(3, 28):
        row = make.requirement(twin, f"{n}", groups=[people.group], due_at=at(2026, 1, n))
        row.targets.create(unit=people.telecom)
    assert cost(twin) <= few
