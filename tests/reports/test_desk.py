"""Everyone lands on their own work: the right rows in each panel, and a way on that answers."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assignments.models import Extension
from assignments.states import AssignmentStatus as S
from assignments.states import RosterStatus
from directives.models import Dispatch, DispatchView
from notices import services
from notices.selectors import PULSES
from plans.models import Occasion
from plans.states import PlanStatus
from reports.selectors import desk
from tests import make
from tests.reports.conftest import HOUR, links
from units.models import Contact, Membership, User
from units.services.sweeps import finish_sweep
from units.states import Role


def desk_of(user, now):
    """{panel title: panel} of a person."""
    user.__dict__.pop("_roles", None)
    return {panel.title: panel for panel in desk.panels(user, now)}


def addresses(panel):
    return [line.url for line in panel.lines]


def rows(client, panel):
    """How many rows the list behind a panel counts."""
    return client.get(panel.url).context["page"].paginator.count


@pytest.fixture
def papers(cast):
    """One paper of this division in each state, and one of another division in review."""
    other = make.unit("division", "Phòng Công nghệ số", "CNS", parent=cast.department)
    made = {status: make.dispatch(cast, status) for status in ("draft", "review", "approved", "signed", "numbered")}
    made["owing"] = make.dispatch(
        cast,
        "issued",
        scan=None,
        scan_waiver_reason="chờ đóng dấu",
        scan_waived_by=cast.clerk,
        scan_due_at=timezone.now() + HOUR,
    )
    made["issued"] = make.dispatch(cast, "issued")
    made["reviewed"] = make.dispatch(cast, "review", reviewed_by=cast.head, reviewed_at=timezone.now())
    made["elsewhere"] = make.dispatch(cast, "review", division=other, author=cast.head)
    made["not mine"] = make.dispatch(cast, "draft", author=cast.head)
    return made


@pytest.mark.parametrize(
    ("role", "title", "wanted"),
    [
        ("leader", "Văn bản chờ duyệt", ["review", "reviewed", "elsewhere"]),
        ("leader", "Đã duyệt, chờ ký", ["approved"]),
        ("head", "Dự thảo chờ xem xét", ["review"]),
        ("specialist", "Bản thảo của tôi", ["draft"]),
        ("clerk", "Đã ký, chờ cấp số", ["signed"]),
        ("clerk", "Đã cấp số, chờ ban hành", ["numbered"]),
        ("clerk", "Còn nợ bản quét đã ký, đóng dấu", ["owing"]),
    ],
)
def test_papers_on_a_desk(client, cast, papers, now, role, title, wanted):
    user = getattr(cast, role)
    panel = desk_of(user, now)[title]
    assert addresses(panel) == [papers[name].get_absolute_url() for name in wanted]
    client.force_login(user)
    assert rows(client, panel) == panel.total == len(wanted)


def test_a_leader_reads_whether_the_division_has_answered_for_the_content(cast, papers, now):
    notes = [line.note.split(" · ")[2] for line in desk_of(cast.leader, now)["Văn bản chờ duyệt"].lines]
    assert notes == ["phòng chưa xem xét", "phòng đã đồng ý", "phòng chưa xem xét"]


def test_who_decides_reads_what_was_changed_since_they_looked(cast, papers, now):
    for name, version in (("review", 1), ("reviewed", 3)):
        Dispatch.objects.filter(pk=papers[name].pk).update(version=3)
        DispatchView.objects.create(dispatch=papers[name], user=cast.leader, version=version, at=now)
    notes = [line.note.split(" · ")[3:] for line in desk_of(cast.leader, now)["Văn bản chờ duyệt"].lines]
    assert notes == [["đã sửa từ lần xem trước (bản 1 → bản 3)"], [], ["chưa xem"]]
    assert desk_of(cast.head, now)["Dự thảo chờ xem xét"].lines[0].note.endswith("chưa xem")


def test_plans_before_a_leader(client, cast, now):
    waiting, *_ = [make.plan(cast, status=status) for status in (PlanStatus.REVIEW, PlanStatus.DRAFT)]
    panel = desk_of(cast.leader, now)["Kế hoạch chờ duyệt"]
    assert addresses(panel) == [waiting.get_absolute_url()]
    client.force_login(cast.leader)
    assert rows(client, panel) == panel.total == 1


@pytest.fixture
def answers(cast, now):
    """Demands of this division given by two people, and of another division."""
    other = make.unit("division", "Phòng Công nghệ số", "CNS", parent=cast.department)

    def given(status, division=cast.division, by=cast.specialist, due=None):
        paper = make.dispatch(cast, "issued", division=division)
        return make.assignment(cast, status, of=make.requirement(paper), given_by=by, due_at=due)

    made = {
        "submitted": given(S.SUBMITTED),
        "asked": given(S.QUESTIONED),
        "late": given(S.SENT, due=now - HOUR),
        "of a colleague": given(S.SUBMITTED, by=cast.head),
        "late of a colleague": given(S.SENT, by=cast.head, due=now - HOUR),
        "elsewhere": given(S.SUBMITTED, division=other, by=cast.leader),
        "more time": given(S.ACCEPTED, due=now + HOUR),
        "more time elsewhere": given(S.ACCEPTED, division=other, by=cast.leader, due=now + HOUR),
    }
    for name in ("more time", "more time elsewhere"):
        Extension.objects.create(
            assignment=made[name], wanted_at=now + 9 * HOUR, reason="vật tư về chậm", asked_by=cast.focal, asked_at=now
        )
    return made


@pytest.mark.parametrize(
    ("role", "title", "wanted"),
    [
        ("head", "Minh chứng chờ xác nhận", {"submitted", "of a colleague"}),
        ("head", "Đề nghị gia hạn", {"more time"}),
        ("specialist", "Kết quả chờ xác nhận", {"submitted"}),
        ("specialist", "Vướng mắc chờ trả lời", {"asked"}),
        ("specialist", "Quá hạn trong các văn bản tôi giao", {"late"}),
    ],
)
def test_answers_on_a_desk(client, cast, answers, now, role, title, wanted):
    user = getattr(cast, role)
    panel = desk_of(user, now)[title]
    assert set(addresses(panel)) == {answers[name].get_absolute_url() for name in wanted}
    client.force_login(user)
    assert rows(client, panel) == panel.total == len(wanted)


def test_a_long_panel_shows_the_first_and_counts_all(client, cast, now):
    for n in range(9):
        make.assignment(cast, due_at=now - n * HOUR)
    panel = desk_of(cast.specialist, now)["Quá hạn trong các văn bản tôi giao"]
    assert (len(panel.lines), panel.total) == (6, 9)
    assert [line.due_at for line in panel.lines] == [now - n * HOUR for n in range(8, 2, -1)]
    client.force_login(cast.specialist)
    page = client.get(reverse("reports:home")).content.decode()
    assert (panel.url, "Xem tất cả") in links(page)


def test_the_desk_of_a_unit_holds_its_own_work_only(cast, now):
    endless = make.assignment(cast, S.ACCEPTED)
    later, sooner = make.assignment(cast, due_at=now + HOUR), make.assignment(cast, due_at=now - HOUR)
    make.assignment(cast, S.SUBMITTED)
    make.assignment(cast, to=cast.rival)
    panels = desk_of(cast.focal, now)
    assert addresses(panels["Việc của đơn vị, theo hạn"]) == [
        row.get_absolute_url() for row in (sooner, later, endless)
    ]
    assert panels["Văn bản chưa xem"].total == 4


def test_the_desk_of_an_administrator(cast, now):
    idle = make.person(Role.FOCAL, cast.telecom)
    idle.memberships.update(ends_on=timezone.localdate())
    leaving = make.person(Role.FOCAL, cast.telecom)
    leaving.memberships.update(ends_on=timezone.localdate() + timedelta(days=1))
    panels = desk_of(cast.admin, now)
    assert [line.note for line in panels["Tài khoản chưa có vai trò"].lines] == [idle.username]
    assert len(panels["Máy đang tự chạy"].lines) == len(PULSES)
    for name in PULSES:
        finish_sweep(name, now=now)
    services.say(key="k", recipients=[cast.focal.contact], subject="Việc", text="Việc", now=now)
    cast.focal.contact.notices.filter(channel="email").update(status="failed")
    assert [line.text for line in desk_of(cast.admin, now)["Máy đang tự chạy"].lines] == ["1 thư không gửi được"]


def test_several_roles_stand_on_one_desk(cast, now):
    make.Membership.objects.create(
        user=cast.clerk, unit=cast.department, role=Role.ADMIN, starts_on=timezone.localdate()
    )
    assert {"Đã ký, chờ cấp số", "Máy đang tự chạy"} <= set(desk_of(cast.clerk, now))


def test_without_a_role_the_page_says_whom_to_ask(client, cast):
    cast.focal.memberships.update(ends_on=timezone.localdate())
    client.force_login(cast.focal)
    response = client.get(reverse("reports:home"))
    assert "Tài khoản chưa có vai trò" in response.content.decode()


@pytest.mark.parametrize("role", ["leader", "head", "specialist", "clerk", "admin", "focal", "stranger"])
def test_every_way_on_answers(client, told, papers, answers, cast, role):
    client.force_login(getattr(cast, role))
    page = client.get(reverse("reports:home")).content.decode()
    onwards = {href.partition("#")[0] for href, _ in links(page) if not href.startswith("#")}
    assert onwards
    assert {href: client.get(href, follow=True).status_code for href in onwards} == dict.fromkeys(onwards, 200)
    drawn = set(re.findall(r'sprite\.svg#([\w-]+)"', page))
    assert drawn - set((settings.BASE_DIR / "static/icons.txt").read_text().split()) == set()


def test_a_head_of_two_divisions_is_led_to_the_rows_of_both(client, cast, papers, answers, now):
    second = make.unit("division", "Văn phòng Sở", "VP", parent=cast.department)
    Membership.objects.create(user=cast.head, unit=second, role=Role.HEAD, starts_on=timezone.localdate())
    make.dispatch(cast, "review", division=second)
    make.assignment(cast, S.SUBMITTED, of=make.requirement(make.dispatch(cast, "issued", division=second)))
    client.force_login(cast.head)
    panels = desk_of(cast.head, now)
    for title, wanted in (("Dự thảo chờ xem xét", 2), ("Minh chứng chờ xác nhận", 3), ("Đề nghị gia hạn", 1)):
        assert rows(client, panels[title]) == panels[title].total == wanted, title


def test_papers_nobody_has_opened_are_listed_alone(client, cast, now):
    for seen in (False, True):
        row = make.assignment(cast)
        if seen:
            row.dispatch.receipts.update(seen_at=now, seen_by=cast.focal)
    panel = desk_of(cast.focal, now)["Văn bản chưa xem"]
    client.force_login(cast.focal)
    assert rows(client, panel) == panel.total == 1


def test_accounts_without_a_role_are_listed_alone(client, cast, now):
    for name in ("mot", "hai"):
        User.objects.create(username=name, full_name=name, email=f"{name}@haigiang.example")
    panel = desk_of(cast.admin, now)["Tài khoản chưa có vai trò"]
    client.force_login(cast.admin)
    assert rows(client, panel) == panel.total == 2


def test_a_units_own_work_is_listed_alone(client, cast, now):
    for status in (S.SENT, S.ACCEPTED, S.SUBMITTED, S.CLOSED):
        make.assignment(cast, status)
    panel = desk_of(cast.focal, now)["Việc của đơn vị, theo hạn"]
    client.force_login(cast.focal)
    assert rows(client, panel) == panel.total == 2


@pytest.fixture
def duty(cast, now):
    """Rosters of the telecom in every state, what three units owe, and shifts around this moment."""
    made = {status: make.roster(cast.telecom, status, of=make.occasion()) for status in RosterStatus.values}
    make.roster(cast.rival, "submitted", gap_minutes=9)
    for to in (cast.telecom, cast.postal):
        occasion = make.occasion()
        paper = make.dispatch(cast, "issued", addressed=[to], of=occasion)
        asked = make.requirement(paper, units=[to], evidence_kind="roster")
        make.assignment(cast, to=to, of=asked, occasion=occasion)
    watch = make.person(Role.DUTY, cast.telecom, "Nguyễn Văn Tâm")
    for start, status in ((now - HOUR, "accepted"), (now + 9 * HOUR, "accepted"), (now + 99 * HOUR, "draft")):
        make.shift(watch, start, status=status)
    make.shift(cast.focal, now - 9 * HOUR, status="accepted")
    make.shift(cast.stranger, now - HOUR, status="accepted")
    return made | {"watch": watch}


@pytest.mark.parametrize(
    ("role", "title", "wanted"),
    [
        ("head", "Lịch trực chờ duyệt", 2),
        ("specialist", "Đơn vị chưa lập lịch trực", 2),
        ("focal", "Lịch trực phải lập", 1),
        ("focal", "Lịch trực chưa gửi Sở", 2),
        ("watch", "Ca trực của tôi", 3),
    ],
)
def test_duty_on_a_desk_leads_to_its_rows(client, cast, duty, now, role, title, wanted):
    user = duty.get(role) or getattr(cast, role)
    panel = desk_of(user, now)[title]
    client.force_login(user)
    assert rows(client, panel) == panel.total == len(panel.lines) == wanted
    for line in panel.lines:
        assert client.get(line.url).status_code == 200


def test_whoever_stands_watch_sees_who_is_there(client, cast, duty, now):
    panels = desk_of(duty["watch"], now)
    assert [line.text for line in panels["Đang trực tại đơn vị"].lines] == ["Nguyễn Văn Tâm"]
    assert [line.word for line in panels["Ca trực của tôi"].lines] == ["Đang trực", "", "Lịch chưa duyệt"]
    duty["watch"].contact.duty_shifts.filter(status="accepted").update(
        status="returned"
    )  # open again, nothing changed yet
    panels = desk_of(duty["watch"], now)
    assert [line.word for line in panels["Ca trực của tôi"].lines] == ["Đang trực", "", "Lịch chưa duyệt"]
    assert [line.text for line in panels["Đang trực tại đơn vị"].lines] == ["Nguyễn Văn Tâm"]
    assert "Lịch trực phải lập" not in panels
    assert "Ca trực của tôi" not in desk_of(cast.head, now)
    make.shift(cast.head, now - HOUR, status="accepted")
    assert "Ca trực của tôi" in desk_of(cast.head, now)


def test_who_is_to_be_proven_stands_on_the_desk_from_seven_days_before(cast, now):
    today = timezone.localdate(now)
    held = make.occasion(name="Bầu cử thử", d_day=today + timedelta(days=8))
    assert not [title for title in desk_of(cast.specialist, now) if "xác minh" in title]
    Occasion.objects.filter(pk=held.pk).update(d_day=today + timedelta(days=7))
    title = "3 đầu mối chưa xác minh trước Bầu cử thử"
    assert [line.text for line in desk_of(cast.specialist, now)[title].lines] == [
        cast.postal.name,
        cast.rival.name,
        cast.telecom.name,
    ]
    assert not [title for title in desk_of(cast.focal, now) if "xác minh" in title]  # no occasion of theirs
    make.roster(cast.telecom, of=held)
    assert desk_of(cast.focal, now)["1 đầu mối chưa xác minh trước Bầu cử thử"].url == reverse("units:proof_list")
    Contact.objects.update(phone_proven_at=now, email_proven_at=now)
    assert not [title for title in desk_of(cast.specialist, now) if "xác minh" in title]
