"""Every view of a paper is written down (NĐ 30/2020 PL VI.III.5.a: the full history of access)."""

from datetime import timedelta

from directives.models import DispatchLook
from directives.states import LookKind
from units.history import under

AT_A_TIME = timedelta(hours=1)


def note_look(dispatch, *, actor, now, what, detail=""):
    """Write down that this person looked at the paper. One INSERT and no question asked; who may look was judged before."""
    DispatchLook.objects.create(dispatch=dispatch, user=actor, at=now, what=what, detail=detail, under=under(actor))


def note_pages(dispatch, *, actor, now):
    """Pictures of single pages follow the page that shows them: written down only where somebody asks for them alone."""
    lately = dispatch.looks.filter(user=actor, at__gt=now - AT_A_TIME)
    if not lately.exists():
        note_look(dispatch, actor=actor, now=now, what=LookKind.PAGES)
