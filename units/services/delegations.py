"""Delegation for absence: made, ended early, ended with the rights it rests on. Each act leaves a sentence in the history."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from units import rules
from units.models import Delegation, Unit, User
from units.services.journal import write_entry
from units.states import Role
from units.text import tidy
from units.when import moment_words, period_words

# Whoever is away for longer is replaced by giving somebody their role; a delegation bridges an absence.
LONGEST = timedelta(days=60)
# A page stays open while somebody types: what began so little ago begins now.
TYPING = timedelta(minutes=15)


@transaction.atomic
def delegate(*, actor, now, giver, taker, ends_at, starts_at=None, reason):
    """`taker` may do the work of `giver` from a moment (now when none is given) up to, not including, another. Locks both.

    Refuses (403) whoever may not delegate for that person, or who is acting for somebody at this moment: what was lent is not
    lent on. Refuses with a sentence: to oneself, to whoever makes it for somebody else, a period past, backwards or longer than
    60 days, a second one of the same giver at the same time, a taker of another house, locked, or absent in that time too, and
    a giver who has nothing to lend (the administrator's role is never lent).
    """
    if not rules.can_delegate(actor, giver):
        raise PermissionDenied
    people = {person.pk: person for person in User.objects.select_for_update().filter(pk__in=[giver.pk, taker.pk])}
    giver, taker = people[giver.pk], people[taker.pk]
    if starts_at is None or now - TYPING <= starts_at < now:
        starts_at = now
    _refuse_period(starts_at, ends_at, now)
    if giver.pk != taker.pk:
        _refuse_people(actor, giver, taker, now)
    delegation = Delegation(
        giver=giver, taker=taker, starts_at=starts_at, ends_at=ends_at, reason=tidy(reason), made_by=actor, made_at=now
    )
    delegation.full_clean()
    away = Delegation.objects.meeting(starts_at, ends_at).filter(giver=taker).first()
    if away:
        raise _fault(
            "taker",
            f"{taker} cũng vắng mặt {period_words(away.starts_at, away.ends_at)}. Hãy chọn người khác.",
            "taker_away",
        )
    delegation.save(force_insert=True)
    whose = "" if actor == giver else " (lập thay)"
    _write(delegation, f"Ủy quyền cho {taker} xử lý thay {giver} {_span(delegation)}{whose}.", actor=actor, now=now)
    return delegation


@transaction.atomic
def end_delegation(delegation, *, actor, now):
    """Take it back before its hour, at once. Refuses (403) a stranger and whoever is acting, and what is over already."""
    if not rules.can_end_delegation(actor, delegation):
        raise PermissionDenied
    ended = Delegation.objects.filter(pk=delegation.pk, ended_at=None, ends_at__gt=now).update(ended_at=now)
    if not ended:
        raise ValidationError("Ủy quyền này đã kết thúc từ trước.", code="over")
    delegation.refresh_from_db()
    said = f"Kết thúc sớm việc {delegation.taker} xử lý thay {delegation.giver} ({_span(delegation)})."
    _write(delegation, said, actor=actor, now=now)
    return delegation


def end_unfit_delegations(user, *, actor, now):
    """Somebody was locked or lost a right: end what they gave or took that rests on it no more."""
    standing = Delegation.objects.meeting(now, now + timedelta(days=36500))
    for delegation in standing.filter(giver=user).union(standing.filter(taker=user)):
        if Delegation.objects.filter(pk=delegation.pk).fit(now).exists():
            continue
        Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now)
        said = f"{delegation.taker} không còn xử lý thay {delegation.giver}: một trong hai người không còn quyền."
        _write(delegation, said, actor=actor, now=now)


def _span(delegation):
    return period_words(delegation.starts_at, delegation.ends_at)


def _write(delegation, said, *, actor, now):
    """Onto the giver's page of rights, and the history of the unit they work in."""
    home = Unit.objects.filter(memberships__user=delegation.giver_id).order_by("-memberships__starts_on").first()
    write_entry(home, said, actor=actor, now=now, user=delegation.giver)


def _fault(field, text, code):
    return ValidationError({field: ValidationError(text, code=code)})


def _refuse_period(starts_at, ends_at, now):
    if starts_at < now:
        raise _fault("starts_at", f"Không lập lùi thời gian: sớm nhất là lúc này, {moment_words(now)}.", "past")
    if ends_at <= starts_at:
        raise _fault("ends_at", "Thời điểm kết thúc phải sau thời điểm bắt đầu.", "backwards")
    if ends_at - starts_at > LONGEST:
        most = f"Mỗi lần ủy quyền nhiều nhất {LONGEST.days} ngày. "
        raise _fault("ends_at", f"{most}Vắng mặt lâu hơn thì quản trị giao hẳn vai trò cho người thay.", "too_long")


def _refuse_people(actor, giver, taker, now):
    for name, person in (("giver", giver), ("taker", taker)):
        if not person.is_active:
            raise _fault(name, f"Tài khoản của {person} đã khóa.", "locked")
    if actor is not None and actor.pk == taker.pk:
        raise _fault(
            "taker", "Không tự lập ủy quyền cho mình xử lý thay: hãy nhờ lãnh đạo hoặc quản trị khác.", "to_maker"
        )
    held = giver.own_roles()
    if not {role for _, role in held} - {Role.ADMIN}:
        raise _fault(
            "giver", f"{giver} không giữ vai trò nào ủy quyền được (vai trò quản trị không ủy quyền).", "nothing"
        )
    if not rules.may_stand_in(giver, taker):
        inside = any(role in Role.STAFF for _, role in held)
        where = "người của Sở" if inside else "người cùng đơn vị"
        raise _fault("taker", f"Chỉ ủy quyền được cho {where}.", "stranger")
