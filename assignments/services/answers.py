"""What a unit does with what it was given: accept, ask, decline, file proof, submit."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from assignments import rules
from assignments.models import Assignment, Evidence
from assignments.services.claim import claim, reason_of, words
from assignments.states import AssignmentStatus
from directives.services import see_dispatch
from plans.states import EvidenceKind
from units.history import IllegalMove, move, record
from units.services.files import discard_files, write_upload

check_link = URLValidator(
    schemes=["http", "https"], message="Liên kết phải là một địa chỉ http:// hoặc https:// hợp lệ."
)


@transaction.atomic
def accept_assignment(assignment, *, actor, now):
    """The unit takes the demand on; who accepts has the paper, so its receipt is filled too."""
    if not rules.can_accept(actor, assignment):
        raise PermissionDenied
    fresh = claim(assignment, "accept")
    see_dispatch(fresh.dispatch, actor=actor, now=now)
    return move(fresh, AssignmentStatus.ACCEPTED, actor=actor, now=now, moved_at=now)


def accept_all(dispatch, *, actor, now, requirement=None):
    """Accept what the paper (or one demand of it, on all its days) still asks of the actor's units.

    Each row in its own transaction; returns (assignment, refusal or None) for each, in order of due date.
    """
    waiting = Assignment.objects.filter(
        dispatch=dispatch, unit__in=actor.unit_ids(), status=AssignmentStatus.SENT
    ).select_related("requirement", "unit")
    if requirement is not None:
        waiting = waiting.filter(requirement=requirement)
    outcome = []
    for assignment in waiting.order_by("due_at", "pk"):
        refusal = None
        try:
            assignment = accept_assignment(assignment, actor=actor, now=now)
        except IllegalMove as quicker:
            refusal = quicker
        outcome.append((assignment, refusal))
    return outcome


@transaction.atomic
def ask_assignment(assignment, *, actor, now, question):
    """The unit has a difficulty and asks the Sở; the deadline runs on."""
    if not rules.can_ask(actor, assignment):
        raise PermissionDenied
    question = reason_of(question, field="question", what="nội dung vướng mắc")
    fresh = claim(assignment, "ask")
    see_dispatch(fresh.dispatch, actor=actor, now=now)
    return move(
        fresh,
        AssignmentStatus.QUESTIONED,
        actor=actor,
        now=now,
        note=question,
        moved_at=now,
        before_question=fresh.status,
    )


@transaction.atomic
def decline_assignment(assignment, *, actor, now, reason):
    """The unit says it cannot, or that this is not its remit; the Sở gives it again or cancels it."""
    if not rules.can_decline(actor, assignment):
        raise PermissionDenied
    reason = reason_of(reason)
    fresh = claim(assignment, "decline")
    see_dispatch(fresh.dispatch, actor=actor, now=now)
    return move(fresh, AssignmentStatus.DECLINED, actor=actor, now=now, note=reason, moved_at=now)


def file_evidence(assignment, *, actor, now, text="", link="", upload=None):
    """Keep a proof, before or with submitting. Refuses an empty one, a link that is not http(s), a file of a wrong kind."""
    uploads = () if upload is None else (upload,)
    return file_all_evidence(assignment, actor=actor, now=now, text=text, link=link, uploads=uploads)[0]


def file_all_evidence(assignment, *, actor, now, text="", link="", uploads=()):
    """Keep words, a link and any number of files as one act: all or none. Refuses as `file_evidence` does."""
    if not rules.can_file_evidence(actor, assignment):
        raise PermissionDenied
    said = _said(text, link)
    with _on_disk(uploads, actor, now) as files, transaction.atomic():
        fresh = claim(assignment, "file_evidence")
        kept = _keep(fresh, actor, now, said, files)
        record(fresh, actor=actor, now=now, note="Bổ sung minh chứng.")
        return kept


def _said(text, link):
    """The words and the link of a proof as they are to be stored."""
    text, link = words(text), words(link)
    if link:
        try:
            check_link(link)
        except ValidationError as refusal:
            raise ValidationError({"link": refusal}) from refusal
    return {"text": text, "link": link}


@contextmanager
def _on_disk(uploads, actor, now):
    """The files of an act, written before the database is held; removed again when the act is refused."""
    files = []
    try:
        for upload in uploads:
            try:
                files.append(write_upload(upload, actor=actor, now=now))
            except ValidationError as refusal:
                raise ValidationError({"uploads": refusal}) from refusal
        yield files
    except BaseException:
        discard_files(files)
        raise


def _keep(assignment, actor, now, said, files):
    """A row for the words and the link with the first file, one for each other file."""
    kept = []
    for file in files or [None]:
        if file is not None:
            file.save(force_insert=True)
        proof = Evidence(assignment=assignment, file=file, filed_by=actor, filed_at=now, **({} if kept else said))
        proof.full_clean()
        proof.save()
        kept.append(proof)
    return kept


def submit_assignment(assignment, *, actor, now, note="", text="", link="", uploads=()):
    """The unit says the demand is met, filing any proof given here with it.

    Refuses (code `no_evidence`) when the demand asks for proof and none was filed since it was given or last returned.
    """
    if not rules.can_submit(actor, assignment):
        raise PermissionDenied
    said, note = _said(text, link), words(note)
    with _on_disk(uploads, actor, now) as files, transaction.atomic():
        fresh = claim(assignment, "submit")
        if any(said.values()) or files:
            _keep(fresh, actor, now, said, files)
        elif fresh.requirement.evidence_kind != EvidenceKind.NONE and not _proof_since_return(fresh):
            kind = fresh.requirement.get_evidence_kind_display().lower()
            raise ValidationError(
                f"Yêu cầu này phải có minh chứng ({kind}). Hãy nhập nội dung, liên kết hoặc chọn tệp trước khi nộp.",
                code="no_evidence",
            )
        return move(fresh, AssignmentStatus.SUBMITTED, actor=actor, now=now, note=note, moved_at=now)


def _proof_since_return(assignment):
    """Whether a proof was filed after the Sở last sent the assignment back (returned it, or opened it again)."""
    sent_back = assignment.history.filter(
        before__in=[AssignmentStatus.SUBMITTED, AssignmentStatus.CLOSED], after=AssignmentStatus.ACCEPTED
    ).order_by("-pk")
    proofs = assignment.evidence.all()
    if last := sent_back.values_list("at", flat=True).first():
        proofs = proofs.filter(filed_at__gt=last)
    return proofs.exists()
