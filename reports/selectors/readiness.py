"""How an occasion stands: counts, the worst units, the matrix of units × requirements. Nothing here is stored."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from assignments.models import Assignment
from assignments.states import AssignmentStatus as S
from directives.models import Requirement
from plans.models import Occasion
from units.addresses import address, address_of
from units.models import Unit

SHAPES = {  # word and tone of a cell: the first of these that holds for any of its days
    status.value: (status.label, tone)
    for status, tone in (
        (S.DECLINED, "refused"),
        (S.QUESTIONED, "asked"),
        (S.SUBMITTED, "submitted"),
        (S.SENT, "waiting"),
        (S.ACCEPTED, "active"),
        (S.CLOSED, "done"),
        (S.CANCELLED, "void"),
    )
}


def listing(**params):
    """The address of the list of exactly the rows a number counts."""
    return f"{address('assignments:assignment_list')}?{urlencode(params, doseq=True)}"


def late_count(now):
    return Count("pk", filter=Q(status__in=S.OWED, due_at__lte=now))


@dataclass(frozen=True)
class Figure:
    """One number and the list behind it."""

    label: str
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Standing:
    """One occasion at a moment: its assignments by state, how many of those owed are late, and the worst units."""

    occasion: Occasion
    late: int
    by_status: Counter
    worst: list = field(default_factory=list)

    @property
    def total(self):
        """What is or was really owed; cancelled demands are nobody's work."""
        return sum(self.by_status.values()) - self.by_status[S.CANCELLED]

    @property
    def closed(self):
        return self.by_status[S.CLOSED]

    @property
    def percent(self):
        """Rounded down: a hundred means that nothing is missing."""
        return 100 * self.closed // self.total if self.total else 0

    @property
    def url(self):
        return address_of("reports:occasion_dashboard", self.occasion.pk)

    def days_left(self, today):
        return (self.occasion.d_day - today).days

    def figures(self):
        """The numbers of the leadership screen, worst first; each leads to exactly the rows it counts."""
        dot = self.occasion.pk
        made = [Figure("quá hạn", self.late, listing(dot=dot, tre=1), "late" if self.late else "")]
        for status, label in (
            (S.DECLINED, "không thực hiện được"),
            (S.QUESTIONED, "có vướng mắc"),
            (S.SUBMITTED, "chờ Sở xác nhận"),
            (S.SENT, "chưa tiếp nhận"),
            (S.ACCEPTED, "đang thực hiện"),
            (S.CLOSED, "hoàn thành"),
        ):
            made.append(Figure(label, self.by_status[status], listing(**{"dot": dot, "trang-thai": status.value})))
        return made


@dataclass(frozen=True)
class UnitLine:
    """One unit in one occasion: how much is late, since when, how much is done."""

    unit: Unit
    total: int
    late: int
    closed: int
    late_since: datetime | None
    url: str
    late_url: str
    closed_url: str

    def hours_late(self, now):
        return int((now - self.late_since).total_seconds() // 3600) if self.late_since else 0


@dataclass(frozen=True)
class LateUnit:
    """One of the worst of an occasion: how many demands it owes past their due date, the oldest since when."""

    occasion: Occasion
    unit: Unit
    late: int
    since: datetime

    @property
    def url(self):
        return listing(**{"dot": self.occasion.pk, "don-vi": self.unit.pk, "tre": 1})


@dataclass(slots=True)  # frozen ones are made in three times the time, and a page has four thousand
class Cell:
    """One requirement × one unit: the worst of its days, in word and tone."""

    word: str
    tone: str
    url: str


@dataclass
class MatrixLine:
    unit: Unit
    late: int = 0
    late_since: datetime | None = None
    cells: list = field(default_factory=list)
    late_url: str = ""


@dataclass(frozen=True)
class Matrix:
    """Units × requirements of an occasion; columns in the order of the papers, lines worst first."""

    columns: list
    lines: list
    total: int
    late: int
    late_url: str


def standings(occasions, now):
    """A Standing for each occasion, in three queries whatever their number."""
    counts = defaultdict(Counter)
    late = Counter()
    rows = (
        Assignment.objects.filter(occasion__in=[occasion.pk for occasion in occasions])
        .values_list("occasion_id", "status")
        .annotate(n=Count("pk"), late=late_count(now))
    )
    for occasion, status, n, behind in rows:
        counts[occasion][status] += n
        late[occasion] += behind
    worst = worst_units(occasions, now)
    return [Standing(occasion, late[occasion.pk], counts[occasion.pk], worst[occasion.pk]) for occasion in occasions]


def running_occasions(now):
    """Occasions under way or to come, nearest D-day first."""
    today = timezone.localdate(now)
    return list(Occasion.objects.filter(ends_on__gte=today).order_by("d_day", "pk"))


def unit_lines(occasion, now):
    """The units of an occasion, worst first: overdue count, then how long, then name. Two queries."""
    rows = (
        Assignment.objects.filter(occasion=occasion)
        .exclude(status=S.CANCELLED)
        .values("unit_id", "unit__sort_key")
        .annotate(
            total=Count("pk"),
            late=late_count(now),
            closed=Count("pk", filter=Q(status=S.CLOSED)),
            since=Min("due_at", filter=Q(status__in=S.OWED, due_at__lte=now)),
        )
    )
    ordered = sorted(rows, key=lambda row: (-row["late"], row["since"] or now, row["unit__sort_key"]))
    units = Unit.objects.in_bulk([row["unit_id"] for row in ordered])
    return [_unit_line(occasion, units[row["unit_id"]], row) for row in ordered]


def _unit_line(occasion, unit, row):
    where = listing(**{"dot": occasion.pk, "don-vi": unit.pk})
    return UnitLine(
        unit=unit,
        total=row["total"],
        late=row["late"],
        closed=row["closed"],
        late_since=row["since"],
        url=f"{where}&trang-thai=hieu-luc",
        late_url=f"{where}&tre=1",
        closed_url=f"{where}&trang-thai={S.CLOSED.value}",
    )


def worst_units(occasions, now, limit=3):
    """{occasion pk: its late units, worst first, at most `limit`}. Two queries, whatever the number of occasions."""
    rows = (
        Assignment.objects.late(now)
        .filter(occasion__in=[occasion.pk for occasion in occasions])
        .values("occasion_id", "unit_id", "unit__sort_key")
        .annotate(late=Count("pk"), since=Min("due_at"))
    )
    worst = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-row["late"], row["since"], row["unit__sort_key"])):
        if len(worst[row["occasion_id"]]) < limit:
            worst[row["occasion_id"]].append(row)
    units = Unit.objects.in_bulk({row["unit_id"] for rows in worst.values() for row in rows})
    return {
        occasion.pk: [
            LateUnit(occasion, units[row["unit_id"]], row["late"], row["since"]) for row in worst[occasion.pk]
        ]
        for occasion in occasions
    }


def occasion_matrix(occasion, now, *, kind="", only_late=False, demand=None):
    """The whole matrix in three queries, whatever its size. Days to come of a daily demand are left out. The units that owe
    `demand` (a key) come first."""
    today = timezone.localdate(now)
    rows = Assignment.objects.filter(Q(occurrence=None) | Q(occurrence__lte=today), occasion=occasion)
    if kind:
        rows = rows.filter(unit__kind=kind)
    days = defaultdict(list)
    lines = {}
    late_total = 0
    since = Case(When(status__in=S.OWED, due_at__lte=now, then=F("due_at")))  # reading a moment costs more than a row
    for pk, unit, requirement, status, late_since in rows.values_list(
        "pk", "unit_id", "requirement_id", "status", since
    ).iterator(chunk_size=5000):
        days[unit, requirement].append((pk, status, late_since is not None))
        line = lines.setdefault(unit, MatrixLine(unit=None))
        if late_since:
            late_total += 1
            line.late += 1
            line.late_since = min(line.late_since or late_since, late_since)
    columns = list(
        Requirement.objects.filter(pk__in={requirement for _, requirement in days})
        .select_related("dispatch")
        .order_by("dispatch__issued_on", "dispatch_id", "order")
    )
    units = Unit.objects.in_bulk(lines)
    for pk, line in lines.items():
        line.unit = units[pk]
        line.cells = [_cell(occasion, pk, column.pk, days.get((pk, column.pk))) for column in columns]
        line.late_url = listing(**{"dot": occasion.pk, "don-vi": pk, "tre": 1})
    ordered = sorted(lines.values(), key=lambda line: (-line.late, line.late_since or now, line.unit.sort_key))
    sought = next((place for place, column in enumerate(columns) if column.pk == demand), None)
    if sought is not None:
        ordered.sort(key=lambda line: line.cells[sought] is None)
    if only_late:
        ordered = [line for line in ordered if line.late]
    late_url = listing(**{"dot": occasion.pk, "tre": 1} | ({"loai": kind} if kind else {}))
    return Matrix(columns, ordered, sum(len(found) for found in days.values()), late_total, late_url)


def _cell(occasion, unit, requirement, found):
    if not found:
        return None
    if len(found) == 1:
        ((pk, status, behind),) = found
        word, tone = ("Quá hạn", "late") if behind else SHAPES[status]
        return Cell(word, tone, address_of("assignments:assignment_detail", pk))
    late = sum(1 for _, _, behind in found if behind)
    url = listing(**{"dot": occasion.pk, "yeu-cau": requirement, "don-vi": unit} | ({"tre": 1} if late else {}))
    if late:
        return Cell("Quá hạn" if late == 1 else f"Quá hạn {late} ngày", "late", url)
    states = {status for _, status, _ in found}
    return Cell(*next(shape for status, shape in SHAPES.items() if status in states), url)
