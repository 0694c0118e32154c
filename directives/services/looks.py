"""Every view of a paper is written down (NĐ 30/2020 PL VI.III.5.a: the full history of access)."""

from directives.models import DispatchLook
from units.history import under


def note_look(dispatch, *, actor, now, what, detail=""):
    """Write down that this person looked at the paper. One INSERT and no question asked; who may look was judged before."""
    DispatchLook.objects.create(dispatch=dispatch, user=actor, at=now, what=what, detail=detail, under=under(actor))
