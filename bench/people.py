"""A province large enough to measure: 140 units, 30 demands, and as many due assignments as wanted."""

from datetime import timedelta

from django.utils import timezone

from assignments.models import Assignment, DutyShift
from directives.models import Receipt
from tests import make
from units.models import Contact


def matrix_occasion(people, units=140, demands=30):
    """An occasion whose one paper asks `demands` things of `units` units, in every state."""
    now = timezone.now()
    occasion = make.occasion(name="Đợt đo tốc độ")
    recipients = [make.unit(name=f"Đơn vị đo {n:03d}") for n in range(units)]
    Contact.objects.bulk_create(
        Contact(unit=unit, name=f"Đầu mối {n}", sort_key="x", email=f"do{n}@haigiang.example", is_focal=True)
        for n, unit in enumerate(recipients)
    )
    paper = make.dispatch(people, "issued", addressed=recipients, of=occasion)
    asked = [make.requirement(paper, label=str(n + 1), due_at=now + timedelta(days=n - 10)) for n in range(demands)]
    Receipt.objects.bulk_create(
        Receipt(dispatch=paper, unit=unit, unit_name=unit.name, version=1, sent_at=now) for unit in recipients
    )
    states = ["sent", "accepted", "submitted", "closed", "questioned", "closed", "declined"]
    give(people, paper, asked, recipients, occasion, lambda n: states[n % len(states)])
    return occasion


def duty_occasion(people, units=140, days=10):
    """An occasion that requires all five layers of every unit for `days`: 1,120 shifts a day, every eighth unit short."""
    today = timezone.localdate()
    occasion = make.occasion(name="Đợt đo lịch trực", d_day=today + timedelta(days=40))
    occasion.phases.exclude(kind="during").update(duty_layers=[])
    start = occasion.phases.get(kind="during").starts_at
    occasion.phases.filter(kind="after").delete()
    occasion.phases.filter(kind="during").update(
        duty_layers=["leader", "operations", "shift", "response", "running"], ends_at=start + timedelta(days=days)
    )
    turns = [("leader", 24), ("operations", 12), ("shift", 8), ("response", 24), ("running", 24)]
    shifts, through = [], DutyShift.rosters.through
    for n in range(units):
        unit = make.unit(name=f"Đơn vị trực {n:03d}")
        roster = make.roster(unit, "accepted", of=occasion)
        for layer, hours in turns:
            if n % 8 == 0 and layer == "response":
                continue
            contact = Contact.objects.create(unit=unit, name=f"Người trực {layer}", sort_key="x", phone="0912345678")
            shifts += [
                (
                    roster,
                    DutyShift(
                        unit=unit,
                        contact=contact,
                        layers=[layer],
                        status="accepted",
                        in_force=True,
                        starts_at=at,
                        ends_at=at + timedelta(hours=hours),
                    ),
                )
                for at in (start + timedelta(hours=k * hours) for k in range(24 * days // hours))
            ]
    made = DutyShift.objects.bulk_create([shift for _, shift in shifts], batch_size=2000)
    through.objects.bulk_create(
        (through(roster=roster, dutyshift=shift) for (roster, _), shift in zip(shifts, made, strict=True)),
        batch_size=2000,
    )
    return occasion, start


def give(people, paper, asked, recipients, occasion, state):
    """One assignment for each demand and recipient."""
    now = timezone.now()
    Assignment.objects.bulk_create(
        (
            Assignment(
                requirement=demand,
                dispatch=paper,
                unit=unit,
                occasion=occasion,
                given_by=people.specialist,
                first_due_at=demand.due_at,
                due_at=demand.due_at,
                armed_at=now,
                moved_at=now,
                status=state(row * len(asked) + column),
            )
            for row, unit in enumerate(recipients)
            for column, demand in enumerate(asked)
        ),
        batch_size=2000,
    )


def due_rows(people, count, due_at):
    """`count` assignments of many units that fall due at one instant, and no reminder said yet."""
    units = [make.unit(name=f"Đơn vị đến hạn {n:04d}") for n in range(200)]
    Contact.objects.bulk_create(
        Contact(unit=unit, name=f"Đầu mối {n}", sort_key="x", email=f"han{n}@haigiang.example", is_focal=True)
        for n, unit in enumerate(units)
    )
    paper = make.dispatch(people, "issued")
    asked = [make.requirement(paper, label=str(n + 1), due_at=due_at) for n in range(count // len(units))]
    give(people, paper, asked, units, None, lambda n: "accepted")
