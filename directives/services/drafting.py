"""Drafts: made from fields, from pasted text; saved as numbered versions, none of which is ever lost."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from directives import rules
from directives.models import (
    Addressee,
    CopyLine,
    Dispatch,
    DispatchBasis,
    DispatchVersion,
    MovedDate,
    Requirement,
    RequirementTarget,
    Unsaved,
)
from directives.paper import annex_text, secrecy_mark
from directives.paper.draft import read_body
from directives.paper.text import clean
from directives.selectors.drafting import bases_in, propose, propose_authority
from directives.selectors.places import locate
from directives.selectors.rows import draft_values, keys_of
from directives.selectors.words import demand_words
from directives.states import KIND_ABBREVIATIONS, DispatchKind, DispatchStatus
from units.history import record
from units.models import UnitGroup
from units.selectors import own_department
from units.text import fold, nfc

SECRECY_REFUSED = (
    "Văn bản mang dấu “{mark}” là tài liệu bí mật nhà nước nên không được đưa vào hệ thống này. "
    "Nội dung vừa nhập không được lưu lại ở bất cứ đâu trên máy chủ. Hãy soạn, in và chuyển văn bản trên máy tính độc "
    "lập, qua văn thư bảo mật của cơ quan, theo Luật Bảo vệ bí mật nhà nước; xóa cả bản sao trên máy tính đang nối mạng."
)
STALE = (
    "{who} đã lưu bản {version} lúc {at} trong khi anh/chị đang sửa. Nội dung của anh/chị vẫn còn nguyên trong biểu mẫu; "
    "hãy so với bản mới ở dưới rồi bấm lưu lần nữa nếu muốn giữ nội dung của mình."
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
        subject=_subject(subject),
        body=read_body(body).body,
        annexes=clean(annexes).strip(),
        urgency=urgency,
        place=place or issuer.issuing_place,
        symbol=symbol_of(kind, issuer, division),
        issuer=issuer,
        division=division,
        author=actor,
        occasion=occasion or (plan.occasion if plan else None),
        plan=plan,
        authority=authority or propose_authority(issuer, timezone.localdate(now)),
        drawn_from=drawn_from,
        created_at=now,
    )
    dispatch.search_key = search_key_of(dispatch)
    dispatch.full_clean()
    dispatch.save()
    _write_parts(dispatch, **parts)
    for order, date in enumerate(moved, 1):
        row = MovedDate(dispatch=dispatch, order=order, **date)
        row.full_clean()
        row.save()
    _keep_version(dispatch, actor=actor, now=now, note=note)
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
def save_draft(dispatch, *, actor, now, version, addressees, copies, requirements, bases=None, note="", **fields):
    """The next version of a draft. Refuses when `version` is not the stored one: somebody saved in between.

    Parts are replaced as a whole; the earlier version stays in DispatchVersion. `note` says in a line what was changed.
    What the person had typed and not saved is forgotten with it."""
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
    dispatch.subject = _subject(dispatch.subject)
    dispatch.body = read_body(dispatch.body).body
    dispatch.annexes = clean(dispatch.annexes).strip()
    dispatch.symbol = symbol_of(dispatch.kind, dispatch.issuer, dispatch.division)
    dispatch.version += 1
    dispatch.search_key = search_key_of(dispatch)
    dispatch.full_clean()
    dispatch.save()
    for part in (dispatch.addressees, dispatch.copies, dispatch.bases, dispatch.requirements):
        part.all().delete()
    _write_parts(dispatch, **parts)
    note = _subject(note)[:NOTE]
    _keep_version(dispatch, actor=actor, now=now, note=note)
    record(dispatch, actor=actor, now=now, note=f"Lưu bản {dispatch.version}: {note}".removesuffix(": "))
    Unsaved.objects.filter(dispatch=dispatch, author=actor).delete()
    return dispatch


def _subject(text):
    return " ".join(nfc(text or "").split())


def authority_in_force(authority, day):
    return authority.valid_from <= day and (authority.valid_to is None or day < authority.valid_to)


def _write_parts(dispatch, *, addressees, copies, bases, requirements):
    paper = read_body(dispatch.body)
    for order, line in enumerate(addressees, 1):
        row = Addressee(dispatch=dispatch, order=order, text=_subject(line["text"]))
        row.full_clean()
        row.save()
        row.groups.set(line.get("groups", ()))
        row.units.set(line.get("units", ()))
    for order, line in enumerate(copies, 1):
        row = CopyLine(dispatch=dispatch, order=order, text=_subject(line["text"]), unit=line.get("unit"))
        row.full_clean()
        row.save()
    for order, basis in enumerate(bases_in(paper) if bases is None else bases, 1):
        row = DispatchBasis(
            dispatch=dispatch,
            order=order,
            text=_subject(basis["text"])[:1000],
            number=basis.get("number") or "",
            issued_on=basis.get("issued_on") or None,
            basis=basis.get("basis"),
        )
        row.full_clean()
        row.save()
    for order, demand in enumerate(requirements, 1):
        _write_demand(dispatch, paper, order, demand)


def _write_demand(dispatch, paper, order, demand):
    starts, ends = locate(
        paper, demand.get("label", ""), demand["text"], demand.get("starts", 0), demand.get("ends", 0)
    )
    plain = {key: value for key, value in demand.items() if key not in ("targets", "starts", "ends")}
    key = fold(demand["text"])
    row = Requirement(dispatch=dispatch, order=order, starts=starts, ends=ends, search_key=key, **plain)
    row.full_clean()
    row.save()
    for target, role in demand.get("targets", ()):
        side = {"group": target} if isinstance(target, UnitGroup) else {"unit": target}
        RequirementTarget.objects.create(requirement=row, role=role, **side)


def _keep_version(dispatch, *, actor, now, note):
    values = draft_values(dispatch)
    DispatchVersion.objects.create(
        dispatch=dispatch,
        version=dispatch.version,
        kind=dispatch.kind,
        subject=dispatch.subject,
        body=dispatch.body,
        annexes=dispatch.annexes,
        urgency=dispatch.urgency,
        signer=str(dispatch.authority or ""),
        addressees=[line["text"] for line in values["addressees"]],
        copies=[line["text"] for line in values["copies"]],
        bases=[row["text"] for row in values["bases"]],
        requirements=demand_words(dispatch),
        whole=keys_of(values),
        author=actor,
        at=now,
        note=note,
    )
