"""What the databases refuse of rosters and shifts, on both engines alike."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from assignments.models import DutyShift, Roster
from assignments.states import SHIFT_BINDING, RosterStatus
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


@pytest.fixture
def start():
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=3)


@pytest.mark.parametrize("binding", sorted(SHIFT_BINDING))
@pytest.mark.parametrize("first", [0, 3, 4, -3])
def test_one_person_is_in_one_place(cast, start, binding, first):
    """Eight hours from `start`; the other begins within them, with them, or before them and reaches in."""
    make.shift(cast.focal, start, status=binding)
    other = start + first * HOUR
    refused(lambda: make.shift(cast.focal, other, status=RosterStatus.SUBMITTED))
    for status in sorted(RosterStatus.EDITABLE):
        draft = make.shift(cast.focal, other, status=status)
        refused(lambda row=draft: DutyShift.objects.filter(pk=row.pk).update(status=RosterStatus.SUBMITTED))
        DutyShift.objects.filter(pk=draft.pk).update(note="vẫn là bản nháp")
    make.shift(cast.stranger, other, status=binding)


def test_shifts_that_touch_do_not_overlap_and_a_shift_does_not_stand_in_its_own_way(cast, start):
    row = make.shift(cast.focal, start, status="accepted")
    make.shift(cast.focal, start + 8 * HOUR, status="submitted")
    make.shift(cast.focal, start - 8 * HOUR, status="accepted")
    DutyShift.objects.filter(pk=row.pk).update(status="submitted", ends_at=start + 7 * HOUR)
    refused(lambda: DutyShift.objects.filter(pk=row.pk).update(ends_at=start + 9 * HOUR))


def test_the_model_says_so_first_in_vietnamese(cast, start):
    make.shift(cast.focal, start, status="accepted")
    row = make.shift(cast.focal, start)
    row.full_clean()
    row.status = RosterStatus.SUBMITTED
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert caught.value.messages == ["Người này đã có ca trực khác trong khoảng thời gian đó."]


def test_a_shift_has_a_length_a_layer_and_a_known_state(cast, start):
    row = DutyShift.objects.filter(pk=make.shift(cast.focal, start).pk)
    refused(lambda: row.update(ends_at=start))
    refused(lambda: row.update(layers=[]))
    refused(lambda: row.update(status="gone"))
    row.update(layers=["leader", "running"])
    shift = row.get()
    assert shift.layer_words() == ["Trực lãnh đạo", "Trực vận hành"]
    shift.layers = ["nobody"]
    with pytest.raises(ValidationError):
        shift.full_clean()


def test_a_gap_is_accepted_by_name_and_reason_only(cast, start):
    row = Roster.objects.filter(pk=make.roster(cast.telecom).pk)
    why = {"waived_by": cast.leader, "waiver_reason": "Đơn vị chỉ có một người vận hành."}
    for facts in (
        {"accepted_gap": None} | why,
        {"accepted_gap": 5},
        {"accepted_gap": 5, "waived_by": cast.leader},
        {"accepted_gap": 5, "waiver_reason": "có"},
    ):
        refused(lambda facts=facts: row.update(status="accepted", **facts))
    row.update(status="accepted", accepted_gap=5, **why)
    row.update(
        accepted_gap=0, gap_minutes=7, waived_by=None, waiver_reason=""
    )  # it was full; its occasion asks for more since


def test_one_roster_of_a_unit_for_an_occasion(cast, start):
    row = make.roster(cast.telecom)
    refused(lambda: make.roster(cast.telecom, of=row.occasion))
    make.roster(cast.rival, of=row.occasion)


def test_the_overlap_is_still_refused_after_the_table_is_rebuilt(transactional_db, start):
    """SQLite makes a table anew when a column changes; the triggers must come back. Taken away, nothing is refused."""
    cast = make.cast()
    make.shift(cast.focal, start, status="accepted")
    old = DutyShift._meta.get_field("note")
    new = models.CharField(max_length=400, blank=True)
    new.set_attributes_from_name("note")
    new.model = DutyShift
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(DutyShift, before, after)
    refused(lambda: make.shift(cast.focal, start, status="accepted"))
    draft = make.shift(cast.focal, start)
    refused(lambda: DutyShift.objects.filter(pk=draft.pk).update(status="accepted", in_force=True))
    constraint = next(c for c in DutyShift._meta.constraints if c.name == "one_shift_at_a_time_per_person")
    with connection.schema_editor() as editor:
        editor.execute(constraint.remove_sql(DutyShift, editor))
    DutyShift.objects.filter(pk=draft.pk).update(status="accepted", in_force=True)
    twin = make.shift(cast.focal, start, status="accepted")
    DutyShift.objects.filter(pk__in=[twin.pk, draft.pk]).update(status="draft")
    with connection.schema_editor() as editor:
        editor.execute(constraint.create_sql(DutyShift, editor))
    refused(lambda: DutyShift.objects.filter(pk=draft.pk).update(status="accepted", in_force=True))
    refused(lambda: make.shift(cast.focal, start, status="accepted"))
