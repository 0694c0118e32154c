"""The one way a status changes: locked, judged against the table of moves, saved and written down in one transaction."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from units.constraints import NeverChanges
from units.discreet import DiscreetText


class Entry(models.Model):
    """One move of one row: who, when, from where to where, and the reason given. Never changed, never removed."""

    before = models.CharField("từ", max_length=20, blank=True)
    after = models.CharField("đến", max_length=20)
    note = DiscreetText("ghi chú", blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người thực hiện", null=True, related_name="+"
    )
    at = models.DateTimeField("lúc", db_index=True)
    under = models.ForeignKey(
        "units.Delegation", models.PROTECT, verbose_name="theo ủy quyền", null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [NeverChanges(name="%(app_label)s_%(class)s_append_only")]

    def __str__(self):
        return f"{self.before or '·'} → {self.after}"


def under(actor):
    """The delegation under which this person acts at this moment, or None: every history row keeps it beside its actor."""
    return actor.acting if actor else None


class IllegalMove(ValidationError):
    """The row is not in a state from which this may be done: somebody was quicker, or the page is old."""


def move(row, to, *, actor, now, note="", **fields):
    """Move `row` to the status `to`, saving `fields` with it, and return the fresh row: go on with that one.

    The row is locked and read again; only the fresh copy is judged. Refuses (IllegalMove) what the model's MOVES
    table does not allow, and (ValidationError) what the model or the database finds untrue.
    """
    model = type(row)
    with transaction.atomic():
        fresh = model.objects.select_for_update().get(pk=row.pk)
        if to not in model.MOVES.get(fresh.status, ()):
            raise IllegalMove(
                f"Không thể chuyển từ “{fresh.get_status_display()}” sang “{model(status=to).get_status_display()}”: "
                "có người vừa xử lý trước hoặc trang đã cũ. Hãy tải lại trang để xem tình trạng mới nhất.",
                code="illegal_move",
            )
        before = fresh.status
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.status = to
        _save(fresh, ["status", *fields])
        fresh.history.create(row=fresh, before=before, after=to, actor=actor, under=under(actor), at=now, note=note)
    return fresh


def _save(row, names):
    """Save the named fields. The database judges what only it can judge, and only what it refuses is put into words:
    asking it about each constraint beforehand costs more than the move."""
    row.clean_fields(exclude={field.name for field in row._meta.fields} - set(names))
    row.clean()
    try:
        with transaction.atomic():
            row.save(update_fields=names)
    except IntegrityError:
        row.full_clean()
        raise


def record(row, *, actor, now, note=""):
    """Write down an act that leaves the status where it is (a first entry, an edit, an extension)."""
    before = row.history.order_by("-pk").values_list("after", flat=True).first() or ""
    return row.history.create(
        row=row, before=before, after=row.status, actor=actor, under=under(actor), at=now, note=note
    )
