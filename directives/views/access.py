"""The first line of every view on a paper: what this person may see."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from directives.forms import PasteForm
from directives.models import Dispatch
from directives.paper import annex_text, read
from directives.pdf import PrintExtras, unprintable
from directives.selectors import to_paper
from directives.services import note_look, refuse_secret

PARTS = (
    "issuer__parent",
    "drawn_from",
    "division",
    "author",
    "occasion",
    "plan",
    "authority__user",
    "signed_by",
    "pdf",
    "scan",
)


def visible(request, pk, look=""):
    """The paper, or 404 for whoever may not know of it. `look` is what of it is about to be shown: that is written down."""
    rows = Dispatch.objects.visible_to(request.user).select_related(*PARTS, "reviewed_by", "scan_waived_by")
    dispatch = get_object_or_404(rows, pk=pk)
    if look:
        note_look(dispatch, actor=request.user, now=timezone.now(), what=look)
    return dispatch


def of_the_house(request, pk=None, look=""):
    """The same for what recipients never see: drafts, versions, history, the register."""
    if not request.user.is_department_staff():
        raise Http404
    return visible(request, pk, look) if pk is not None else None


def ink_fault(dispatch, paper=None):
    """Why this paper could never be printed and filed, in a sentence; empty when it can. `paper` when it is at hand."""
    return unprintable(
        paper or to_paper(dispatch, on=timezone.localdate()), extra=PrintExtras(issuer=dispatch.issuer.name)
    )


def text_and_annexes(request):
    """Body and annexes of the Word or text file sent. Refuses what is none, what holds nothing, and marks of secrecy; the
    file is read and let go."""
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        raise form.errors.as_data()[next(iter(form.errors))][0]
    refuse_secret(form.cleaned_data["text"])
    paper = read(form.cleaned_data["text"])
    return paper.body, annex_text(paper.annexes)


def say_refusal(request, refusal: ValidationError):
    """A refusal where there is no form to show it on."""
    for message in refusal.messages:
        messages.error(request, message)


def code_of(refusal: ValidationError):
    """The code of a refusal; one of several fields has none of its own."""
    return getattr(refusal, "code", None)
