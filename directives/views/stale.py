"""A draft that somebody else saved while it was being written: both are shown, and made one where that is sure."""

from dataclasses import dataclass, replace

from django.utils import timezone

from directives.forms import DraftForms
from directives.forms.rows import LARGEST
from directives.models import DispatchVersion
from directives.paper.draft import read_body
from directives.redline import Redline, redline
from directives.selectors.merging import Merged, added_by, merged
from directives.selectors.rows import draft_values, values_of
from directives.selectors.versions import Part

MERGES = {"merge": "mine", "merge-theirs": "theirs"}


@dataclass(frozen=True)
class Stale:
    """What was saved since the version `base` a page began on, and how the page's own text stands to it: `changes` when
    it is saved as it is, `merged` and `parts` (what it adds to the stored draft) when both are made one. `done` when the
    page holds the merged draft already."""

    base: int
    newer: list[DispatchVersion]
    changes: Redline
    merged: Merged | None
    parts: list[Part]
    done: bool = False

    def clashes(self):
        """Each place both changed: its title, and what either side made of it."""
        for title, clash in self.merged.clashes:
            yield title, *(redline(clash.base or "", each or "") for each in (clash.theirs, clash.mine))


def base_of(request):
    """The version a page began on that was told of another (`base`); None on any other page."""
    text = request.POST.get("base", "")
    return int(text) if text.isdecimal() and len(text) <= len(str(LARGEST)) else None


def beside_the_stored(request, draft, dispatch, base):
    """The form (valid) with its own text, now on the stored version, so that saving once more is a choice; and what is
    stored there since version `base`."""
    dispatch.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(dispatch.version)
    again = DraftForms(data, user=request.user, now=timezone.now())
    again.is_valid()
    return again, _stale(draft, dispatch, base)


def made_one(user, draft, dispatch, base, prefer):
    """The form filled with what both wrote since version `base`, to be read and saved, and what it adds to the stored
    draft; None and None when there is no such version, or it was kept without what this needs."""
    stale = _stale(draft, dispatch, base, prefer)
    if stale.merged is None:
        return None, None
    return DraftForms(user=user, now=timezone.now(), values=stale.merged.values), replace(stale, done=True)


def _stale(draft, dispatch, base, prefer="mine"):
    began = dispatch.versions.filter(version=base).first()
    newer = list(dispatch.versions.filter(version__gt=base).select_related("author").order_by("version"))
    stored, both = draft_values(dispatch), None
    if began is not None and began.whole:
        both = merged(values_of(began), draft.cleaned(), stored, prefer)
    return Stale(
        base,
        newer,
        redline(dispatch.body, read_body(draft.main.cleaned_data["body"]).body),
        both,
        added_by(both.values, stored) if both else [],
    )
