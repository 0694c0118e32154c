"""A dispatch as a plain `Paper`: what the printer prints and the page shows."""

from dataclasses import replace

from django.utils import timezone

from directives.paper import SignOff, read_annexes
from directives.paper.draft import read_body
from directives.states import ADDRESSED_KINDS, DispatchKind, DispatchStatus
from units.selectors.kin import letterhead


def to_paper(dispatch, *, on=None):
    """The stored paper as it prints: number and day stay blank until they are given.

    `on` is the day of an unsigned draft's preview (its month is printed); the signature's day after that."""
    return paper_of(
        dispatch,
        recipients=list(dispatch.addressees.order_by("order").values_list("text", flat=True)),
        copies=list(dispatch.copies.order_by("order").values_list("text", flat=True)),
        on=on,
    )


def paper_of(dispatch, *, recipients, copies, on=None):
    """The same of a dispatch that need not be stored, with the lines given.

    The head names the agency and the one above it as they were called on the day of the signature. Two queries then."""
    addressed = dispatch.kind in ADDRESSED_KINDS
    label = "điện" if dispatch.kind == DispatchKind.CONG_DIEN else "Kính gửi"
    agency, above = _head(dispatch, on)
    return replace(
        read_body(dispatch.body),
        kind=dispatch.kind,
        parent_agency=above,
        agency=agency,
        number=dispatch.code(),
        place=dispatch.place,
        date_iso=_date_iso(dispatch, on),
        urgency=dispatch.urgency.upper() or None,
        subject=dispatch.subject,
        recipient_label=label if addressed and recipients else None,
        recipients=tuple(recipients) if addressed else (),
        signer=sign_off(dispatch),
        noi_nhan=tuple(copies),
        annexes=read_annexes(dispatch.annexes),
    )


def sign_off(dispatch):
    """The block as it was signed, else as the authority in view derives it."""
    if dispatch.status in DispatchStatus.SIGNED_ON:
        return SignOff(tuple(dispatch.sign_lines), dispatch.signer_name)
    if dispatch.authority is None:
        return SignOff()
    return SignOff(tuple(dispatch.authority.lines()), dispatch.authority.user.full_name)


def _head(dispatch, on):
    issuer = dispatch.issuer
    day = timezone.localdate(dispatch.signed_at) if dispatch.signed_at else on
    if day:
        return letterhead(issuer, day)
    return issuer.name, issuer.parent.name if issuer.parent else None


def _date_iso(dispatch, on):
    if dispatch.issued_on:
        return dispatch.issued_on.isoformat()
    day = (
        timezone.localdate(dispatch.signed_at) if dispatch.signed_at else on or timezone.localdate(dispatch.created_at)
    )
    return f"{day:%Y-%m}"
