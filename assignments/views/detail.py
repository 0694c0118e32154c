"""One assignment with all that was said and filed about it; the files themselves."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments.models import Evidence
from assignments.selectors import detail
from assignments.views.acts import PAGES, visible
from directives.services import note_look, see_dispatch
from directives.states import LookKind
from units.downloads import serve


@require_safe
def assignment_detail(request, pk):
    """Opening it is reading it: the unit's receipt is filled."""
    assignment, now = visible(request, pk), timezone.now()
    see_dispatch(assignment.dispatch, actor=request.user, now=now)
    desk = detail.desk(request.user, assignment, now)
    main, thread = PAGES.get(desk.main), detail.thread(assignment)
    shown = {desk.main, "file_evidence"} if desk.main == "submit" else {desk.main}  # submitting files proof too
    context = {
        "assignment": assignment,
        "sentence": detail.sentence(assignment.requirement),
        "thread": thread,
        "said": detail.last_word(thread),
        "proof": detail.proof(assignment),
        "days": detail.other_days(assignment, request.user),
        "turn": detail.turn(request.user, assignment),
        "waiting": detail.next_waiting(assignment, request.user),
        "by_roster": detail.by_roster(assignment, request.user),
        "desk": desk,
        "main": main,
        "form": main.form() if main else None,
        "others": [page for page in PAGES.values() if page.verb in desk.verbs - shown],
        "now": now,
    }
    return render(request, "assignments/assignment_detail.html", context)


@require_safe
def evidence_file(request, pk):
    rows = Evidence.objects.visible_to(request.user).exclude(file=None).select_related("file", "assignment__dispatch")
    proof = get_object_or_404(rows, pk=pk)
    paper = proof.assignment.dispatch
    note_look(paper, actor=request.user, now=timezone.now(), what=LookKind.EVIDENCE, detail=f"tệp số {proof.pk}")
    return serve(proof.file)
