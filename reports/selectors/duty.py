"""How an occasion stands on duty: rosters by state, and the map of units × days or hours of what its phases require."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q

from assignments import coverage
from assignments.duty import ZONE, day_start, length_words, window_of
from assignments.models import DutyShift, Roster
from assignments.selectors.rosters import MISSING, missing_rosters, units_owing_roster
from assignments.states import SHIFT_BINDING
from assignments.states import RosterStatus as R
from plans.models import Phase
from reports.selectors.readiness import Figure
from units.addresses import address, address_of
from units.models import Unit

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOST_DAYS = 31
FULL, SHORT, EMPTY, UNFILED = "done", "soon", "late", "waiting"
LEGEND = [
    (FULL, "Đủ người trực"),
    (SHORT, "Thiếu một phần"),
    (EMPTY, "Không có ai trực"),
    (UNFILED, "Chưa gửi lịch trực"),
]


def roster_listing(**params):
    """The address of the list of exactly the rosters a number counts."""
    return f"{address('assignments:roster_list')}?{urlencode(params, doseq=True)}"


def roster_figures(user, occasion):
    """Rosters of an occasion by state, those missing first; each number leads to exactly its rows. Two queries."""
    counts = Roster.objects.filter(occasion=occasion).aggregate(
        full=Count("pk", filter=Q(status=R.ACCEPTED, gap_minutes=0)),
        waived=Count("pk", filter=Q(status=R.ACCEPTED, gap_minutes__gt=0)),
        **{status.value: Count("pk", filter=Q(status=status)) for status in (R.SUBMITTED, R.RETURNED, R.DRAFT)},
    )
    missing = missing_rosters(user, {"dot": occasion.pk}).count()

    def figure(label, count, tone="", **params):
        return Figure(label, count, roster_listing(dot=occasion.pk, **params), tone)

    def state(status, **params):
        return {"trang-thai": status.value} | params

    return [
        figure("chưa lập", missing, **{"trang-thai": MISSING}),
        figure("đang lập", counts[R.DRAFT], **state(R.DRAFT)),
        figure("bị trả lại", counts[R.RETURNED], **state(R.RETURNED)),
        figure("chờ duyệt", counts[R.SUBMITTED], **state(R.SUBMITTED)),
        figure("đã duyệt, còn phần thiếu", counts["waived"], **state(R.ACCEPTED, thieu=1)),
        figure("đã duyệt, đủ người", counts["full"], **state(R.ACCEPTED, thieu=0)),
    ]


@dataclass(frozen=True)
class Column:
    """A day or an hour: what stands over it, and the address of its hours (a day's only)."""

    starts_at: datetime
    label: str
    more: str
    url: str = ""


@dataclass(frozen=True)
class HeatCell:
    """One unit in one day or hour, all required layers together: the worst of it in word and tone."""

    word: str
    tone: str
    url: str


@dataclass
class HeatLine:
    """One unit: its cells, the minutes missing in what is shown; `filed` when its roster is before the Sở, accepted or in force."""

    unit: Unit
    url: str
    filed: bool
    missing: int
    cells: list

    @property
    def missing_words(self):
        return length_words(self.missing)


@dataclass(frozen=True)
class DutyMap:
    """Units × days of what is required, or × hours of one `day`. `earlier`, `later`: first days of the pages beside it."""

    columns: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    short: int = 0
    unfiled: int = 0
    day: date | None = None
    earlier: date | None = None
    later: date | None = None


def duty_map(occasion, *, day=None, since=None, kind="", layer="", only_short=False):
    """The map in four queries, whatever its size. Only rosters sent or accepted count, and what is in force of those open
    again; lines that miss most come first.

    `day` shows its hours; otherwise days, at most a month from `since` or from the first on which anybody must stand.
    """
    needs = coverage.required(Phase.objects.filter(occasion=occasion), window_of(occasion))
    needs = [need for need in needs if layer in ("", need.layer)]
    if not needs:
        return DutyMap(day=day)
    days = _days(needs)
    if day is not None:
        first, size, count, earlier, later = day, HOUR, 24, _beside(days, day, -1), _beside(days, day, 1)
    else:
        first = since if since and days[0] < since <= days[-1] else days[0]
        count = min(MOST_DAYS, (days[-1] - first).days + 1)
        earlier = max(days[0], first - MOST_DAYS * DAY) if first > days[0] else None
        size, later = DAY, first + count * DAY if first + count * DAY <= days[-1] else None
    grid = Grid(day_start(first), size, count, needs)
    columns = [_column(occasion, grid.start + n * size, size, n == 0) for n in range(count)]
    lines = _lines(occasion, grid, kind, layer)
    short = sum(line.filed and line.missing > 0 for line in lines)
    unfiled = sum(not line.filed for line in lines)
    if only_short:
        lines = [line for line in lines if line.missing]
    return DutyMap(columns, lines, short, unfiled, day, earlier, later)


def _days(needs):
    """The first and every later day on which somebody must stand, to the last."""
    first = min(need.starts_at for need in needs).astimezone(ZONE).date()
    last = (max(need.ends_at for need in needs) - timedelta(microseconds=1)).astimezone(ZONE).date()
    return [first + n * DAY for n in range((last - first).days + 1)]


def _beside(days, day, step):
    other = day + step * DAY
    return other if days[0] <= other <= days[-1] else None


class Grid:
    """Columns of one size, and what is required in each, in whole minutes from `start`: a province is reckoned in them."""

    def __init__(self, start, size, count, needs):
        self.start, self.size, self.count = start, size, count
        self.base, self.step = int(start.timestamp()) // 60, int(size.total_seconds()) // 60
        self.end = start + size * count
        self.needs = [
            (need.layer, span) for need in needs if (span := self.span(need.starts_at, need.ends_at))[0] < span[1]
        ]
        self.needed = self.spread(span for _, span in self.needs)

    def span(self, starts_at, ends_at):
        """Minutes from the left edge, cut to the grid."""
        start, end = int(starts_at.timestamp()) // 60 - self.base, int(ends_at.timestamp()) // 60 - self.base
        return max(start, 0), min(end, self.step * self.count)

    def spread(self, spans):
        """How many of their minutes fall into each column."""
        made = [0] * self.count
        for start, end in spans:
            for column in range(start // self.step, -(-end // self.step)):
                left = column * self.step
                made[column] += min(end, left + self.step) - max(start, left)
        return made

    def missing(self, held):
        """The minutes missing in each column, where `held` is {layer: spans}."""
        joined = {layer: coverage.joined(spans) for layer, spans in held.items()}
        return self.spread(gap for layer, span in self.needs for gap in coverage.without(span, joined.get(layer, ())))


def _lines(occasion, grid, kind, layer):
    units = units_owing_roster(occasion)
    if kind:
        units = units.filter(kind=kind)
    rosters = {
        unit: (pk, status)
        for pk, unit, status in Roster.objects.filter(occasion=occasion).values_list("pk", "unit_id", "status")
    }
    held = _held(occasion, grid)
    whole, lines = sum(grid.needed), []
    for unit in units:
        pk, status = rosters.get(unit.pk, (None, None))
        filed = status in SHIFT_BINDING or unit.pk in held
        url = (
            address_of("assignments:roster_detail", pk)
            if pk
            else roster_listing(**{"dot": occasion.pk, "don-vi": unit.pk, "trang-thai": MISSING})
        )
        if filed:
            missing = grid.missing(held.get(unit.pk, {}))
            cells = [_cell(*pair, url) for pair in zip(grid.needed, missing, strict=True)]
        else:
            missing = grid.needed
            cells = [HeatCell("Chưa gửi lịch trực", UNFILED, url) if needed else None for needed in grid.needed]
        lines.append(HeatLine(unit, url, filed, sum(missing) if filed else whole, cells))
    return sorted(lines, key=lambda line: (-line.missing, line.filed))


def _held(occasion, grid):
    """{unit: {layer: spans in minutes}} of the filed rosters, and of those open again what is still in force, within the
    grid. One query, no rows made into objects."""
    stands = Q(rosters__status__in=SHIFT_BINDING) | Q(rosters__status=R.RETURNED, in_force=True)
    rows = DutyShift.objects.filter(stands, rosters__occasion=occasion)
    rows = rows.overlapping(grid.start, grid.end).values_list("unit_id", "layers", "starts_at", "ends_at")
    held = defaultdict(lambda: defaultdict(list))
    for unit, layers, starts_at, ends_at in rows.iterator(chunk_size=5000):
        span = grid.span(starts_at, ends_at)
        for layer in layers:
            held[unit][layer].append(span)
    return held


def _cell(needed, missing, url):
    if not needed:
        return None
    if not missing:
        return HeatCell("Đủ người trực", FULL, url)
    if missing == needed:
        return HeatCell("Không có ai trực", EMPTY, url)
    return HeatCell(f"Thiếu {length_words(missing)}", SHORT, url)


def _column(occasion, starts_at, size, first):
    if size == HOUR:
        return Column(starts_at, f"{starts_at:%H}", f"{starts_at:%H:%M}–{starts_at.hour + 1:02d}:00")
    names = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
    url = f"{address_of('reports:duty_map', occasion.pk)}?ngay={starts_at:%Y-%m-%d}"
    label = f"{starts_at:%d/%m}" if first or starts_at.day == 1 else f"{starts_at:%d}"
    return Column(starts_at, label, f"{names[starts_at.weekday()]} {starts_at:%d/%m/%Y}", url)
