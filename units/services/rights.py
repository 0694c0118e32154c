"""Rights by period and signing authority: given and taken away by the administrator, never edited."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from units import rules
from units.models import Membership, SigningAuthority, User
from units.services.delegations import end_unfit_delegations
from units.services.journal import day_words, write_entry
from units.states import Role, SignatureForm, UnitKind
from units.text import tidy

WAITS = "; chờ người thứ hai xác nhận"


def refuse_unless_administrator(actor):
    """403 for everybody but the administrator."""
    if not rules.can_manage_people(actor):
        raise PermissionDenied


def fit_role(role, unit):
    inside = unit.kind in UnitKind.INSIDE
    if inside != (role in Role.STAFF):
        where = "của Sở" if inside else "của đơn vị ngoài Sở"
        raise ValidationError(
            {"role": f"Vai trò “{Role(role).label}” không dùng cho người {where}."}, code="role_does_not_fit"
        )


def keep_an_administrator(user, day):
    """Refuses to leave the system with nobody who can give rights. Administrators are locked, so two cannot leave at once."""
    admins = Membership.objects.select_for_update().filter(role=Role.ADMIN, user__is_active=True).on(day)
    holders = set(admins.values_list("user", flat=True))
    if holders == {user.pk}:
        raise ValidationError(
            "Đây là quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước.", code="last_admin"
        )


def _overlapping(rows, start, end, first, last):
    """Rows whose half-open period [first, last) meets [start, end)."""
    if end:
        rows = rows.filter(**{f"{first}__lt": end})
    return rows.filter(Q(**{last: None}) | Q(**{f"{last}__gt": start}))


def _given(actor, now, confirmed_by=None):
    """The facts of who gave: the system's word needs no second one."""
    if actor is None:
        return {"granted_at": now}
    facts = {"granted_by": actor, "granted_at": now, "pending": confirmed_by is None}
    return facts | ({"confirmed_by": confirmed_by, "confirmed_at": now} if confirmed_by else {})


@transaction.atomic
def grant_role(user, *, actor, now, unit, role, starts_on=None, ends_on=None):
    """Give a right from a day (today when none is given) up to, not including, another. Locks the person.

    What a person gives waits for a second one (`confirm_grant`); what the system gives is in force at once.
    Refuses a role that does not fit the unit, and one the person has there already, or waits for, in part of that time.
    """
    refuse_unless_administrator(actor)
    return give_role(user, actor=actor, now=now, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on)


def give_role(user, *, actor, now, unit, role, starts_on=None, ends_on=None, confirmed_by=None):
    """What `grant_role` does, for a verb that has judged the actor by a rule of its own (an invitation, a replacement).

    With `confirmed_by`, the second person who confirmed it beforehand, it is in force at once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    starts_on = starts_on or timezone.localdate(now)
    fit_role(role, unit)
    same = user.memberships.filter(unit=unit, role=role)
    if _overlapping(same, starts_on, ends_on, "starts_on", "ends_on").exists():
        raise ValidationError(
            "Người này đã có vai trò đó ở đơn vị trong thời gian này, hoặc vai trò đó đang chờ xác nhận.",
            code="overlap",
        )
    facts = _given(actor, now, confirmed_by)
    membership = Membership(user=user, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on, **facts)
    membership.full_clean()
    membership.save()
    until = f" đến trước {day_words(ends_on)}" if ends_on else ""
    write_entry(
        unit,
        f"Giao vai trò {membership.get_role_display()} cho {user.full_name} từ {day_words(starts_on)}{until}"
        f"{WAITS if membership.pending else ''}.",
        actor=actor,
        now=now,
        user=user,
    )
    return membership


@transaction.atomic
def end_role(membership, *, actor, now, on):
    """Take a right away from the day `on`; on or before its first day, the right never was and its row goes. Locks it.

    Refuses to leave the system without an administrator, and a right that ends before that day anyway.
    """
    refuse_unless_administrator(actor)
    return take_role(membership, actor=actor, now=now, on=on)


def take_role(membership, *, actor, now, on):
    """What `end_role` does, for a verb that has judged the actor by a rule of its own."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=membership.pk)
    if membership.ends_on and membership.ends_on <= on:
        raise ValidationError(f"Vai trò này đã kết thúc từ {day_words(membership.ends_on)}.", code="ended")
    if membership.pending:
        on = membership.starts_on
    elif membership.role == Role.ADMIN:
        keep_an_administrator(membership.user, on)
    if on <= membership.starts_on:
        membership.delete()
    else:
        membership.ends_on = on
        membership.full_clean()
        membership.save(update_fields=["ends_on"])
    write_entry(
        membership.unit,
        f"Kết thúc vai trò {membership.get_role_display()} của {membership.user.full_name} từ {day_words(on)}.",
        actor=actor,
        now=now,
        user=membership.user,
    )
    end_unfit_delegations(membership.user, actor=actor, now=now)
    return membership


def kept(grant):
    """The row of a right or authority as plain values, from which `give_back` makes it what it was."""
    values = ((field.attname, getattr(grant, field.attname)) for field in grant._meta.concrete_fields)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def give_back(row, *, taken_from):
    """Undo `take_role` of a right that stood as `kept` in `row`: it ends when it was to end, or waits and begins as it did.

    Leaves alone one that was changed since, one whose holder has it anew by now, and one to come of somebody locked."""
    now_held = Membership.objects.select_for_update().filter(pk=row["id"]).first()
    if now_held and now_held.ends_on != taken_from:
        return
    right = now_held or Membership(**row)
    right.ends_on = Membership._meta.get_field("ends_on").to_python(row["ends_on"])
    same = Membership.objects.filter(user=right.user_id, unit=right.unit_id, role=right.role).exclude(pk=right.pk)
    held_anew = _overlapping(same, right.starts_on, right.ends_on, "starts_on", "ends_on").exists()
    if not held_anew and (now_held or right.user.is_active):
        right.save()


@transaction.atomic
def grant_authority(*, actor, now, user, unit, form, title, on_behalf_of="", valid_from, valid_to=None, scope=""):
    """Record who may sign papers of this unit, in whose name and in which period. Locks the person.

    What a person gives waits for a second one.
    Refuses somebody without a role in the Sở on the first day, a unit outside the Sở, and the same authority twice.
    """
    refuse_unless_administrator(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    if unit.kind not in UnitKind.INSIDE:
        raise ValidationError({"unit": "Chỉ giao quyền ký văn bản của Sở và đơn vị thuộc Sở."}, code="outside")
    if not user.memberships.on(valid_from).filter(role__in=Role.STAFF).exists():
        raise ValidationError({"valid_from": "Vào ngày này người ký chưa có vai trò nào ở Sở."}, code="not_staff")
    if form in (SignatureForm.NONE, SignatureForm.Q):
        on_behalf_of = ""
    authority = SigningAuthority(
        user=user,
        unit=unit,
        form=form,
        title=tidy(title),
        on_behalf_of=tidy(on_behalf_of),
        scope=tidy(scope),
        valid_from=valid_from,
        valid_to=valid_to,
        **_given(actor, now),
    )
    authority.full_clean()
    held = user.signing_authorities.filter(unit=unit, form=form)
    rivals = _overlapping(held, valid_from, valid_to, "valid_from", "valid_to")
    if any(other.lines() == authority.lines() for other in rivals):
        raise ValidationError(
            "Người này đã có quyền ký đó trong thời gian này, hoặc quyền ký đó đang chờ xác nhận.", code="overlap"
        )
    authority.save()
    until = f" đến trước {day_words(valid_to)}" if valid_to else ""
    write_entry(
        unit,
        f"Giao quyền ký “{' / '.join(authority.lines())}” cho {user.full_name} từ {day_words(valid_from)}{until}"
        f"{WAITS if authority.pending else ''}.",
        actor=actor,
        now=now,
        user=user,
    )
    return authority


@transaction.atomic
def end_authority(authority, *, actor, now, on):
    """Take signing authority away from the day `on`; on or before its first day its row goes, unless a paper rests on it."""
    refuse_unless_administrator(actor)
    authority = (
        SigningAuthority.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=authority.pk)
    )
    if authority.valid_to and authority.valid_to <= on:
        raise ValidationError(f"Quyền ký này đã kết thúc từ {day_words(authority.valid_to)}.", code="ended")
    said = f"Kết thúc quyền ký “{' / '.join(authority.lines())}” của {authority.user.full_name} từ {day_words(on)}."
    if authority.pending or on <= authority.valid_from:
        try:
            authority.delete()
        except ProtectedError as used:
            raise ValidationError("Đã có văn bản dùng quyền ký này: hãy chọn ngày sau ngày bắt đầu.") from used
    else:
        authority.valid_to = on
        authority.full_clean()
        authority.save(update_fields=["valid_to"])
    write_entry(authority.unit, said, actor=actor, now=now, user=authority.user)
    return authority
