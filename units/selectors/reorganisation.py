"""Reorganisations: what hangs on the units one ends, what it left undone."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from units.models import Contact, GroupMember, Invitation, Membership, SigningAuthority, Unit


@dataclass
class Hanging:
    """What hangs on one unit that ends: its people now, rights in force on the day or later, groups by hand, units below it."""

    unit: Unit
    contacts: list = field(default_factory=list)
    rights: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    children: list = field(default_factory=list)
    authorities: list = field(default_factory=list)
    invitations: int = 0

    def is_bare(self):
        return not (self.contacts or self.rights or self.groups or self.children or self.authorities)


def hanging(order, on):
    """What hangs on each unit that ends, in dictionary order of the units. Seven queries whatever their number."""
    ended = list(order.ends)
    rows = {unit.pk: Hanging(unit) for unit in Unit.objects.filter(pk__in=ended).order_by("sort_key", "pk")}
    for contact in Contact.objects.current().filter(unit__in=ended).order_by("-is_focal", "sort_key", "pk"):
        rows[contact.unit_id].contacts.append(contact)
    for right in rights_after(ended, on).select_related("user").order_by("user__contact__sort_key", "role", "pk"):
        rows[right.unit_id].rights.append(right)
    for member in GroupMember.objects.filter(unit__in=ended).select_related("group").order_by("group__sort_key", "pk"):
        rows[member.unit_id].groups.append(member.group)
    for child in children_left(order, on).order_by("sort_key", "pk"):
        rows[child.parent_id].children.append(child)
    for authority in authorities_after(ended, on).select_related("user").order_by("pk"):
        rows[authority.unit_id].authorities.append(authority)
    for unit in Invitation.objects.open().filter(unit__in=ended).values_list("unit", flat=True):
        rows[unit].invitations += 1
    return list(rows.values())


def rights_after(units, on):
    """Rights in these units that hold on that day or later, those that wait for a second person too."""
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), unit__in=units)


def authorities_after(units, on):
    return SigningAuthority.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit__in=units)


def children_left(order, on):
    """Units under one that ends, which neither end themselves nor are given another superior by the order."""
    alive = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent__in=list(order.ends))
    return alive.exclude(pk__in=[*order.ends, *order.above])


def picture(order, rows):
    """A fingerprint of what the preview showed, so that an old preview writes nothing."""
    units = Unit.objects.filter(pk__in=order.touched()).order_by("pk")
    shown = [
        list(units.values_list("pk", "name", "short_name", "parent", "code", "valid_to")),
        [
            (
                row.unit.pk,
                *(
                    sorted(each.pk for each in part)
                    for part in (row.contacts, row.rights, row.groups, row.children, row.authorities)
                ),
            )
            for row in rows
        ],
    ]
    return salted_hmac("units.reorganisation", repr(shown)).hexdigest()[:32]


# --- what was left undone ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Orphan:
    """Something that still hangs on a unit that has ended."""

    unit: Unit
    what: str
    count: int


def orphans(day, units=None):
    """What still hangs on units ended by that day (on these, when named): people, rights, units below, seats in groups
    without an heir, authority to sign. Five queries."""
    gone = Q(unit__valid_to__lte=day)
    if units is not None:
        gone &= Q(unit__in=units)
    tally = defaultdict(lambda: defaultdict(int))

    def count(rows, what, at="unit"):
        for pk in rows.values_list(at, flat=True):
            tally[pk][what] += 1

    count(Contact.objects.current().filter(gone), "đầu mối chưa chuyển")
    count(Membership.objects.on(day).filter(gone, user__is_active=True), "vai trò chưa kết thúc")
    count(SigningAuthority.objects.on(day).filter(gone), "quyền ký chưa kết thúc")
    below = Unit.objects.active_on(day).filter(parent__valid_to__lte=day)
    count(
        below if units is None else below.filter(parent__in=units), "đơn vị trực thuộc chưa có cấp trên mới", "parent"
    )
    seats = GroupMember.objects.filter(gone, unit__successions__on__lte=day)
    taken = GroupMember.objects.filter(group=OuterRef("group"), unit__predecessions__from_unit=OuterRef("unit"))
    count(seats.exclude(Exists(taken)).distinct(), "nhóm chưa có đơn vị kế thừa")
    found = Unit.objects.filter(pk__in=tally).order_by("sort_key", "pk")
    return [Orphan(unit, what, number) for unit in found for what, number in tally[unit.pk].items()]


# --- pages ------------------------------------------------------------------------------------------------------------


def with_sizes(acts):
    """Acts with `touched`, how many units each touches."""
    return acts.annotate(touched=Count("lines__unit", distinct=True))


def lines_of(act):
    return act.lines.select_related("unit", "to_unit", "before_unit").order_by("unit__sort_key", "unit", "pk")


def grouped(lines):
    """Lines of one unit together: [(unit, [lines])], in the order they stand."""
    rows = {}
    for line in lines:
        rows.setdefault(line.unit_id, (line.unit, []))[1].append(line)
    return list(rows.values())


def proposed_rights(act):
    """How many rights proposed in the heirs still wait for a second person."""
    heirs = act.lines.filter(main=True).values("to_unit")
    return Membership.objects.filter(unit__in=heirs, pending=True, granted_by=act.made_by_id).count()


@dataclass(frozen=True)
class Outcome:
    """One thing the order does, in words: to whom, what, and what comes of it."""

    name: str
    what: str
    after: str


def outcome(order):
    """What the order does, unit by unit, in dictionary order. One query."""
    units = Unit.objects.in_bulk(order.touched())

    def called(ref):
        if ref is None:
            return "không có cấp trên"
        return order.new[ref].name if isinstance(ref, str) else order.names.get(ref, (units[ref].name,))[0]

    told = [(units[pk], "Chấm dứt", refs) for pk, refs in order.ends.items()]
    rows = [
        (u.sort_key, Outcome(u.name, "Sáp nhập, kế thừa" if refs else what, ", ".join(map(called, refs))))
        for u, what, refs in told
    ]
    rows += [
        (units[pk].sort_key, Outcome(units[pk].name, "Tách ra, vẫn hoạt động", ", ".join(map(called, refs))))
        for pk, refs in order.parts.items()
    ]
    rows += [
        (units[pk].sort_key, Outcome(units[pk].name, "Đổi tên", f"{name} ({short})" if short else name))
        for pk, (name, short) in order.names.items()
    ]
    rows += [
        (units[pk].sort_key, Outcome(units[pk].name, "Đổi mã", ", ".join(filter(None, codes.values()))))
        for pk, codes in order.codes.items()
    ]
    rows += [
        (units[pk].sort_key, Outcome(units[pk].name, "Chuyển cấp trên", called(ref))) for pk, ref in order.above.items()
    ]
    return [row for _, row in sorted(rows, key=lambda each: (each[0], each[1].what))]


def heir_choices(order):
    """For each unit with several heirs: which may take its people, as (ref, name, chosen)."""
    wanted = {pk: refs for pk, refs in order.ends.items() if len(refs) > 1}
    names = dict(
        Unit.objects.filter(
            pk__in=[ref for refs in wanted.values() for ref in refs if isinstance(ref, int)]
        ).values_list("pk", "name")
    )
    return {
        pk: [
            (ref, order.new[ref].name if isinstance(ref, str) else names[ref], order.main.get(pk) == ref)
            for ref in refs
        ]
        for pk, refs in wanted.items()
    }


def totals(rows):
    """How much of each hangs on the units that end, in words, what there is none of left out."""
    tally = (
        ("người trong danh bạ", sum(len(row.contacts) for row in rows)),
        ("vai trò của tài khoản", sum(len(row.rights) for row in rows)),
        ("chỗ trong nhóm chọn tay", sum(len(row.groups) for row in rows)),
        ("đơn vị trực thuộc", sum(len(row.children) for row in rows)),
        ("quyền ký", sum(len(row.authorities) for row in rows)),
        ("lời mời đang chờ", sum(row.invitations for row in rows)),
    )
    return [(word, count) for word, count in tally if count]
