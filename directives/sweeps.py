"""What happens by itself to papers: numbered ones are rendered once and filed, each row on its own in no transaction;
what was typed and never saved is let go."""

import logging

from django.db.models import Q

from directives import services
from directives.models import Dispatch
from directives.pdf import PrintExtras, render_pdf
from directives.selectors import to_paper
from directives.selectors.anchors import demand_places
from directives.states import DispatchStatus
from units.services.sweeps import claim_sweep, finish_sweep

NAME = "file_pdfs"
UNSAVED = "forget_unsaved"
AT_ONCE = 50
log = logging.getLogger(__name__)


def file_pdfs(*, now):
    """Render and file every numbered paper that waits for its PDF. A paper that will not render steps back with its
    error and the sweep goes on; a kill at any line costs five minutes and nothing else."""
    if claim_sweep(NAME, now=now) is None:
        return
    waiting = Dispatch.objects.filter(
        Q(pdf_retry_at=None) | Q(pdf_retry_at__lte=now), status=DispatchStatus.NUMBERED, pdf=None
    )
    for dispatch in waiting.select_related("issuer__parent").order_by("pdf_attempts", "pk")[:AT_ONCE]:
        if not services.claim_pdf(dispatch, now=now):
            continue
        try:
            printed = render_pdf(to_paper(dispatch), extra=extras(dispatch))
            services.file_pdf(dispatch, pdf=printed.pdf, places=printed.places, now=now)
        except Exception as error:  # whatever one paper does, the others must be filed
            log.warning("dispatch %s would not be filed: %s", dispatch.pk, type(error).__name__)
            services.note_pdf_error(dispatch, error=error, now=now)
    finish_sweep(NAME, now=now)


def forget_unsaved(*, now):
    """What was typed and never saved goes after thirty days."""
    if claim_sweep(UNSAVED, now=now) is None:
        return
    services.forget_unsaved(now=now)
    finish_sweep(UNSAVED, now=now)


def extras(dispatch):
    """What the printer wants beside the paper itself."""
    return PrintExtras(issuer=dispatch.issuer.name, demands=demand_places(dispatch))
