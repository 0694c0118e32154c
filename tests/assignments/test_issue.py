"""Issuing: who gets what, in one transaction, in a constant number of queries."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.models import Assignment, AssignmentEntry
from assignments.selectors.issuing import issue_plan
from directives.models import CopyLine, Dispatch, Receipt, RequirementTarget
from directives.states import DISPATCH_MOVES, DispatchStatus
from tests import make
from units.history import IllegalMove

SAIGON = timezone.get_default_timezone()


def at(day, hour=9, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SAIGON)


def ready(cast, addressed=(), groups=(), **fields):
    """A numbered paper with PDF and scan filed: only the clerk's button is missing."""
    stored = make.stored_file()
    fields = {"pdf": stored, "pdf_sha256": stored.sha256, "scan": stored} | fields
    return make.dispatch(cast, "numbered", addressed=addressed, groups=groups, **fields)


def test_a_receipt_for_each_recipient_and_an_assignment_for_each_demand_and_unit(cast, now):
    paper = ready(cast, addressed=[cast.postal], groups=[cast.group], of=make.occasion())
    CopyLine.objects.create(dispatch=paper, order=1, text="- UBND tỉnh (b/c);", unit=cast.province)
    CopyLine.objects.create(dispatch=paper, order=2, text="- Bưu điện tỉnh;", unit=cast.postal)
    CopyLine.objects.create(dispatch=paper, order=3, text="- Lưu: VT, BCVT.")
    due = now + timedelta(days=5)
    first = make.requirement(paper, "1", groups=[cast.group], due_at=due)
    second = make.requirement(paper, "2", units=[cast.postal])
    issued = services.issue_dispatch(paper, actor=cast.clerk, now=now)

    assert (issued.status, issued.issued_at) == (DispatchStatus.ISSUED, now)
    assert set(Receipt.objects.values_list("unit", "is_copy", "unit_name", "version", "sent_at", "seen_at")) == {
        (unit.pk, is_copy, unit.name, paper.version, now, None)
        for unit, is_copy in [(cast.telecom, False), (cast.rival, False), (cast.postal, False), (cast.province, True)]
    }
    rows = Assignment.objects.all()
    assert set(rows.values_list("requirement", "unit", "due_at")) == {
        (first.pk, cast.telecom.pk, due),
        (first.pk, cast.rival.pk, due),
        (second.pk, cast.postal.pk, None),
    }
    assert set(rows.values_list("status", "first_due_at", "armed_at", "moved_at", "given_by", "occasion")) == {
        ("sent", due, now, now, paper.author_id, paper.occasion_id),
        ("sent", None, now, now, paper.author_id, paper.occasion_id),
    }
    assert (
        list(AssignmentEntry.objects.values_list("before", "after", "actor", "at"))
        == [("", "sent", cast.clerk.pk, now)] * 3
    )


def test_a_daily_demand_falls_due_each_local_day_across_the_end_of_a_month(cast):
    now = at(date(2026, 1, 29), 23, 30)
    paper = ready(cast, addressed=[cast.telecom])
    first, last = date(2026, 1, 30), date(2026, 2, 2)
    make.requirement(
        paper, units=[cast.telecom], every="day", repeat_from=first, repeat_until=last, due_time=time(16, 30)
    )
    make.requirement(paper, units=[cast.telecom], every="day", repeat_from=first, repeat_until=first)
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    days = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2)]
    assert list(Assignment.objects.order_by("requirement", "occurrence").values_list("occurrence", "due_at")) == [
        *((day, at(day, 16, 30)) for day in days),
        (first, at(date(2026, 1, 31), 0)),
    ]


def test_days_already_over_are_not_given_and_the_page_says_so(cast):
    now = at(date(2026, 2, 1), 17)
    paper = ready(cast, addressed=[cast.telecom])
    daily = {"every": "day", "repeat_from": date(2026, 1, 30), "repeat_until": date(2026, 2, 3)}
    make.requirement(paper, "5", units=[cast.telecom], due_time=time(17), **daily)
    assert "3 ngày đầu đã qua hạn" in " ".join(issue_plan(paper, now).warnings)
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert set(Assignment.objects.values_list("occurrence", flat=True)) == {date(2026, 2, 2), date(2026, 2, 3)}


def test_groups_are_resolved_on_the_day_of_issuing(cast, now):
    today = timezone.localdate(now)
    gone = make.unit(name="Công ty đã giải thể", valid_to=today)
    coming = make.unit(name="Công ty chưa thành lập", valid_from=today + timedelta(days=1))
    leaving = make.unit(name="Công ty sắp giải thể", valid_to=today + timedelta(days=1))
    paper = ready(cast, groups=[cast.group])
    make.requirement(paper, groups=[cast.group])
    newcomer = make.unit(name="Công ty mới vào nhóm")
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    owed = set(Assignment.objects.values_list("unit", flat=True))
    assert owed == {cast.telecom.pk, cast.rival.pk, leaving.pk, newcomer.pk}
    assert not owed & {gone.pk, coming.pk}
    assert owed == set(Receipt.objects.values_list("unit", flat=True))


def test_a_unit_named_twice_owes_once_in_the_stronger_role(cast, now):
    paper = ready(cast, groups=[cast.group])
    other = make.group("Nhóm khác", kind="", members=[cast.rival])
    demand = make.requirement(paper, units=[cast.telecom], groups=[other])
    RequirementTarget.objects.create(requirement=demand, group=cast.group, role="support")
    RequirementTarget.objects.filter(unit=cast.telecom).update(role="support")
    third = make.unit()
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert dict(Assignment.objects.values_list("unit", "role")) == {
        cast.telecom.pk: "support",
        cast.rival.pk: "lead",
        third.pk: "support",
    }


def test_an_owner_outside_the_addressees_is_warned_of_and_still_gets_paper_and_task(cast, now):
    paper = ready(cast, groups=[cast.group])
    make.requirement(paper, "7", units=[cast.postal])
    plan = issue_plan(paper, now)
    assert [text for text in plan.warnings if "Yêu cầu 7" in text and cast.postal.name in text]
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert Assignment.objects.get().unit == cast.postal
    assert Receipt.objects.filter(unit=cast.postal, is_copy=False).exists()


def test_an_empty_group_is_refused_by_name_and_nothing_is_written(cast, now):
    empty = make.group("Các đơn vị truyền hình cáp", kind="cable")
    for where in ("addressee", "target"):
        paper = ready(cast, addressed=[cast.telecom], groups=[empty] if where == "addressee" else [])
        make.requirement(paper, units=[cast.telecom], groups=[empty] if where == "target" else [])
        with pytest.raises(ValidationError) as refusal:
            services.issue_dispatch(paper, actor=cast.clerk, now=now)
        assert "“Các đơn vị truyền hình cáp”" in str(refusal.value)
        assert Dispatch.objects.get(pk=paper.pk).status == "numbered"
    assert (Receipt.objects.count(), Assignment.objects.count()) == (0, 0)


@pytest.mark.parametrize("last", [date(9999, 12, 31), date(2026, 5, 1)])
def test_a_daily_demand_of_a_mistyped_year_is_refused_before_a_day_is_reckoned(client, cast, last):
    now = at(date(2026, 1, 1))
    paper = ready(cast, addressed=[cast.telecom])
    make.requirement(paper, "4", units=[cast.telecom], every="day", repeat_from=now.date(), repeat_until=last)
    with pytest.raises(ValidationError, match=r"Yêu cầu 4 lặp hằng ngày .* quá 120 ngày"):
        services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert (Receipt.objects.count(), Assignment.objects.count()) == (0, 0)
    client.force_login(cast.clerk)
    page = client.get(reverse("assignments:dispatch_issue", args=[paper.pk]))
    assert "quá 120 ngày" in page.content.decode()


def test_a_daily_demand_of_120_days_is_issued(cast):
    paper = ready(cast, addressed=[cast.telecom])
    daily = {"every": "day", "repeat_from": date(2026, 1, 1), "repeat_until": date(2026, 4, 30)}
    make.requirement(paper, units=[cast.telecom], **daily)
    services.issue_dispatch(paper, actor=cast.clerk, now=at(date(2026, 1, 1)))
    assert Assignment.objects.count() == 120


def test_a_paper_that_would_drown_everybody_is_refused(cast, now, monkeypatch):
    monkeypatch.setattr("assignments.selectors.issuing.MOST_ASSIGNMENTS", 2)
    paper = ready(cast, addressed=[cast.telecom, cast.rival, cast.postal])
    make.requirement(paper, units=[cast.telecom, cast.rival, cast.postal])
    with pytest.raises(ValidationError, match="sẽ giao 3 nhiệm vụ, quá mức 2"):
        services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert not Assignment.objects.exists()


def test_what_looks_wrong_is_said_before_issuing(cast, now):
    paper = ready(cast, addressed=[])
    make.requirement(paper, "1", due_at=now, units=[cast.telecom])
    make.requirement(paper, "2")
    said = " | ".join(issue_plan(paper, now).warnings)
    for part in ("Dòng “Các doanh nghiệp viễn thông”", "Yêu cầu 1 đã quá hạn", "Yêu cầu 2 chưa giao"):
        assert part in said


def test_the_preview_counts_what_issuing_makes(cast, now):
    paper = ready(cast, groups=[cast.group], addressed=[cast.postal])
    today = timezone.localdate(now) + timedelta(days=1)
    daily = {"every": "day", "repeat_from": today, "repeat_until": today + timedelta(days=2)}
    make.requirement(paper, "1", groups=[cast.group], **daily)
    make.requirement(paper, "2", units=[cast.telecom])
    plan = issue_plan(paper, now)
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    made = Counter(Assignment.objects.values_list("unit", flat=True))
    assert {unit.pk: count for unit, _, count in plan.by_unit() if count} == made
    assert plan.total == sum(made.values()) == 7


@pytest.mark.parametrize("person", ["specialist", "head", "leader", "admin", "focal", "stranger"])
def test_only_the_clerk_issues(cast, now, person):
    paper = ready(cast, addressed=[cast.telecom])
    with pytest.raises(PermissionDenied):
        services.issue_dispatch(paper, actor=getattr(cast, person), now=now)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "state", [state for state, moves in DISPATCH_MOVES.items() if DispatchStatus.ISSUED not in moves], ids=str
)
def test_refused_from_each_wrong_state(cast, now, state):
    paper = make.dispatch(cast, "issued" if state in DispatchStatus.ISSUED_ON else state, addressed=[cast.telecom])
    if state in DispatchStatus.ISSUED_ON:
        Dispatch.objects.filter(pk=paper.pk).update(status=state)
    with pytest.raises(IllegalMove):
        services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert not Receipt.objects.exists()


def test_issuing_twice_from_an_old_page_is_refused(cast, now):
    paper = ready(cast, addressed=[cast.telecom])
    make.requirement(paper, units=[cast.telecom])
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    with pytest.raises(IllegalMove):
        services.issue_dispatch(paper, actor=cast.clerk, now=now)
    assert (Receipt.objects.count(), Assignment.objects.count()) == (1, 1)


def test_an_issued_paper_is_not_deleted_by_the_models_nor_behind_their_back(cast, now):
    paper = ready(cast, addressed=[cast.telecom])
    demand = make.requirement(paper, units=[cast.telecom])
    services.issue_dispatch(paper, actor=cast.clerk, now=now)
    for row in (paper, demand, Assignment.objects.get()):
        with pytest.raises(ProtectedError):
            row.delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
            connection.check_constraints()
    assert (Dispatch.objects.count(), Assignment.objects.count()) == (1, 1)


def test_queries_do_not_grow_with_units_or_demands_beyond_batches(cast, now):
    def cost(units, demands):
        members = [make.unit(kind="commune") for _ in range(units)]
        every = make.group(f"Nhóm {units}", kind="", members=members)
        paper = ready(cast, groups=[every])
        for n in range(demands):
            make.requirement(paper, str(n), groups=[every])
        with CaptureQueriesContext(connection) as queries:
            services.issue_dispatch(paper, actor=cast.clerk, now=now)
        return [query["sql"] for query in queries if not query["sql"].startswith("INSERT")]

    cast.clerk.roles()
    assert len(cost(2, 1)) == len(cost(6, 5))
