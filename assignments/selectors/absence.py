"""Who is asked to answer or to stand watch while they have given their work to somebody else."""

from django.db.models import Exists, OuterRef

from units.models import Delegation
from units.when import period_words

SHOWN = 5


def absent_focals(units, now):
    """A sentence for each focal person of these units who is absent at this moment, naming who stands in. One query."""
    rows = Delegation.objects.in_force(now).filter(
        giver__contact__unit__in=units, giver__contact__is_focal=True, giver__contact__left_on=None
    )
    rows = rows.select_related("giver__contact__unit", "taker").order_by("giver__contact__unit__sort_key", "pk")
    return _some(
        f"Đầu mối {row.giver} của {row.giver.contact.unit.name} vắng mặt {period_words(row.starts_at, row.ends_at)}; "
        f"{row.taker} xử lý thay."
        for row in rows
    )


def absent_on_duty(roster, only=None):
    """A sentence for each person of the roster (of one shift) who is absent during a shift of theirs.

    Two queries, one when there is none."""
    shifts = roster.shifts.filter(
        Exists(
            Delegation.objects.filter(
                giver=OuterRef("contact__user"),
                starts_at__lt=OuterRef("ends_at"),
                ends_at__gt=OuterRef("starts_at"),
                ended_at=None,
            )
        )
    )
    if only is not None:
        shifts = shifts.filter(pk=only.pk)
    shifts = list(shifts.select_related("contact").order_by("starts_at", "pk"))
    if not shifts:
        return []
    first, last = shifts[0].starts_at, max(shift.ends_at for shift in shifts)
    given = Delegation.objects.meeting(first, last).filter(giver__in={shift.contact.user_id for shift in shifts})
    away = {row.giver_id: row for row in given.select_related("taker").order_by("-starts_at")}
    said = {}
    for shift in shifts:
        row = away[shift.contact.user_id]
        said.setdefault(
            shift.contact_id,
            f"{shift.contact.name} có ca trực {period_words(shift.starts_at, shift.ends_at)} nhưng đã ủy quyền công việc "
            f"cho {row.taker} {period_words(row.starts_at, row.ends_at)} vì vắng mặt.",
        )
    return _some(said.values())


def _some(sentences):
    """The first few, and how many more there are."""
    every = list(sentences)
    more = len(every) - SHOWN
    return [*every[:SHOWN], f"Và {more} người khác."] if more > 0 else every
