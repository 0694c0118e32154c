"""What one person gave, a second one confirms or refuses: rights and signing authority (NĐ 30/2020 PL VI)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from units import rules
from units.models import Membership, SigningAuthority
from units.services.journal import write_entry
from units.text import tidy


def _held(grant, actor):
    """The grant, locked and read again, still waiting, before somebody who may decide on it."""
    rows = type(grant).objects.select_for_update(of=("self",)).select_related("user", "unit")
    row = rows.filter(pk=grant.pk).first()
    if row is None or not row.pending:
        raise ValidationError(f"{grant.user.full_name}: quyền này đã được xác nhận, từ chối hoặc rút lại.", code="gone")
    if not rules.can_confirm(actor, row):
        raise PermissionDenied
    return row


def words_of(grant):
    """What is given, to whom."""
    if isinstance(grant, SigningAuthority):
        return f"quyền ký “{' / '.join(grant.lines())}” của {grant.user.full_name}"
    return f"vai trò {grant.get_role_display()} của {grant.user.full_name}"


@transaction.atomic
def confirm_grant(grant, *, actor, now, reason=""):
    """From now on it is in force. Locks it; a right never was in force before its confirmation, so it begins today at the earliest.

    Refuses the giver, the person concerned and whoever is not competent (403), what is decided already, and a period that is
    over. Without an actor it is whoever holds the machine (`manage.py confirm_rights`), who must say why.
    """
    row = _held(grant, actor)
    if actor is None and not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do."}, code="required")
    today = timezone.localdate(now)
    last = row.ends_on if isinstance(row, Membership) else row.valid_to
    if last and last <= today:
        raise ValidationError(
            f"{row.user.full_name}: thời gian được giao đã qua, chỉ còn cách từ chối rồi giao lại.", code="over"
        )
    if isinstance(row, Membership):
        row.starts_on = max(row.starts_on, today)
    row.pending, row.confirmed_by, row.confirmed_at = False, actor, now
    row.full_clean()
    row.save()
    by = "Người quản trị máy chủ xác nhận" if actor is None else "Xác nhận"
    what = f"{by} {words_of(row)}{f': {tidy(reason)}' if reason else '.'}"
    write_entry(row.unit, what, actor=actor, now=now, user=row.user, told=True)
    return row


@transaction.atomic
def refuse_grant(grant, *, actor, now, reason):
    """It never was in force and goes; its history says who gave it, who refused it and why. Refuses what `confirm_grant` refuses."""
    row = _held(grant, actor)
    if not tidy(reason):
        raise ValidationError({"reason": "Cần ghi lý do từ chối."}, code="required")
    unit, user, said = row.unit, row.user, words_of(row)
    row.delete()
    write_entry(unit, f"Không xác nhận {said}: {tidy(reason)}", actor=actor, now=now, user=user, told=True)
