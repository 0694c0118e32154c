"""The page `/he-thong/quyen/` for administrators: who may do what, by role, by page, or of one person."""

from itertools import groupby

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.rights.table import table
from config.rights.words import for_everybody, for_rights
from notices.rules import can_see_operations
from units.models import Delegation, User
from units.states import Role
from units.text import fold

MOST_FOUND = 10


class RightsForm(forms.Form):
    """What is asked for: one person's rights or one role's, of one part of the product, of what bears these words."""

    tim = forms.CharField(label="Việc", required=False, max_length=100)
    nguoi = forms.CharField(label="Một người", required=False, max_length=100)
    vai_tro = forms.ChoiceField(label="Vai trò", required=False, choices=[("", "Mọi vai trò"), *Role.choices])
    phan = forms.ChoiceField(label="Phần", required=False)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phan"].choices = [("", "Mọi phần"), *((group, group) for group in groups)]

    def clean(self):
        """Words that no database takes are nobody's name."""
        data = super().clean()
        return data | {name: (data.get(name) or "") for name in self.fields}


@require_safe
def rights(request):
    """Reads the table alone; with a person, their rights of today and the work they may do for others."""
    if not can_see_operations(request.user):
        raise PermissionDenied
    lines = table()[1].values()
    groups = list(dict.fromkeys(line.group for line in lines))
    form = RightsForm(request.GET, groups=groups)
    form.is_valid()
    asked = form.cleaned_data
    found = people(asked["nguoi"]) if asked.get("nguoi") else []
    person = found[0] if len(found) == 1 else None
    held = None
    if person:
        held = (
            [(right.role, right.unit.short_name or right.unit.name) for right in person.rights]
            if person.is_active
            else []
        )
    elif asked.get("vai_tro"):
        held = [(asked["vai_tro"], "")]
    wanted = [line for line in lines if _is_asked_for(line, asked)]
    said = [for_everybody(line) if held is None else for_rights(line, held) for line in wanted]
    shown = [line for line in said if line]
    now = timezone.now()
    context = {
        "form": form,
        "groups": [(group, list(rows)) for group, rows in groupby(shown, key=lambda said: said.line.group)],
        "shown": len(shown),
        "closed": len(wanted) - len(shown),
        "person": person,
        "people": found[:MOST_FOUND] if asked.get("nguoi") and not person else [],
        "nobody": bool(asked.get("nguoi")) and not found,
        "role": Role(asked["vai_tro"]).label if asked.get("vai_tro") and not person else "",
        "standing_in": Delegation.objects.in_force(now).filter(taker=person).select_related("giver") if person else [],
        "now": now,
    }
    return render(request, "config/rights.html", context)


def people(words):
    """The accounts a name means, with `rights`: the one whose user name it is, else those it finds; a few."""
    rows = User.objects.with_rights(timezone.localdate()).order_by("contact__sort_key", "username")
    return list(rows.filter(username=words)) or list(rows.search(words).distinct()[: MOST_FOUND + 1])


def _is_asked_for(line, asked):
    words = fold(asked.get("tim") or "").split()
    text = fold(f"{line.words} {line.group} {line.object.words if line.object else ''}")
    return asked.get("phan") in ("", None, line.group) and all(word in text for word in words)
