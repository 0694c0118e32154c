"""What the pages of trust show: two houses of the press that became one, a role that waits for a second person, an absence."""

from datetime import date, timedelta

from django.utils import timezone

from units.reorganising import Order
from units.services.delegations import delegate
from units.services.reorganisation import reorganise
from units.services.rights import grant_role
from units.services.units import create_unit
from units.states import ReorganisationKind, Role, UnitKind

ONE_HOUSE = date(2025, 7, 1)


def merge_press(made, by):
    """The newspaper and the broadcaster of before the merger, with their heir."""
    heir = made.units["Báo và PTTH"]
    before = [
        create_unit(kind=UnitKind.PRESS, name=name, short_name=short, **by)
        for name, short in (
            ("Báo Hải Giang", "Báo Hải Giang"),
            ("Đài Phát thanh và Truyền hình Hải Giang", "Đài PTTH"),
        )
    ]
    reorganise(
        Order(ends={unit.pk: [heir.pk] for unit in before}),
        kind=ReorganisationKind.MERGE,
        on=ONE_HOUSE,
        basis="Quyết định số 1289/QĐ-UBND ngày 25/6/2025 của Ủy ban nhân dân tỉnh Hải Giang",
        **by,
    )


def give_and_lend(story):
    """A role given yesterday that nobody has confirmed; a specialist on leave whose colleague stands in."""
    people, units = story.people, story.province.units
    grant_role(people["mai.nt"], unit=units["VP"], role=Role.SPECIALIST, **story.who("long.vd", -1, 15))
    delegate(
        giver=people["khoa.dv"],
        taker=people["ha.lt"],
        ends_at=timezone.localtime(story.now).replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=6),
        reason="Nghỉ phép năm",
        **story.who("khoa.dv", -1, 16),
    )
