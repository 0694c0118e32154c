"""Many papers printed in one go: chosen in a list, handed back as one file."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directives.forms.filters import DispatchFilter
from directives.forms.printing import MOST_BYTES, MOST_PAPERS, PrintForm
from directives.models import Dispatch
from directives.pdf.join import Part, UnreadableFile, join
from directives.services import note_look
from directives.states import DispatchStatus, LookKind
from units.downloads import guarded


@require_http_methods(["GET", "POST"])
def dispatch_print(request):
    """The papers behind the filters of the address that have a filed PDF, oldest number first; posted, those ticked as one
    PDF. What is refused (none, too many, too heavy, a broken file) is said above the list, the ticks kept."""
    filed = Dispatch.objects.visible_to(request.user).filter(status__in=DispatchStatus.NUMBERED_ON, pdf__isnull=False)
    rows = filed.select_related("pdf", "scan", "issuer").order_by("issued_on", "number", "pk")
    found = DispatchFilter(request.GET, rows, user=request.user, this_year=timezone.localdate().year)
    form = PrintForm(request.POST if request.method == "POST" else None, rows=rows)
    if request.method == "POST" and form.is_valid():
        try:
            joined = _joined(form.cleaned_data)
        except UnreadableFile as refusal:
            form.add_error(
                None,
                ValidationError(f"{refusal} Hãy bỏ chọn văn bản đó, hoặc in từ tệp PDF đã lưu.", code="unreadable"),
            )
        else:
            for paper, _ in form.cleaned_data["files"]:
                note_look(paper, actor=request.user, now=timezone.now(), what=LookKind.PRINT)
            return joined
    shown = list(found.qs[:MOST_PAPERS])
    chosen = {int(key) for key in request.POST.getlist("papers") if key.isdecimal()}
    return render(
        request,
        "directives/dispatch_print.html",
        {
            "filter": found,
            "rows": [(paper, not form.is_bound or paper.pk in chosen) for paper in shown],
            "count": found.qs.count() if len(shown) == MOST_PAPERS else len(shown),
            "form": form,
            "most_papers": MOST_PAPERS,
            "most_bytes": MOST_BYTES,
        },
    )


def _joined(chosen):
    """Made in a temporary file that is gone with the answer."""
    parts = [
        Part(f"{paper.code()}: {paper.subject}", Path(settings.MEDIA_ROOT) / file.path, file.content_type)
        for paper, file in chosen["files"]
    ]
    target = tempfile.TemporaryFile()  # noqa: SIM115 – the answer closes it
    try:
        join(parts, target, two_sided=chosen["two_sided"])
    except UnreadableFile:
        target.close()
        raise
    target.seek(0)
    name = f"van-ban-de-in-{timezone.localtime():%Y%m%d-%H%M}.pdf"
    response = FileResponse(target, filename=name, content_type="application/pdf")
    return guarded(response, shown=True)
