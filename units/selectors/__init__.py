"""Reading units: the Sở itself, who stands behind a group on a day, whom a printed line means, what the pages show."""

from collections import defaultdict
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Case, Count, DateField, F, Prefetch, Q, Value, When
from django.utils import timezone

from units import rules
from units.matching import Name, propose
from units.models import (
    Contact,
    GroupMember,
    Invitation,
    Membership,
    SigningAuthority,
    Unit,
    UnitEntry,
    UnitGroup,
    UnitPeriod,
)
from units.states import UnitKind
from units.tokens import digest_of


def own_department():
    """The Sở that runs this system. Raises Unit.DoesNotExist before it has been entered."""
    return Unit.objects.get(kind=UnitKind.OWN)


def group_units(group, on):
    """The units a group means on that day: those of its kind and the chosen ones, those that exist and belong then."""
    return _meant([group], on).order_by("sort_key", "pk")


def _meant(groups, on):
    """Units that exist on the day and that one of these groups means then, by its rule or by choice."""
    chosen = GroupMember.objects.filter(Q(since=None) | Q(since__lte=on), group__in=[group.pk for group in groups])
    meant = Q(pk__in=chosen.values("unit"))
    for kind, parent in {(group.kind, group.parent_id) for group in groups if group.kind}:
        meant |= Q(kind=kind, parent=parent) if parent else Q(kind=kind)
    return Unit.objects.filter(meant).active_on(on)


def units_of(groups, units, on):
    """The units behind groups and units chosen by hand, each once, in dictionary order. One query at most.

    Groups mean only units that exist on the day. A unit chosen by hand stays even if it has ended: dropping a
    recipient in silence is worse than asking about it.
    """
    groups, units = list(groups), list(units)
    if groups:
        units += _meant(groups, on)
    return sorted({unit.pk: unit for unit in units}.values(), key=lambda unit: (unit.sort_key, unit.pk))


def addressee_book():
    """Every name of every group and unit, old ones too, for `match_addressee`. One query."""
    kind = Case(When(parent=None, then=F("kind")), default=Value(""))  # a group under one unit is not all of its kind
    groups = UnitGroup.objects.order_by().values_list(
        Value("group"), "pk", "name", Value(""), kind, F("name"), Value(None, output_field=DateField())
    )
    units = UnitPeriod.objects.order_by().values_list(
        Value("unit"), "unit_id", "name", "short_name", "unit__kind", "unit__name", "unit__valid_to"
    )
    return [Name(*row) for row in groups.union(units, all=True)]


def match_addressee(text, book=None):
    """Groups and units a printed line may mean, best first, each with its score: a proposal for a person to confirm.

    One query, none when a `book` made by `addressee_book()` is given (one book serves all lines of a paper).
    """
    return propose(text, addressee_book() if book is None else book)


# --- pages ------------------------------------------------------------------------------------------------------------


def _gone_by(today):
    return Q(valid_to__lte=today)


def units_in_state(units, state, today):
    """Of these units the active ones (to come included), the ended ones, or all."""
    if state == "ended":
        return units.filter(_gone_by(today))
    return units if state == "all" else units.exclude(_gone_by(today))


def unit_counts(units, today):
    """How many of these units stand behind each tab. One query."""
    counts = units.aggregate(all=Count("pk"), ended=Count("pk", filter=_gone_by(today)))
    return counts | {"active": counts["all"] - counts["ended"]}


def with_focal_people(units):
    """The units with `focal_people`, those who receive demands now; one query more, whatever their number."""
    focal = Contact.objects.current().filter(is_focal=True).order_by("sort_key", "pk")
    return units.prefetch_related(Prefetch("contacts", queryset=focal, to_attr="focal_people"))


@dataclass(frozen=True)
class ContactRow:
    """One person of a unit as this reader may see them: without the right to it, the number is not here at all."""

    contact: Contact
    roles: list
    phone: str
    has_hidden_phone: bool
    stale: list
    may_prove: bool
    invitation: Invitation | None


def contact_rows(unit, user, now):
    """The people of a unit, those who left last. Three queries."""
    roles = defaultdict(list)
    for right in unit.memberships.current().order_by("role"):
        roles[right.user_id].append(right.get_role_display())
    invited = {row.contact_id: row for row in unit.invitations.open()}
    rows = []
    for contact in unit.contacts.order_by(F("left_on").desc(nulls_first=True), "-is_focal", "sort_key", "pk"):
        shown = rules.can_see_phone(user, contact)
        rows.append(
            ContactRow(
                contact=contact,
                roles=roles.get(contact.user_id, []) if contact.user_id else [],
                phone=contact.phone if shown else "",
                has_hidden_phone=bool(contact.phone) and not shown,
                stale=rules.stale_ways(contact, now),
                may_prove=rules.can_prove(user, contact),
                invitation=invited.get(contact.pk),
            )
        )
    return rows


def people_to_prove(user, now):
    """People of active units outside the Sở whom this reader sees and whose phone or email nobody has proven for a month;
    for people of a unit, their own colleagues."""
    units = Unit.objects.active_on(timezone.localdate(now)).recipients()
    if not user.is_department_staff():
        units = units.filter(pk__in=user.unit_ids())
    return Contact.objects.current().filter(unit__in=units).unproven_since(now - rules.STALE)


def names_newest_first(unit):
    return unit.periods.order_by(F("valid_from").desc(nulls_last=True))


def groups_of(unit):
    """Groups that mean this unit, by its kind or by choice."""
    by_rule = Q(kind=unit.kind) & (Q(parent=None) | Q(parent=unit.parent_id))
    meant = UnitGroup.objects.filter(by_rule | Q(members=unit))
    return UnitGroup.objects.filter(pk__in=meant.values("pk")).order_by("sort_key", "pk")


def entries_for(unit, user):
    """The unit's history, newest first, for the Sở and the unit's own people; nothing for others."""
    if not (user.is_department_staff() or unit.pk in user.unit_ids()):
        return UnitEntry.objects.none()
    return unit.history.select_related("actor", "under__giver").order_by("-at", "-pk")


def authorities_of(unit, today):
    """Who may sign papers of this unit today."""
    return SigningAuthority.objects.on(today).filter(unit=unit).select_related("user").order_by("form", "pk")


def rights_left(unit, today):
    """How many people still hold a right in a unit that has ended; 0 for a unit that has not."""
    if unit.valid_to is None or unit.valid_to > today:
        return 0
    return Membership.objects.on(today).filter(unit=unit, user__is_active=True).values("user").distinct().count()


def groups_with_sizes(today):
    """Every group with the number of units it means today, as pairs. Three queries."""
    active = Unit.objects.active_on(today)
    counted = active.order_by().values_list("kind", "parent").annotate(Count("pk"))
    of_kind, under = defaultdict(int), {}
    for kind, parent, number in counted:
        of_kind[kind] += number
        under[kind, parent] = number
    chosen = defaultdict(int)
    members = GroupMember.objects.filter(Q(since=None) | Q(since__lte=today), unit__in=active)
    for row in members.select_related("group", "unit"):
        by_rule = row.group.kind == row.unit.kind and row.group.parent_id in (None, row.unit.parent_id)
        chosen[row.group_id] += not by_rule
    return [
        (
            group,
            (under.get((group.kind, group.parent_id), 0) if group.parent_id else of_kind[group.kind])
            + chosen[group.pk],
        )
        for group in UnitGroup.objects.select_related("parent").order_by("sort_key", "pk")
    ]


def contact_of(person):
    """The contact of an account, with its unit; None when there is none."""
    return Contact.objects.filter(user=person).select_related("unit").first()


def rights_newest_first(person):
    return person.memberships.select_related("unit").order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "pk")


def authorities_newest_first(person):
    rows = person.signing_authorities.select_related("unit", "user")
    return rows.order_by(F("valid_to").desc(nulls_first=True), "-valid_from", "pk")


def open_neighbours(unit, user, kin=()):
    """Keys of the units named on this unit's page that this person may open: the one above, those before and after (`kin`)."""
    near = {unit.parent_id, *(each.unit.pk for each in kin)}
    return set(Unit.objects.visible_to(user).filter(pk__in=near).values_list("pk", flat=True))


def second_factors(person):
    """What else than the password opens this account, in words."""
    words = {"totp": "ứng dụng xác thực", "webauthn": "khóa truy cập"}
    held = Authenticator.objects.filter(user=person).values_list("type", flat=True)
    return sorted({words[kind] for kind in held if kind in words})


# --- invitations ------------------------------------------------------------------------------------------------------


def open_invitations(user):
    """People who were invited and have no account yet."""
    return Invitation.objects.visible_to(user).open()


def invitation_by_token(token):
    """The invitation a link belongs to; None when there is none."""
    found = Invitation.objects.filter(digest=digest_of(token))
    return found.select_related("contact", "unit", "invited_by").first()


def focal_people_without_account(kind, today):
    """Focal people of active units outside the Sở (of one kind, when one is named) who have no account and no open invitation."""
    units = Unit.objects.active_on(today).exclude(kind__in=UnitKind.INSIDE)
    people = Contact.objects.current().filter(
        user=None, is_focal=True, unit__in=units.filter(kind=kind) if kind else units
    )
    invited = Invitation.objects.open().values("contact")
    return people.exclude(pk__in=invited).select_related("unit").order_by("unit__sort_key", "sort_key", "pk")
