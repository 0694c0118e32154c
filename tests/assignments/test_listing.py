"""The lists: the filters of an address count exactly, a unit's page groups by date, and queries stay the same."""

import gzip
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments import services
from assignments.models import Assignment
from assignments.selectors.listing import assignment_filter
from assignments.selectors.portal import unit_list
from assignments.states import AssignmentStatus
from directives import services as directives
from directives.models import Receipt
from tests import make

S = AssignmentStatus
SAIGON = timezone.get_default_timezone()
NOON = datetime(2026, 2, 10, 12, tzinfo=SAIGON)
MIDNIGHT = datetime(2026, 2, 11, tzinfo=SAIGON)
DAY = timedelta(days=1)


@pytest.fixture
def rows(cast):
    """One row of each kind that the filters tell apart."""
    tet = make.occasion("tet", name="Tết")
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], of=tet, search_key="bao dam tet")
    demand = make.requirement(paper, units=[cast.telecom], search_key="ra soat may phat dien")

    def row(status=S.SENT, to=cast.telecom, **fields):
        of = make.requirement(paper, "n") if to == cast.telecom else demand
        return make.assignment(cast, status, to=to, of=fields.pop("of", of), occasion=tet, **fields)

    return SimpleNamespace(
        tet=tet,
        paper=paper,
        demand=demand,
        late=row(due_at=NOON),
        last=row(S.ACCEPTED, due_at=MIDNIGHT),
        tomorrow=row(due_at=MIDNIGHT + timedelta(seconds=1)),
        yesterday=row(S.CLOSED, due_at=MIDNIGHT - DAY),
        done=row(S.CLOSED, due_at=NOON - DAY),
        waiting=row(S.SUBMITTED, due_at=NOON - DAY),
        postal=row(S.QUESTIONED, to=cast.postal, of=demand),
        other=make.assignment(cast, S.CANCELLED, to=cast.rival),
    )


def found(rows, query, now=NOON):
    """Names of the rows that an address finds."""
    pks = set(assignment_filter(Assignment.objects.all(), QueryDict(query), now).values_list("pk", flat=True))
    return {name for name, row in vars(rows).items() if isinstance(row, Assignment) and row.pk in pks}


EVERY = {"late", "last", "tomorrow", "yesterday", "done", "waiting", "postal", "other"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERY),
        ("tre=1", {"late"}),
        ("hom-nay=1", {"late", "last"}),
        ("trang-thai=closed", {"yesterday", "done"}),
        ("trang-thai=closed&trang-thai=submitted", {"yesterday", "done", "waiting"}),
        ("trang-thai=mo", {"late", "last", "tomorrow", "waiting", "postal"}),
        ("trang-thai=no", {"late", "last", "tomorrow", "postal"}),
        ("trang-thai=cho-so", {"waiting", "postal"}),
        ("trang-thai=hieu-luc", EVERY - {"other"}),
        ("loai=postal", {"postal"}),
        ("loai=telecom&trang-thai=mo", {"late", "last", "tomorrow", "waiting"}),
        ("tim=BUU dien", {"postal"}),
        ("tim=Bảo ĐẢM", EVERY - {"other"}),
        ("tim=bao buu", {"postal"}),
        ("tim=Máy phát", {"postal"}),
        ("tim=khong-co", set()),
        ("trang-thai=bogus", set()),
        ("dot=abc", set()),
        ("dot=99999999999999999999999", set()),
        ("don-vi=-1", set()),
        ("loai=x", set()),
    ],
)
def test_an_address_finds_exactly(rows, query, expected):
    assert found(rows, query) == expected


@pytest.mark.parametrize(
    "query", ["tim=%00", "tim=buu%00dien", "loai=%00", "loai=x", "trang-thai=%00", "trang-thai=bogus", "dot=%00"]
)
def test_what_cannot_be_understood_is_never_asked_of_the_database(client, cast, query):
    """PostgreSQL answers a NUL byte with an error, which would be a broken page."""
    assert assignment_filter(Assignment.objects.all(), QueryDict(query), NOON).query.is_empty()
    client.force_login(cast.head)
    assert client.get(f"{reverse('assignments:assignment_list')}?{query}").status_code == 200


def test_one_unknown_state_among_known_ones_finds_nothing(rows):
    assert found(rows, "trang-thai=mo&trang-thai=bogus") == set()


def test_an_address_finds_by_key(rows, cast):
    assert found(rows, f"dot={rows.tet.pk}") == EVERY - {"other"}
    assert found(rows, f"van-ban={rows.other.dispatch_id}") == {"other"}
    assert found(rows, f"yeu-cau={rows.demand.pk}") == {"postal"}
    assert found(rows, f"don-vi={cast.rival.pk}") == {"other"}
    assert found(rows, f"dot={rows.tet.pk}&don-vi={cast.telecom.pk}&tre=1") == {"late"}


def test_the_midnights_of_today(rows):
    assert found(rows, "tre=1", MIDNIGHT) == {"late", "last"}
    assert found(rows, "hom-nay=1", MIDNIGHT) == {"tomorrow"}
    assert found(rows, "hom-nay=1", MIDNIGHT - timedelta(microseconds=1)) == {"late", "last"}


def test_unread_and_asking_for_time(rows, cast):
    Receipt.objects.filter(unit=cast.telecom).update(seen_at=NOON, seen_by=cast.focal)
    assert found(rows, "chua-xem=1") == {"postal", "other"}
    services.ask_extension(
        rows.last, actor=cast.focal, now=NOON, wanted_at=MIDNIGHT + DAY, reason="Chờ thiết bị dự phòng"
    )
    assert found(rows, "gia-han=1") == {"last"}


@pytest.mark.parametrize("query", ["trang-thai=mo", "tre=1", "hom-nay=1&loai=telecom", "tim=buu&trang-thai=mo"])
def test_the_page_lists_what_the_filter_counts(client, cast, rows, query):
    client.force_login(cast.head)
    page = client.get(f"{reverse('assignments:assignment_list')}?{query}").context["page"]
    counted = assignment_filter(Assignment.objects.all(), QueryDict(query), timezone.now())
    assert {row.pk for row in page.object_list} == set(counted.values_list("pk", flat=True))


def test_the_department_is_sent_to_what_is_not_finished(client, cast, rows):
    client.force_login(cast.specialist)
    answer = client.get(reverse("assignments:assignment_list"))
    assert answer.url == f"{reverse('assignments:assignment_list')}?trang-thai=mo"


def test_a_drafted_demand_is_found_by_its_words(cast, now):
    paper = directives.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="chuẩn bị Tết",
        body=make.BODY,
        division=cast.division,
        requirements=[{"label": "1", "text": "Rà soát trạm phát sóng."}],
    )
    row = make.assignment(cast, of=paper.requirements.get())
    make.assignment(cast)
    assert list(assignment_filter(Assignment.objects.all(), {"tim": "TRAM phát"}, NOON)) == [row]


def names(rows, sections):
    known = {row.pk: name for name, row in vars(rows).items() if isinstance(row, Assignment)}
    return {section.title: [known[line.assignment.pk] for line in section.lines] for section in sections}


def test_a_unit_sees_its_own_by_date(rows, cast):
    rows.week = make.assignment(cast, S.QUESTIONED, due_at=MIDNIGHT + 7 * DAY)
    rows.after = make.assignment(cast, S.ACCEPTED, due_at=MIDNIGHT + 7 * DAY + timedelta(seconds=1))
    rows.endless = make.assignment(cast, S.SENT)
    rows.declined = make.assignment(cast, S.DECLINED, due_at=NOON - 2 * DAY)
    Assignment.objects.filter(pk=rows.done.pk).update(moved_at=NOON - DAY)
    Assignment.objects.filter(pk=rows.yesterday.pk).update(moved_at=NOON - 31 * DAY)
    assert names(rows, unit_list(cast.focal, NOON)) == {
        "Quá hạn": ["late"],
        "Hôm nay": ["last"],
        "7 ngày tới": ["tomorrow", "week"],
        "Sau đó": ["after"],
        "Không có hạn": ["endless"],
        "Chờ Sở xác nhận": ["declined", "waiting"],
        "Đã xong": ["done"],
    }
    assert names(rows, unit_list(cast.postal_focal, NOON)) == {"Không có hạn": ["postal"]}


def test_a_daily_demand_is_one_line_with_today_first(cast):
    demand = make.requirement(
        make.dispatch(cast, "issued", addressed=[cast.telecom]),
        every="day",
        repeat_from=date(2026, 2, 8),
        repeat_until=date(2026, 2, 13),
    )
    made = {
        day: make.assignment(
            cast, status, of=demand, occurrence=date(2026, 2, day), due_at=datetime(2026, 2, day, 17, tzinfo=SAIGON)
        )
        for day, status in {8: S.CLOSED, 9: S.ACCEPTED, 10: S.ACCEPTED, 11: S.SENT, 12: S.SENT}.items()
    }
    (section,) = unit_list(cast.focal, NOON)
    (line,) = section.lines
    assert section.title == "Quá hạn"
    assert (line.assignment, line.verb) == (made[10], "submit")
    assert [day.occurrence.day for day in line.days] == [10, 8, 9, 11, 12]
    assert (line.late_days, line.days_left, line.unaccepted) == (1, 4, 2)
    Assignment.objects.filter(pk=made[10].pk).update(status=S.SUBMITTED)
    (section,) = unit_list(cast.focal, NOON)
    assert section.lines[0].assignment == made[9]
    Assignment.objects.exclude(pk=made[12].pk).update(status=S.CLOSED, moved_at=NOON)
    (section,) = unit_list(cast.focal, NOON)
    assert (section.title, section.lines[0].assignment, section.lines[0].verb) == ("7 ngày tới", made[12], "accept")


def pages(cast, row):
    yield "focal", reverse("assignments:assignment_list")
    yield "focal", reverse("assignments:assignment_list") + "?trang-thai=mo"
    yield "head", reverse("assignments:assignment_list") + "?trang-thai=mo&tim=cong"
    yield "head", row.get_absolute_url()
    yield "head", reverse("assignments:receipt_list", args=[row.dispatch_id])
    yield "clerk", reverse("assignments:dispatch_issue", args=[row.dispatch_id])


def test_queries_do_not_grow_with_rows(client, cast):
    def cost():
        counts = []
        for who, url in pages(cast, row):
            client.force_login(getattr(cast, who))
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append((url, len(queries)))
        return counts

    row = make.assignment(cast, S.SENT, due_at=NOON)
    few = cost()
    for _ in range(6):
        make.assignment(cast, S.ACCEPTED, due_at=NOON)
        make.assignment(cast, S.SENT, to=make.unit(), of=row.requirement)
    day = timezone.localdate()
    for n in range(6):
        make.assignment(cast, S.SENT, of=make.requirement(row.dispatch, "d"), occurrence=day + n * DAY)
    services.file_evidence(row, actor=cast.focal, now=NOON, text="a")
    assert cost() == few


def test_a_units_page_is_light_however_much_it_owes(client, cast):
    """Styles, scripts, icons and fonts take some 75 of the 100 kB of a first visit (`design.md` section 8)."""
    for n in range(90):
        make.assignment(cast, S.SENT if n % 2 else S.ACCEPTED, due_at=timezone.now() + n * DAY - 40 * DAY)
    client.force_login(cast.focal)
    answer = client.get(reverse("assignments:assignment_list"), headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 15_000
    assert "việc nữa trong nhóm này" in gzip.decompress(answer.content).decode()
