"""Reorganisations: entered whole or not at all, each refusal by its reason, in force on their day, withdrawn before it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests import make
from units import selectors
from units.models import (
    Contact,
    GroupMember,
    Membership,
    Reorganisation,
    SigningAuthority,
    Succession,
    Unit,
    UnitCode,
    UnitEntry,
)
from units.reorganising import NewUnit, Order
from units.selectors import kin
from units.selectors.reorganisation import hanging, orphans, picture
from units.services.reorganisation import reorganise
from units.services.settling import settle_act, withdraw_act
from units.services.units import create_unit, end_unit, rename_unit, restore_unit, update_unit
from units.states import LineKind, Role, UnitKind
from units.sweeps import refresh_unit_names

pytestmark = pytest.mark.django_db
BASIS = "Quyết định 15/QĐ-UBND ngày 01/7/2026"


@pytest.fixture
def today(now):
    return timezone.localdate(now)


def enter(cast, now, order, *, actor="head", on=None, kind="merge", **more):
    on = on or timezone.localdate(now)
    return reorganise(order, actor=getattr(cast, actor), now=now, kind=kind, on=on, **{"basis": BASIS, **more})


def codes(caught):
    return {each.code for each in caught.value.error_list}


def merged(cast):
    """Two companies become a new one."""
    new = NewUnit("Tổng công ty Viễn thông Hải Giang", UnitKind.TELECOM, "VTHG", codes=(("code", "H99.7"),))
    return Order(new={"n": new}, ends={cast.telecom.pk: ["n"], cast.rival.pk: ["n"]})


def test_a_merger_leaves_nothing_behind(cast, now, today):
    """People, rights (proposed), seats in groups and subordinate units go to the heir; the old names stay findable."""
    below = make.unit(name="Trung tâm Sao Biển", parent=cast.telecom)
    seat = make.group("Nhóm chọn tay", kind="", members=[cast.telecom, cast.postal])
    leaving = make.person(Role.DUTY, cast.rival, "Lê Thôi Việc").contact
    before = set(Contact.objects.current().filter(unit__in=[cast.telecom, cast.rival])) - {leaving}
    held = set(Membership.objects.filter(unit__in=[cast.telecom, cast.rival]).values_list("user", "role"))
    act = enter(cast, now, merged(cast), leaving=[leaving.pk])
    heir = Unit.objects.get(name="Tổng công ty Viễn thông Hải Giang")
    assert act.settled_at == now and (heir.code, heir.valid_from) == ("H99.7", today)
    assert set(heir.contacts.all()) == before
    leaving.refresh_from_db()
    assert (leaving.unit, leaving.left_on) == (cast.rival, today)
    proposed = heir.memberships.all()
    assert {(row.user_id, row.role) for row in proposed} == held
    assert all(row.pending and row.granted_by == cast.head and row.starts_on == today for row in proposed)
    assert not Membership.objects.current().filter(unit__in=[cast.telecom, cast.rival, heir]).exists()
    below.refresh_from_db()
    assert below.parent == heir
    assert list(selectors.group_units(seat, today)) == [cast.postal, heir]
    assert set(selectors.units_of([seat], [], today - timedelta(days=1))) == {cast.telecom, cast.postal}
    assert orphans(today) == []
    assert set(Succession.objects.values_list("from_unit", "to_unit", "act")) == {
        (cast.telecom.pk, heir.pk, act.pk),
        (cast.rival.pk, heir.pk, act.pk),
    }
    for words in ("sao bien", "canh buom"):
        assert [each.name for each in Unit.objects.search(words).filter(kind="telecom", valid_to=today)]
    assert [each.unit for each in kin.heirs_of(cast.telecom)] == [heir]
    assert {each.unit for each in kin.forebears_of(heir)} == {cast.telecom, cast.rival}


def test_a_retroactive_act_takes_nobody_out_of_the_past(cast, now, today):
    """Rights really held until today end today, not before they began."""
    enter(cast, now, Order(ends={cast.telecom.pk: []}), on=today - timedelta(days=200), kind="end")
    right = cast.focal.memberships.get()
    assert (right.starts_on, right.ends_on) == (today - timedelta(days=30), today)
    assert not cast.telecom.contacts.current().exists() and orphans(today) == []


def test_an_act_to_come_waits_for_its_day_and_is_right_for_days_after_it(cast, now, today):
    day = today + timedelta(days=20)
    seat = make.group("Nhóm chọn tay", kind="", members=[cast.telecom])
    act = enter(cast, now, merged(cast), on=day)
    heir = Unit.objects.get(valid_from=day)
    assert (act.settled_at, cast.telecom.contacts.current().exists(), heir.code) == (None, True, "")
    assert list(selectors.group_units(seat, day)) == [heir]
    assert list(selectors.group_units(seat, today)) == [cast.telecom]
    assert cast.focal.memberships.current().count() == 1
    refresh_unit_names(now=now + timedelta(days=20))
    act.refresh_from_db()
    heir.refresh_from_db()
    assert act.settled_at == now + timedelta(days=20) and heir.code == "H99.7"
    assert not cast.telecom.contacts.current().exists() and heir.contacts.exists()
    assert settle_act(act, now=now + timedelta(days=21)).settled_at == act.settled_at


def everything(cast):
    return [
        list(
            Unit.objects.exclude(name__startswith="Tổng công ty")
            .order_by("pk")
            .values_list("pk", "name", "valid_to", "parent", "code")
        ),
        list(Membership.objects.order_by("pk").values_list("pk", "unit", "ends_on")),
        list(UnitCode.objects.order_by("pk").values_list("unit", "value", "valid_to")),
        list(cast.telecom.periods.values_list("name", "valid_to")),
        list(Succession.objects.values_list("from_unit")),
    ]


def test_an_act_to_come_is_withdrawn_whole(cast, now, today):
    day = today + timedelta(days=20)
    update_unit(cast.postal, actor=cast.head, now=now, code="H12.1")
    seat = make.group("Nhóm chọn tay", kind="", members=[cast.telecom])
    before = everything(cast)
    order = merged(cast)
    order.names = {cast.postal.pk: ("Bưu điện Hải Giang mới", "")}
    order.codes = {cast.postal.pk: {"code": "H12.2"}}
    act = enter(cast, now, order, on=day)
    assert everything(cast) != before
    for reason, code in ((" ", "required"), ("nhầm ngày", None)):
        if code:
            with pytest.raises(ValidationError):
                withdraw_act(act, actor=cast.head, now=now, reason=reason)
        else:
            act = withdraw_act(act, actor=cast.head, now=now, reason=reason)
    assert everything(cast) == before and list(selectors.group_units(seat, day)) == [cast.telecom]
    never = Unit.objects.get(name__startswith="Tổng công ty")
    assert not Unit.objects.active_on(today).filter(pk=never.pk) | Unit.objects.active_on(day).filter(pk=never.pk)
    assert act.lines.filter(kind=LineKind.HEIR).count() == 2
    refresh_unit_names(now=now + timedelta(days=20))
    assert everything(cast) == before
    with pytest.raises(ValidationError) as caught:
        withdraw_act(act, actor=cast.head, now=now, reason="lần nữa")
    assert codes(caught) == {"withdrawn"}


def test_a_withdrawal_restores_what_the_act_did_and_nothing_else(cast, now, today):
    """Ends of their own, rights that wait or begin later, the heir's own seat and right of that day: all as before."""
    day, unit, heir = today + timedelta(days=20), cast.division, make.unit(UnitKind.DIVISION, "Phòng Công nghệ số")
    confirmed = {"granted_by": cast.head, "confirmed_by": cast.admin, "confirmed_at": now, "granted_at": now}

    def right(role, of=unit, starts=today, ends=None, **more):
        person = more.pop("user", None) or make.person(Role.DUTY, cast.postal)
        return Membership.objects.create(user=person, unit=of, role=role, starts_on=starts, ends_on=ends, **more)

    later = right(Role.SPECIALIST, ends=day + timedelta(days=9), **confirmed)
    that_day = right(Role.SPECIALIST, ends=day)
    right(Role.SPECIALIST, of=heir, starts=day, user=that_day.user)
    right(Role.SPECIALIST, pending=True, granted_by=cast.head, granted_at=now)
    to_come = right(Role.CLERK, starts=day + timedelta(days=3), ends=day + timedelta(days=8), **confirmed)
    for form, ends in (("none", None), ("Q", day), ("KT", day + timedelta(days=5))):
        signs = make.authority(cast.head, unit, form=form, on_behalf_of="GIÁM ĐỐC" if form == "KT" else "")
        SigningAuthority.objects.filter(pk=signs.pk).update(valid_to=ends)
    make.group("Nhóm có cả hai", kind="", members=[unit])
    GroupMember.objects.create(group=cast.group, unit=heir, since=day)

    def rows():
        return [list(model.objects.order_by("pk").values()) for model in (Membership, SigningAuthority, GroupMember)]

    before = rows()
    act = enter(cast, now, Order(ends={unit.pk: [heir.pk]}), actor="specialist", on=day)
    later.refresh_from_db()
    assert later.ends_on == day and not Membership.objects.filter(pk=to_come.pk).exists()
    assert all(was != given for was, given in zip(before, rows(), strict=True))
    withdraw_act(act, actor=cast.specialist, now=now, reason="nhầm")
    assert rows() == before

    act = enter(cast, now, Order(ends={unit.pk: [heir.pk]}), actor="specialist", on=day)
    Membership.objects.filter(pk=later.pk).update(ends_on=today + timedelta(days=1))
    anew = right(Role.CLERK, starts=day - timedelta(days=1), user=to_come.user, ends=None)
    withdraw_act(act, actor=cast.specialist, now=now, reason="nhầm lần nữa")
    later.refresh_from_db()
    assert later.ends_on == today + timedelta(days=1)  # ended by somebody meanwhile: stays ended
    assert list(Membership.objects.filter(user=to_come.user, unit=unit)) == [anew]


def test_acts_resting_on_one_another_are_withdrawn_last_first(cast, now, today):
    """On a unit it founds, on a name it gives; and an ending to come is withdrawn, not restored piecemeal."""
    before, day = everything(cast), today + timedelta(days=20)
    first = enter(cast, now, merged(cast), on=day)
    heir = Unit.objects.get(valid_from=day)
    named = enter(cast, now, Order(names={cast.postal.pk: ("Bưu điện mới", "")}), on=day, kind="rename")
    names = {cast.postal.pk: ("Bưu điện mới hơn", ""), heir.pk: ("Tổng công ty khác", "")}
    last = enter(cast, now, Order(names=names), on=day + timedelta(days=1), kind="rename")
    entered = everything(cast)
    refused = [lambda act=act: withdraw_act(act, actor=cast.head, now=now, reason="nhầm") for act in (first, named)]
    refused.append(lambda: restore_unit(cast.telecom, actor=cast.head, now=now, reason="nhầm"))
    found = []
    for verb in refused:
        with pytest.raises(ValidationError) as caught:
            verb()
        found += codes(caught)
    assert found == ["rested_on", "rested_on", "to_come"] and everything(cast) == entered
    for act in (last, named, first):
        withdraw_act(act, actor=cast.head, now=now, reason="nhầm")
    assert everything(cast) == before
    with pytest.raises(ValidationError, match="chưa từng thành lập"):
        restore_unit(heir, actor=cast.head, now=now, reason="nhầm")


def test_whom_the_heir_knows_is_not_entered_twice_and_both_are_told(cast, now, today):
    """The entry with the account stays; the other one leaves with its line of history."""
    Contact.objects.filter(user=cast.focal).update(email="a@x.example")
    keys = {"sort_key": "x", "search_key": "x"}
    twin = Contact.objects.create(unit=cast.rival, name="Người Trùng", email="a@x.example", **keys)
    enter(cast, now, Order(ends={cast.telecom.pk: [cast.rival.pk]}))
    twin.refresh_from_db()
    assert (twin.left_on, cast.rival.contacts.current().get(email="a@x.example").user) == (today, cast.focal)
    assert UnitEntry.objects.filter(unit=cast.rival, what__startswith="Người Trùng thôi làm đầu mối").exists()


def test_an_act_in_force_is_mended_unit_by_unit(cast, now):
    act = enter(cast, now, merged(cast))
    with pytest.raises(ValidationError) as caught:
        withdraw_act(act, actor=cast.head, now=now, reason="nhầm")
    assert codes(caught) == {"in_force"}
    restore_unit(cast.telecom, actor=cast.head, now=now, reason="nhầm đơn vị")
    assert act.lines.filter(unit=cast.telecom, kind=LineKind.HEIR).exists()


def test_only_keepers_and_only_with_a_basis(cast, now):
    for who in ("leader", "clerk", "focal", "stranger"):
        with pytest.raises(PermissionDenied):
            enter(cast, now, merged(cast), actor=who)
    act = enter(cast, now, Order(ends={cast.postal.pk: []}), on=timezone.localdate(now) + timedelta(days=9))
    with pytest.raises(PermissionDenied):
        withdraw_act(act, actor=cast.leader, now=now, reason="x")
    with pytest.raises(ValidationError, match="căn cứ"):
        enter(cast, now, merged(cast), basis=" ")


def new(name="Đơn vị mới", **more):
    return NewUnit(name, UnitKind.TELECOM, **more)


ORDERS = {
    "empty": lambda c: Order(new={"n": new()}),
    "missing": lambda c: Order(ends={999_999: []}),
    "ended": lambda c: Order(names={c.gone.pk: ("Tên khác", "")}),
    "too_early": lambda c: Order(names={c.young.pk: ("Tên khác", "")}),
    "own": lambda c: Order(ends={c.department.pk: [c.postal.pk]}),
    "twice": lambda c: Order(ends={c.telecom.pk: []}, names={c.telecom.pk: ("Tên khác", "")}),
    "itself": lambda c: Order(parts={c.telecom.pk: [c.telecom.pk]}),
    "circle": lambda c: Order(ends={c.telecom.pk: [c.rival.pk], c.rival.pk: [c.telecom.pk]}),
    "circle above": lambda c: Order(above={c.province.pk: c.division.pk}),
    "gone": lambda c: Order(ends={c.telecom.pk: [c.gone.pk]}),
    "gone above": lambda c: Order(above={c.telecom.pk: c.gone.pk}),
    "awaited": lambda c: Order(ends={c.division.pk: []}),
    "told": lambda c: Order(parts={c.postal.pk: [c.rival.pk]}),
    "no_name": lambda c: Order(new={"n": new(" ")}, ends={c.telecom.pk: ["n"]}),
    "same_name": lambda c: Order(names={c.telecom.pk: (c.telecom.name, c.telecom.short_name)}),
    "kind": lambda c: Order(new={"n": NewUnit("Sở thứ hai", UnitKind.OWN)}, ends={c.telecom.pk: ["n"]}),
    "same_new": lambda c: Order(new={"a": new(), "b": new()}, ends={c.telecom.pk: ["a", "b"]}),
    "same_code": lambda c: Order(new={"n": new(codes=(("code", "H7.7"),))}, ends={c.telecom.pk: ["n"]}),
    "too_long": lambda c: Order(new={"n": new("A" * 201)}, ends={c.telecom.pk: ["n"]}),
    "too_long code": lambda c: Order(codes={c.telecom.pk: {"code": "H" * 36}}),
    "same_code twice": lambda c: Order(codes={c.telecom.pk: {"code": "H8"}, c.rival.pk: {"code": "H8"}}),
}


def test_each_order_that_cannot_be_is_refused_by_its_reason_and_writes_nothing(cast, now, today):
    cast.gone = make.unit(name="Công ty đã giải thể", valid_to=today - timedelta(days=9))
    cast.young = create_unit(actor=None, now=now, kind="telecom", name="Công ty mới lập", valid_from=today)
    update_unit(cast.postal, actor=None, now=now, code="H7.7")
    Succession.objects.create(from_unit=cast.postal, to_unit=cast.rival, on=today)
    Succession.objects.create(from_unit=cast.postal, to_unit=cast.division, on=today + timedelta(days=1))
    before, found = everything(cast), {}
    for name, make_order in ORDERS.items():
        with pytest.raises(ValidationError) as caught:
            enter(cast, now, make_order(cast))
        found[name] = codes(caught)
    assert {name: name.split()[0] in each for name, each in found.items()} == dict.fromkeys(ORDERS, True), found
    assert everything(cast) == before and not Reorganisation.objects.exists()


def test_a_preview_on_which_something_changed_writes_nothing(cast, now, today):
    order = merged(cast)
    seen = picture(order, hanging(order, today))
    newcomer = make.person(Role.DUTY, cast.telecom)
    with pytest.raises(ValidationError) as caught:
        enter(cast, now, order, seen=seen)
    assert codes(caught) == {"stale"} and newcomer.contact.unit == cast.telecom
    enter(cast, now, order, seen=picture(order, hanging(order, today)))


def test_what_hangs_costs_the_same_for_many_units(cast, now, today, django_assert_num_queries):
    ends = {make.unit(name=f"Đơn vị {n}").pk: [cast.postal.pk] for n in range(8)} | {cast.telecom.pk: [cast.postal.pk]}
    order = Order(ends=ends)
    with django_assert_num_queries(7):
        assert len(hanging(order, today)) == 9
    with django_assert_num_queries(5):
        orphans(today)


def test_a_split_asks_who_goes_where_and_says_what_is_left(cast, now, today):
    """With several heirs and no main one, people wait for somebody's decision, and the check says so."""
    order = Order(ends={cast.telecom.pk: [cast.rival.pk, cast.postal.pk]})
    enter(cast, now, order)
    left = {(each.unit, each.what) for each in orphans(today)}
    assert (cast.telecom, "đầu mối chưa chuyển") in left and (cast.telecom, "vai trò chưa kết thúc") in left
    Membership.objects.filter(unit=cast.telecom).update(ends_on=today)
    Contact.objects.filter(unit=cast.telecom).update(unit=cast.postal)
    assert orphans(today) == []


def test_codes_have_periods_and_pass_from_one_unit_to_another(cast, now, today):
    """A paper of an earlier day shows the code of that day; any code finds its unit, old form or new."""
    update_unit(cast.telecom, actor=None, now=now, code="H51.1", old_code="000.00.15.H51")
    update_unit(cast.rival, actor=None, now=now, code="H51.2", area_code="29242")
    cast.telecom.refresh_from_db()
    cast.rival.refresh_from_db()
    swap = Order(codes={cast.telecom.pk: {"code": "H51.2"}, cast.rival.pk: {"code": "H51.1"}})
    enter(cast, now, swap, kind="rename", on=today - timedelta(days=1))
    assert dict(Unit.objects.filter(pk__in=[cast.telecom.pk, cast.rival.pk]).values_list("pk", "code")) == {
        cast.telecom.pk: "H51.2",
        cast.rival.pk: "H51.1",
    }
    then = kin.in_force_on(cast.telecom.codes.filter(scheme="code"), today - timedelta(days=2))
    assert then.get().value == "H51.1"
    assert {each.pk for each in Unit.objects.search("H51.1")} == {cast.telecom.pk, cast.rival.pk}
    assert [each.pk for each in Unit.objects.search("000.00.15.h51")] == [cast.telecom.pk]
    heir = NewUnit("Công ty kế thừa mã", UnitKind.TELECOM, codes=(("area_code", "29242"),))
    enter(cast, now, Order(new={"n": heir}, ends={cast.rival.pk: ["n"]}))
    assert Unit.objects.get(area_code="29242").name == "Công ty kế thừa mã"
    assert cast.rival.codes.get(scheme="area_code").valid_to == today


def test_mending_a_unit_before_the_day_leaves_the_code_to_come(cast, now, today):
    """Its address or today's code is mended; the code of the act stays, and nobody else may take it."""
    update_unit(cast.telecom, actor=None, now=now, code="H51.1")
    day = today + timedelta(days=20)
    enter(cast, now, Order(codes={cast.telecom.pk: {"code": "H51.7"}}), kind="rename", on=day)
    enter(cast, now, merged(SimpleNamespace(telecom=cast.rival, rival=cast.postal)), on=day)
    heir = Unit.objects.get(valid_from=day)
    for unit in (cast.telecom, heir):
        update_unit(unit, actor=None, now=now, address="Số 1")
    update_unit(cast.telecom, actor=None, now=now, code="H51.2")
    with pytest.raises(ValidationError, match="thuộc về"):
        update_unit(cast.province, actor=None, now=now, code="H51.7")
    refresh_unit_names(now=now + timedelta(days=20))
    cast.telecom.refresh_from_db()
    heir.refresh_from_db()
    assert (cast.telecom.code, heir.code) == ("H51.7", "H99.7")
    assert [row.value for row in kin.codes_of(cast.telecom)] == ["H51.7", "H51.2"]


def test_the_letterhead_is_of_its_day(cast, now, today):
    """The department renamed, and the province above it merged into another: papers before keep both old names."""
    province = NewUnit("Ủy ban nhân dân tỉnh Hải Giang mới", UnitKind.SUPERIOR, "UBND")
    order = Order(
        new={"n": province},
        ends={cast.province.pk: ["n"]},
        names={cast.department.pk: ("Sở Khoa học, Công nghệ và Số", "SKHCNS")},
    )
    enter(cast, now, order)
    cast.department.refresh_from_db()
    assert kin.letterhead(cast.department, today) == ("Sở Khoa học, Công nghệ và Số", province.name)
    assert kin.letterhead(cast.department, today - timedelta(days=1)) == (
        "Sở Khoa học và Công nghệ",
        "Ủy ban nhân dân tỉnh Hải Giang",
    )
    assert orphans(today) == []


def test_the_database_keeps_an_act_as_it_was_entered(cast, now):
    act = enter(cast, now, merged(cast))
    changes = (
        lambda: Reorganisation.objects.filter(pk=act.pk).update(basis="khác"),
        lambda: Reorganisation.objects.filter(pk=act.pk).update(withdrawn_at=now, withdrawn_reason="x"),
        lambda: act.lines.update(before="khác"),
        lambda: act.lines.all()._raw_delete("default"),
        lambda: UnitCode.objects.create(unit=cast.postal, scheme="code", value="H99.7"),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_day_and_the_heirs_of_single_acts_are_known_to_the_line(cast, now, today):
    """Three steps in time: renamed, ended, its heir ended."""
    rename_unit(
        cast.telecom, actor=None, now=now, name="Viễn thông Hải Âu", short_name="", on=today - timedelta(days=9)
    )
    end_unit(cast.telecom, actor=None, now=now, on=today - timedelta(days=5), successors=[cast.rival])
    end_unit(cast.rival, actor=None, now=now, on=today, successors=[cast.postal])
    assert [(each.unit, each.step, each.on) for each in kin.heirs_of(cast.telecom)] == [
        (cast.rival, 1, today - timedelta(days=5)),
        (cast.postal, 2, today),
    ]
    assert kin.name_on(cast.telecom, today - timedelta(days=10)) == "Công ty Viễn thông Sao Biển"
