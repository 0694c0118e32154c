"""What speaks against a reorganisation, found before anything is written and again when it is."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from units.models import Succession, Unit, UnitCode, UnitPeriod
from units.states import CodeScheme, UnitKind
from units.text import tidy

UNIQUE = (CodeScheme.CODE, CodeScheme.AREA)


def _day(day):
    return f"{day:%d/%m/%Y}"


@dataclass(frozen=True)
class Fault:
    """One thing that speaks against the act, with the unit or new unit it is about."""

    code: str
    text: str
    about: int | str | None = None


def judge(order, on):
    """Everything that speaks against this order on that day; empty when it may be done. Six queries at most."""
    if order.is_empty():
        return [Fault("empty", "Chưa có đơn vị nào được sắp xếp: hãy chọn ít nhất một đơn vị.")]
    units = Unit.objects.in_bulk(order.touched())
    if missing := order.touched() - units.keys():
        return [Fault("missing", "Có đơn vị không còn trong danh bạ: hãy mở lại trang và chọn lại.", min(missing))]
    return [
        *_of_ends(order, on, units),
        *_of_heirs(order, on, units),
        *_of_names(order, units),
        *_of_codes(order, on, units),
        *_of_superiors(order, on, units),
    ]


def _of_ends(order, on, units):
    open_names = UnitPeriod.objects.filter(unit__in=units, valid_to=None)
    latest = dict(open_names.values_list("unit", "valid_from"))
    for pk, heir_from in Succession.objects.filter(to_unit__in=order.ends, on__gt=on).values_list("to_unit", "on"):
        said = f"“{units[pk].name}” kế thừa đơn vị khác từ {_day(heir_from)} nên không chấm dứt trước ngày đó được."
        yield Fault("awaited", said, pk)
    for pk in sorted({*order.ends, *order.parts, *order.names, *order.codes, *order.above}):
        unit = units[pk]
        begun = max(
            filter(None, [unit.valid_from, latest.get(pk) if pk in order.ends or pk in order.names else None]),
            default=None,
        )
        if unit.valid_to:
            yield Fault("ended", f"“{unit.name}” đã chấm dứt từ {_day(unit.valid_to)} nên không sắp xếp được nữa.", pk)
        elif begun and on <= begun:
            yield Fault(
                "too_early",
                f"“{unit.name}” mang tên hiện nay từ {_day(begun)}: ngày sắp xếp phải sau ngày đó.",
                pk,
            )
        if pk in order.ends and unit.kind == UnitKind.OWN:
            yield Fault(
                "own", f"“{unit.name}” đang vận hành hệ thống này nên không chấm dứt được; hãy chọn đổi tên.", pk
            )
        if pk in order.ends and (pk in order.parts or pk in order.names):
            yield Fault("twice", f"“{unit.name}” vừa chấm dứt vừa đổi tên hoặc tách trong cùng lần sắp xếp.", pk)


def _of_heirs(order, on, units):
    told = set(Succession.objects.filter(from_unit__in=order.parts).values_list("from_unit", "to_unit"))
    for heirs in (order.ends, order.parts):
        for pk, refs in heirs.items():
            for ref in refs:
                if ref == pk:
                    yield Fault("itself", f"“{units[pk].name}” không thể kế thừa chính mình.", pk)
                elif ref in order.ends:
                    yield Fault(
                        "circle",
                        f"“{units[ref].name}” cũng chấm dứt trong lần sắp xếp này nên không thể kế thừa “{units[pk].name}”.",
                        pk,
                    )
                elif isinstance(ref, int) and (fault := _absent(units[ref], on)):
                    yield Fault("gone", f"“{units[ref].name}” không thể kế thừa “{units[pk].name}”: {fault}.", pk)
                elif (pk, ref) in told:
                    yield Fault("told", f"Việc tách “{units[ref].name}” từ “{units[pk].name}” đã được ghi.", pk)
            if len(set(refs)) < len(refs):
                yield Fault("twice", f"Một đơn vị được ghi hai lần là nơi kế thừa của “{units[pk].name}”.", pk)


def _absent(unit, on):
    if unit.valid_to and unit.valid_to <= on:
        return f"đơn vị này đã chấm dứt từ {_day(unit.valid_to)}"
    if unit.valid_from and unit.valid_from > on:
        return f"đơn vị này đến {_day(unit.valid_from)} mới thành lập"
    return ""


def _of_names(order, units):
    for pk, (name, short) in order.names.items():
        if not tidy(name):
            yield Fault("no_name", f"Chưa có tên mới của “{units[pk].name}”.", pk)
        elif len(tidy(name)) > 200 or len(tidy(short)) > 50:
            yield Fault("too_long", f"Tên mới của “{units[pk].name}” quá dài: tối đa 200 ký tự.", pk)
        elif (units[pk].name, units[pk].short_name) == (tidy(name), tidy(short)):
            yield Fault("same_name", f"Tên mới của “{units[pk].name}” trùng với tên đang dùng.", pk)
    seen = set()
    for key, new in order.new.items():
        if not tidy(new.name):
            yield Fault("no_name", "Chưa có tên của đơn vị mới.", key)
        if new.kind == UnitKind.OWN or new.kind not in UnitKind.values:
            yield Fault("kind", f"Hãy chọn loại của đơn vị mới “{new.name}”; không lập thêm Sở chủ quản.", key)
        if len(tidy(new.name)) > 200 or len(tidy(new.short_name)) > 50:
            yield Fault(
                "too_long", f"Tên “{new.name[:60]}…” quá dài: tên đầy đủ tối đa 200 ký tự, tên viết tắt 50.", key
            )
        called = (tidy(new.name).casefold(), new.parent, new.codes)
        if called in seen:
            yield Fault("same_new", f"Hai đơn vị mới cùng tên “{new.name}”: hãy ghi mã của từng đơn vị.", key)
        seen.add(called)


def _of_codes(order, on, units):
    wanted = defaultdict(list)
    for about, codes in [*((k, dict(n.codes)) for k, n in order.new.items()), *order.codes.items()]:
        for scheme, value in codes.items():
            if value:
                wanted[scheme, value].append(about)
    for (scheme, value), owners in wanted.items():
        if len(owners) > 1 and scheme in UNIQUE:
            yield Fault("same_code", f"{CodeScheme(scheme).label} {value} được ghi cho hai đơn vị.", owners[1])
        longest = Unit._meta.get_field(scheme).max_length
        if len(value) > longest:
            yield Fault(
                "too_long", f"{CodeScheme(scheme).label} “{value[:40]}” quá dài: tối đa {longest} ký tự.", owners[0]
            )
    values = {value for _, value in wanted}
    held = UnitCode.objects.filter(scheme__in=UNIQUE, value__in=values).filter(Q(valid_to=None) | Q(valid_to__gt=on))
    holders = {(row.scheme, row.value): row.unit for row in held.select_related("unit")}
    worn = Unit.objects.filter(Q(code__in=values) | Q(area_code__in=values)).filter(
        Q(valid_to=None) | Q(valid_to__gt=on)
    )
    for unit in worn:
        for scheme in UNIQUE:
            holders.setdefault((str(scheme), getattr(unit, scheme)), unit)
    for (scheme, value), owners in wanted.items():
        holder = holders.get((scheme, value))
        if (
            holder
            and holder.pk not in owners
            and holder.pk not in order.ends
            and scheme not in order.codes.get(holder.pk, {})
        ):
            yield Fault("same_code", f"{CodeScheme(scheme).label} {value} đang thuộc về “{holder.name}”.", owners[0])


def _of_superiors(order, on, units):
    above = dict(Unit.objects.exclude(parent=None).values_list("pk", "parent")) if order.above else {}
    above |= {key: new.parent for key, new in order.new.items()} | order.above
    for pk, ref in order.above.items():
        steps, at = set(), ref
        while at is not None and at not in steps and at != pk:
            steps.add(at)
            at = above.get(at)
        if at == pk:
            yield Fault("circle", f"“{units[pk].name}” không thể là cấp trên của chính mình.", pk)
    for about, ref in [*order.above.items(), *((key, new.parent) for key, new in order.new.items())]:
        if isinstance(ref, int) and (ref in order.ends or _absent(units[ref], on)):
            yield Fault("gone", f"“{units[ref].name}” không thể là cấp trên: đơn vị này không còn vào ngày đó.", about)
