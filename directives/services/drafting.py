"""Drafts: made from fields, from pasted text; saved as numbered versions, none of which is ever lost."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from directives import rules
from directives.models import Dispatch, MovedDate, Unsaved
from directives.paper import annex_text, secrecy_mark
from directives.paper.draft import read_body
from directives.paper.text import clean
from directives.selectors.drafting import propose, propose_authority
from directives.services.parts import keep_version, one_line, write_parts
from directives.states import KIND_ABBREVIATIONS, DispatchKind, DispatchStatus
from units.history import record
from units.selectors import own_department
from units.text import fold

SECRECY_REFUSED = (
    "Văn bản mang dấu “{mark}” là tài liệu bí mật nhà nước nên không được đưa vào hệ thống này. "
    "Nội dung vừa nhập không được lưu lại ở bất cứ đâu trên máy chủ. Hãy soạn, in và chuyển văn bản trên máy tính độc "
    "lập, qua văn thư bảo mật của cơ quan, theo Luật Bảo vệ bí mật nhà nước; xóa cả bản sao trên máy tính đang nối mạng."
)
STALE = (
    "{who} đã lưu bản {version} lúc {at} trong khi anh/chị đang sửa. Nội dung của anh/chị vẫn còn nguyên trong biểu mẫu: "
    "hãy ghép hai bản, hoặc lưu lần nữa nếu muốn giữ nguyên bản của mình."
)
FIELDS = ("kind", "subject", "body", "annexes", "division", "urgency", "occasion", "authority", "place")
NOTE = 200  # letters of what a version says of itself


def refuse_secret(*texts):
    """Refuses (ValidationError) a text that bears a mark of state secrecy, before anything of it is kept."""
    for text in texts:
        mark = secrecy_mark(text or "")
        if mark:
            raise ValidationError(SECRECY_REFUSED.format(mark=mark), code="secret")


def texts_of(*, subject="", body="", annexes="", place="", addressees=(), copies=(), bases=(), requirements=(), **rest):
    """Every text somebody can type into a draft; `rest` holds what is chosen."""
    rows = [*addressees, *copies, *(bases or ()), *requirements]
    typed = [row.get(name) for row in rows for name in ("text", "number", "label", "due_phrase")]
    return [subject, body, annexes, place, *filter(None, typed)]


def lock(dispatch):
    """The row as it is now, held until the transaction ends. The caller's copy may be old."""
    return Dispatch.objects.select_for_update().get(pk=dispatch.pk)


def symbol_of(kind, issuer, division):
    """`KH-SKHCN` for a typed paper, `SKHCN-BCVT` for a công văn (NĐ 30/2020 PL I.II.3.b). Refuses a unit without a short name."""
    for unit in (issuer, division):
        if not unit.short_name:
            raise ValidationError(
                f"“{unit.name}” chưa có tên viết tắt nên chưa lập được ký hiệu văn bản. Hãy bổ sung ở trang đơn vị.",
                code="no_short_name",
            )
    short = KIND_ABBREVIATIONS[DispatchKind(kind)]
    return f"{short}-{issuer.short_name}" if short else f"{issuer.short_name}-{division.short_name}"


def search_key_of(dispatch):
    """What a paper is looked for by: number, kind, subject, day."""
    day = f"{dispatch.issued_on:%d/%m/%Y}" if dispatch.issued_on else ""
    return fold(f"{dispatch.code()} {dispatch.get_kind_display()} {dispatch.subject} {day} {dispatch.signer_name}")


@transaction.atomic
def create_dispatch(
    *,
    actor,
    now,
    kind,
    subject,
    body,
    division,
    annexes="",
    urgency="",
    occasion=None,
    plan=None,
    authority=None,
    place="",
    addressees=(),
    copies=(),
    bases=None,
    requirements=(),
    drawn_from=None,
    moved=(),
    note="Lập dự thảo",
):
    """A new draft, version 1. Without `authority` the head's own is taken when the Sở has exactly one in force.

    `bases` left out are read from the body. `drawn_from` is the earlier paper it was made of, `moved` the dates that were
    moved in it: dicts of `old`, `new`, `why`, `old_on`, `new_on`, `day_off`, each to be confirmed later. Refuses marks of
    secrecy and what the model finds untrue."""
    if not rules.can_draft(actor):
        raise PermissionDenied
    parts = {"addressees": addressees, "copies": copies, "bases": bases, "requirements": requirements}
    refuse_secret(*texts_of(subject=subject, body=body, annexes=annexes, place=place, **parts))
    issuer = own_department()
    dispatch = Dispatch(
        kind=kind,
        subject=one_line(subject),
        body=read_body(body).body,
        annexes=clean(annexes).strip(),
        urgency=urgency,
        place=place or issuer.issuing_place,
        symbol=symbol_of(kind, issuer, division),
        issuer=issuer,
        division=division,
        author=actor.works_as(),
        occasion=occasion or (plan.occasion if plan else None),
        plan=plan,
        authority=authority or propose_authority(issuer, timezone.localdate(now)),
        drawn_from=drawn_from,
        created_at=now,
    )
    dispatch.search_key = search_key_of(dispatch)
    dispatch.full_clean()
    dispatch.save()
    write_parts(dispatch, **parts)
    for order, date in enumerate(moved, 1):
        row = MovedDate(dispatch=dispatch, order=order, **date)
        row.full_clean()
        row.save()
    keep_version(dispatch, actor=actor, now=now, note=note)
    record(dispatch, actor=actor, now=now, note=note)
    return dispatch


def create_from_text(text, *, actor, now, division, occasion=None):
    """A draft of a pasted paper with everything proposed taken as it is. Refuses a text without subject or body."""
    refuse_secret(text)
    today = timezone.localdate(now)
    found = propose(text, on=today)
    return create_dispatch(
        actor=actor,
        now=now,
        kind=found.kind,
        subject=found.subject,
        body=found.paper.body,
        annexes=annex_text(found.paper.annexes),
        division=division,
        urgency=found.urgency,
        occasion=occasion,
        authority=propose_authority(own_department(), today, found.paper.signer),
        addressees=found.addressees,
        copies=found.copies,
        bases=found.bases,
        requirements=found.requirements,
        note="Lập dự thảo từ văn bản dán vào",
    )


@transaction.atomic
def save_draft(dispatch, *, actor, now, version, **values):
    """The next version of a draft, of what its writer typed: `write_draft`. What they had typed and not saved is
    forgotten with it."""
    dispatch = write_draft(dispatch, actor=actor, now=now, version=version, **values)
    Unsaved.objects.filter(dispatch=dispatch, author=actor).delete()
    return dispatch


@transaction.atomic
def write_draft(dispatch, *, actor, now, version, addressees, copies, requirements, bases=None, note="", **fields):
    """The next version of a draft. Refuses when `version` is not the stored one: somebody saved in between.

    Parts are replaced as a whole; the earlier version stays in DispatchVersion. `note` says in a line what was changed.
    Whoever saves has seen what they saved."""
    dispatch = lock(dispatch)
    if not rules.can_edit(actor, dispatch):
        raise PermissionDenied
    if dispatch.status not in DispatchStatus.EDITABLE:
        raise ValidationError(
            f"Văn bản đang ở bước “{dispatch.get_status_display()}” nên không sửa được. "
            "Muốn sửa, hãy trả lại dự thảo kèm lý do.",
            code="not_editable",
        )
    if dispatch.version != version:
        last = dispatch.versions.select_related("author").get(version=dispatch.version)
        at = timezone.localtime(last.at)
        raise ValidationError(
            STALE.format(who=last.author, version=last.version, at=f"{at:%H:%M, %d/%m/%Y}"), code="stale"
        )
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"save_draft() does not know {sorted(unknown)}")
    for name, value in fields.items():
        setattr(dispatch, name, value)
    parts = {"addressees": addressees, "copies": copies, "bases": bases, "requirements": requirements}
    texts = {name: getattr(dispatch, name) for name in ("subject", "body", "annexes", "place")}
    refuse_secret(note, *texts_of(**texts, **parts))
    dispatch.subject = one_line(dispatch.subject)
    dispatch.body = read_body(dispatch.body).body
    dispatch.annexes = clean(dispatch.annexes).strip()
    dispatch.symbol = symbol_of(dispatch.kind, dispatch.issuer, dispatch.division)
    dispatch.version += 1
    dispatch.search_key = search_key_of(dispatch)
    dispatch.full_clean()
    dispatch.save()
    for part in (dispatch.addressees, dispatch.copies, dispatch.bases, dispatch.requirements):
        part.all().delete()
    write_parts(dispatch, **parts)
    note = one_line(note)[:NOTE]
    keep_version(dispatch, actor=actor, now=now, note=note)
    record(dispatch, actor=actor, now=now, note=f"Lưu bản {dispatch.version}: {note}".removesuffix(": "))
    return dispatch
