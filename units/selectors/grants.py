"""Reading what waits for a second person: rights and signing authority given and not yet confirmed."""

from dataclasses import dataclass

from django.db.models import CharField, Q, Value

from units import rules
from units.models import Invitation, Membership, SigningAuthority

MODELS = {"r": Membership, "s": SigningAuthority}


@dataclass(frozen=True)
class Waiting:
    """One line of the page: what was given, and whether this reader may decide."""

    key: str
    grant: Membership | SigningAuthority
    signs: bool
    may_confirm: bool


def waiting_grants(user, words="", sort=""):
    """Pairs (model's letter, pk) of all this person may know of, oldest first: for a paginator."""
    parts = []
    for letter, model in MODELS.items():
        rows = model.objects.awaiting(user)
        if words:
            rows = rows.filter(user__contact__search_key__words=words)
        if sort in ("", letter):
            kind = Value(letter, output_field=CharField())
            parts.append(rows.order_by().annotate(letter=kind).values_list("letter", "pk", "granted_at"))
    return parts[0].union(*parts[1:], all=True).order_by("granted_at", "letter", "pk")


def waiting_lines(keys, user):
    """The lines of one page. Two queries."""
    found = {}
    for letter, model in MODELS.items():
        wanted = [pk for each, pk, _ in keys if each == letter]
        rows = model.objects.filter(pk__in=wanted).select_related("user__contact", "unit", "granted_by")
        found |= {(letter, row.pk): row for row in rows} if wanted else {}
    return [
        Waiting(f"{letter}{pk}", row, letter == "s", rules.can_confirm(user, row))
        for letter, pk, _ in keys
        if (row := found.get((letter, pk)))
    ]


def grants_by_keys(keys, user):
    """The waiting rows behind what was ticked, of those this person may know of."""
    rows = []
    for letter, model in MODELS.items():
        wanted = [int(key[1:]) for key in keys if key[:1] == letter and key[1:].isdecimal() and len(key) < 19]
        if wanted:
            rows += model.objects.awaiting(user).filter(pk__in=wanted).select_related("user", "unit").order_by("pk")
    return rows


def grants_to_confirm(user):
    """How many wait for exactly this person's word (or another competent one's). Two queries at most."""
    if user.acting is not None or rules.confirms_from(user):
        return 0
    own = Q(granted_by=user) | Q(user=user)
    return sum(model.objects.awaiting(user).exclude(own).count() for model in MODELS.values())


def all_waiting():
    """Everything that waits, for those who must be told: two queries."""
    return [
        row
        for model in MODELS.values()
        for row in model.objects.filter(pending=True).select_related("user", "unit", "granted_by").order_by("pk")
    ]


def invitations_to_confirm(user):
    """Open invitations nobody has confirmed yet, of those this person may see and did not send."""
    return Invitation.objects.visible_to(user).open().filter(confirmed_by=None).exclude(invited_by=user)
