"""Which assignments an address means. Lists show, and dashboards count, by this one function."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from assignments.models import Extension
from assignments.states import STATE_SETS, AssignmentStatus
from directives.deadlines import end_of
from directives.models import Dispatch, Receipt, Requirement, paper_code, sentence_address
from directives.states import DispatchKind, DispatchStatus
from plans.models import Occasion
from units.models import Unit
from units.states import UnitKind
from units.text import fold

KEYS = {
    "dot": "occasion",
    "van-ban": "dispatch",
    "yeu-cau": "requirement",
    "don-vi": "unit",
    "phong": "dispatch__division",
    "nguoi-giao": "given_by",
}
KIND_WORDS = dict(DispatchKind.choices)


def assignment_filter(queryset, params, now):
    """Narrow assignments by the query of an address (a QueryDict or a dict). Neither orders nor cuts.

    `dot`, `van-ban`, `yeu-cau`, `don-vi`: keys of occasion, dispatch, requirement, unit. `loai`: a kind of unit.
    `phong`, `nguoi-giao`: keys of the division that drafted the paper, and of who gave the demand.
    `trang-thai`: a state, or `mo` (open), `no` (owed by the unit), `cho-so` (waits for the Sở), `hieu-luc`
    (all but cancelled). States and keys may be repeated.
    `tre=1`: late now. `hom-nay=1`: due within this local day, over already or not. `chua-xem=1`: paper not yet seen.
    `gia-han=1`: a request for more time is open. `tim`: words of unit, paper or demand, accents or not.
    What cannot be understood finds nothing: a wrong address never shows more than was asked.
    """
    if not understood(params):
        return queryset.none()
    for key, field in KEYS.items():
        if wanted := [value for value in values(params, key) if value]:
            known = all(map(value_is_key, wanted))
            queryset = queryset.filter(**{f"{field}_id__in": wanted}) if known else queryset.none()
    if kind := params.get("loai"):
        queryset = queryset.filter(unit__kind=kind)
    if states := [state for state in values(params, "trang-thai") if state]:
        wanted = set().union(*(STATE_SETS.get(state, {state}) for state in states))
        queryset = queryset.filter(status__in=wanted)
    if params.get("tre"):
        queryset = queryset.late(now)
    if params.get("hom-nay"):
        tonight = end_of(timezone.localdate(now))
        queryset = queryset.filter(due_at__gt=tonight - timedelta(days=1), due_at__lte=tonight)
    if params.get("chua-xem"):
        queryset = queryset.filter(Exists(receipts_of().filter(seen_at=None)))
    if params.get("gia-han"):
        queryset = queryset.filter(_asks_for_time())
    for word in fold(params.get("tim") or "").split():
        queryset = queryset.filter(
            Q(unit__in=Unit.objects.search(word))
            | Q(dispatch__search_key__words=word)
            | Q(requirement__search_key__words=word)
        )
    return queryset


def understood(params):
    """Whether every state and kind is one we know, and no word holds the NUL byte that PostgreSQL refuses."""
    states = {state for state in values(params, "trang-thai") if state}
    if not states <= {*STATE_SETS, *AssignmentStatus.values}:
        return False
    return params.get("loai", "") in ("", None, *UnitKind.values) and "\0" not in (params.get("tim") or "")


def values(params, key):
    """All values of a key, whether the params come from an address or from code."""
    if hasattr(params, "getlist"):
        return params.getlist(key)
    value = params.get(key)
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def value_is_key(value):
    return isinstance(value, int) or (str(value).isdecimal() and len(str(value)) < 19)


def receipts_of():
    """The receipt of the paper by the unit of an outer assignment."""
    return Receipt.objects.filter(dispatch=OuterRef("dispatch"), unit=OuterRef("unit"))


def _asks_for_time():
    return Exists(Extension.objects.filter(assignment=OuterRef("pk"), granted=None))


def listed(queryset):
    """The rows by due date with what a line shows beside each: its `url`, the demand's `label` and `text`, its `sentence_url`,
    `paper`, `unit_name`, when the unit saw the paper, an open request. Plain values: four models for a row cost more than all
    the rest of its line."""
    rows = by_due(queryset).annotate(
        label=F("requirement__label"),
        text=F("requirement__text"),
        order=F("requirement__order"),
        kind=F("dispatch__kind"),
        number=F("dispatch__number"),
        symbol=F("dispatch__symbol"),
        unit_name=F("unit__name"),
        seen_at=Subquery(receipts_of().values("seen_at")[:1]),
        asks_for_time=_asks_for_time(),
    )
    for row in rows:
        row.url = row.get_absolute_url()
        row.sentence_url = sentence_address(row.dispatch_id, row.order)
        row.paper = f"{KIND_WORDS[row.kind]} {paper_code(row.number, row.symbol)}"
    return rows


def by_due(queryset, *before):
    return queryset.order_by(*before, F("due_at").asc(nulls_last=True), "requirement_id", "pk")


def filter_choices(params, user):
    """What the filter bar offers, as lists of (value, words); demands only once a paper is chosen. Rivals are not listed."""
    papers = Dispatch.objects.visible_to(user).filter(status__in=DispatchStatus.ISSUED_ON).order_by("-issued_on", "-pk")
    if value_is_key(params.get("dot") or ""):
        papers = papers.filter(occasion_id=params["dot"])
    demands = Requirement.objects.none()
    if value_is_key(params.get("van-ban") or ""):
        demands = Requirement.objects.filter(dispatch__in=papers.filter(pk=params["van-ban"]))
    units = Unit.objects.visible_to(user).exclude(kind=UnitKind.OWN).order_by("sort_key")
    sets = [("mo", "Chưa xong"), ("no", "Đơn vị chưa nộp"), ("cho-so", "Chờ Sở xử lý"), ("hieu-luc", "Trừ đã hủy")]
    return {
        "dot": list(Occasion.objects.visible_to(user).order_by("-d_day").values_list("pk", "name")),
        "van-ban": [
            (pk, f"{paper_code(number, symbol)} – {subject[:70]}")
            for pk, number, symbol, subject in papers.values_list("pk", "number", "symbol", "subject")[:200]
        ],
        "yeu-cau": [(demand.pk, str(demand)) for demand in demands.order_by("order")],
        "don-vi": list(units.values_list("pk", "name")),
        "loai": [choice for choice in UnitKind.choices if choice[0] != UnitKind.OWN],
        "trang-thai": sets + AssignmentStatus.choices,
    }
