"""What becomes of a roster is told once to each who must know, gaps by name; a demand for it is not spoken of twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assignments import services
from notices.models import Notice
from notices.sweeps import read_history, remind_assignments
from notices.sweeps.history import OVERLAP
from tests import make
from units.models import Sweep

pytestmark = pytest.mark.django_db
REASON = "Đề nghị bổ sung người trực lãnh đạo."


@pytest.fixture
def roster(cast, now):
    """A draft that fills its layers but for the first ten days: one shift, everything else is missing."""
    occasion = make.occasion(name="Bầu cử", created_by=cast.specialist)
    shift = make.shift(cast.focal, now + timedelta(days=2))
    return make.roster(cast.telecom, of=occasion, shifts=[shift])


def read(now):
    Sweep.objects.update(locked_until=None)
    read_history(now=now + timedelta(seconds=1))


def said(user):
    rows = Notice.objects.filter(recipient__user=user, channel="app", key__startswith="roster:")
    return list(rows.order_by("pk").values_list("subject", flat=True))


def heard(user):
    return Notice.objects.filter(recipient__user=user, channel="app").order_by("pk")


def test_a_roster_with_gaps_names_them_to_the_unit_and_waits_for_the_maker_of_the_occasion(cast, now, roster):
    services.submit_roster(roster, actor=cast.focal, now=now)
    read(now)
    read(now)
    assert said(cast.focal) == ["Lịch trực còn thiếu người: Bầu cử"]
    text = heard(cast.focal).get().text
    assert text.startswith("Đề nghị bố trí thêm người trực")
    assert "- Thiếu trực lãnh đạo 00:00" in text
    assert said(cast.specialist) == [f"{cast.telecom} đã gửi lịch trực: Bầu cử"]
    assert heard(cast.focal).get().path == roster.get_absolute_url()


def test_the_unit_hears_what_the_sö_decided(cast, now, roster):
    steps = [
        (services.submit_roster, cast.focal, {}),
        (services.return_roster, cast.head, {"reason": REASON}),
        (services.submit_roster, cast.focal, {}),
        (services.accept_roster, cast.head, {"waiver_reason": "Đơn vị ít người, lãnh đạo trực qua điện thoại."}),
        (services.reopen_roster, cast.head, {"reason": REASON}),
    ]
    Sweep.objects.create(name="read_history", mark=now - OVERLAP)
    for minute, (verb, actor, words) in enumerate(steps):
        at = now + timedelta(minutes=minute)
        verb(roster, actor=actor, now=at, **words)
        read(at)
    assert said(cast.focal) == [
        "Lịch trực còn thiếu người: Bầu cử",
        "Sở trả lại lịch trực: Bầu cử",
        "Lịch trực còn thiếu người: Bầu cử",
        "Sở đã duyệt lịch trực: Bầu cử",
        "Sở mở lại lịch trực: Bầu cử",
    ]
    texts = [notice.text for notice in heard(cast.focal)]
    assert f"Lý do: {REASON}" in texts[1]
    assert "Còn thiếu so với yêu cầu của đợt:" in texts[1]
    assert "Lý do chấp nhận phần thiếu: Đơn vị ít người" in texts[3]
    assert said(cast.stranger) == []


def asked_for(cast, roster, due_at):
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], of=roster.occasion)
    demand = make.requirement(paper, units=[cast.telecom], due_at=due_at, evidence_kind="roster")
    return make.assignment(cast, of=demand, occasion=roster.occasion, due_at=due_at)


def test_where_a_paper_asked_for_it_each_thing_is_said_once(cast, now, roster):
    asked_for(cast, roster, now + timedelta(days=5))
    for minute, (verb, words) in enumerate(
        [(services.submit_roster, {}), (services.return_roster, {"reason": REASON})], start=1
    ):
        actor = cast.focal if verb is services.submit_roster else cast.head
        verb(roster, actor=actor, now=now + timedelta(minutes=minute), **words)
        read(now + timedelta(minutes=minute))
    told = [notice.subject.partition(":")[0] for notice in heard(cast.specialist)]
    assert told == [f"{cast.telecom} đã nộp kết quả"]
    told = [notice.subject.partition(":")[0] for notice in heard(cast.focal).exclude(key__startswith="paper:")]
    assert told == ["Lịch trực còn thiếu người", "Sở trả lại lịch trực"]


@pytest.mark.parametrize(
    ("begun", "words"),
    [(False, "Lịch trực: đơn vị chưa lập."), (True, "Lịch trực: đang lập, chưa gửi, còn thiếu 2 giờ trực.")],
)
def test_the_reminder_of_the_demand_says_how_the_roster_stands(cast, now, roster, begun, words):
    due_at = timezone.localtime(now) + timedelta(days=1)
    asked_for(cast, roster, due_at)
    if begun:
        type(roster).objects.update(gap_minutes=120)
    else:
        roster.history.all()._raw_delete(roster._state.db)
        roster.shifts.clear()
        roster.delete()
    remind_assignments(now=due_at)
    assert heard(cast.focal).get().text.endswith(words)
