"""Where a paper goes, by when, and what still stands in the way."""

from django.db.models import Q
from django.utils import timezone

from directives.deadlines import due_from
from directives.states import ADDRESSED_KINDS, DispatchKind, Urgency
from plans.calendar.holidays import next_working_day
from plans.selectors import overrides
from units.models import Unit, UnitGroup
from units.selectors import units_of
from units.states import UnitKind


def recipients(dispatch, on):
    """The units a paper is delivered to on a day, as pairs (unit, is_copy), each unit once.

    Whoever owes a demand receives the paper too, even if no line of addressees names it."""
    groups = UnitGroup.objects.filter(
        Q(pk__in=dispatch.addressees.values("groups")) | Q(pk__in=dispatch.requirements.values("targets__group"))
    )
    units = Unit.objects.filter(
        Q(pk__in=dispatch.addressees.values("units")) | Q(pk__in=dispatch.requirements.values("targets__unit"))
    )
    to_act = units_of(groups, units, on)
    known = {unit.pk for unit in to_act}
    copied = Unit.objects.filter(pk__in=dispatch.copies.values("unit")).exclude(pk__in=known)
    return [(unit, False) for unit in to_act] + [(unit, True) for unit in copied.order_by("sort_key", "pk")]


def demands_of(dispatch, unit_ids):
    """The demands that these units owe, by name or through a group."""
    kinds = Unit.objects.filter(pk__in=unit_ids).values("kind")
    owed = Q(targets__unit__in=unit_ids) | Q(targets__group__members__in=unit_ids)
    owed |= Q(targets__group__kind__in=kinds) & ~Q(targets__group__kind="")
    return dispatch.requirements.filter(pk__in=dispatch.requirements.filter(owed).values("pk")).order_by("order")


def issue_by(dispatch):
    """The instant from which a signed paper is issued too late: the end of the next working day after the signature
    (NĐ 30/2020 Đ18.1). An urgent one is due at once, that is from the signature on. None while unsigned."""
    if dispatch.signed_at is None:
        return None
    if dispatch.urgency != Urgency.NORMAL:
        return dispatch.signed_at
    signed_on = timezone.localdate(dispatch.signed_at)
    return due_from(next_working_day(signed_on, overrides()))


def missing_to_issue(dispatch):
    """What must still be done before the clerk may issue, in words; empty when nothing is in the way."""
    missing = []
    if dispatch.pdf_id is None:
        missing.append("Hệ thống đang tạo và lưu tệp PDF có số, ngày.")
    if dispatch.scan_id is None and dispatch.scan_waived_by_id is None:
        missing.append("Chưa có bản quét đã ký, đóng dấu (hoặc người chịu trách nhiệm nộp sau).")
    return missing


def warnings(dispatch):
    """What the author should see before the paper goes on: lines nobody stands behind, demands without owner or date."""
    found = []
    lines = list(dispatch.addressees.order_by("order").prefetch_related("groups", "units"))
    if dispatch.kind in ADDRESSED_KINDS and not lines:
        found.append("Văn bản chưa có nơi nhận ở phần Kính gửi.")
    for line in lines:
        if not line.groups.all() and not line.units.all():
            found.append(f"Dòng “{line.text}” chưa gắn với nhóm hoặc đơn vị nào, nên văn bản sẽ không tới được.")
    covered = {group.pk for line in lines for group in line.groups.all()}
    named = {unit.pk for line in lines for unit in line.units.all()}
    kinds = {group.kind for line in lines for group in line.groups.all() if group.kind}
    for demand in dispatch.requirements.order_by("order").prefetch_related("targets__unit", "targets__group"):
        targets = list(demand.targets.all())
        if not targets:
            found.append(f"Yêu cầu {demand.label} chưa có đơn vị thực hiện.")
        if demand.due_at is None and not demand.every:
            found.append(f"Yêu cầu {demand.label} chưa có hạn hoàn thành.")
        if demand.ends == demand.starts:
            found.append(f"Yêu cầu {demand.label} không tìm thấy trong nội dung văn bản.")
        elif demand.text not in dispatch.body:
            found.append(f"Yêu cầu {demand.label} ghi khác với lời của mục đó trong nội dung văn bản.")
        for target in targets:
            inside = target.unit is not None and target.unit.kind in UnitKind.INSIDE
            through = target.group_id in covered or target.unit_id in named
            if not through and not inside and not (target.unit and target.unit.kind in kinds):
                found.append(f"Yêu cầu {demand.label}: “{target}” không có trong phần Kính gửi.")
    if dispatch.authority_id is None:
        found.append("Chưa chọn thẩm quyền ký.")
    if dispatch.kind == DispatchKind.CONG_VAN and not dispatch.copies.exists():
        found.append("Chưa có phần Nơi nhận.")
    return found
