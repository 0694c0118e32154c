"""Accounts, rights by period, signing authority: the administrator's alone, each with its sentence."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.units.test_units import CAST, refused, sentences
from units.models import Contact, Membership, SigningAuthority, UnitEntry, User
from units.services import contacts
from units.services import people as services
from units.services.grants import confirm_grant
from units.stamps import stamp
from units.states import Role, SignatureForm

pytestmark = pytest.mark.django_db
STRONG = "mat-khau-rat-dai-2026"


def fresh(user):
    """The person as the next request sees them."""
    return User.objects.get(pk=user.pk)


def newcomer(cast, now, **data):
    given = {
        "unit": cast.telecom,
        "role": Role.FOCAL,
        "username": "thanh.lam",
        "full_name": "Lâm Chí Thành",
        "email": "Thanh@SaoBien.example",
    }
    return services.create_user(actor=cast.admin, now=now, **given | data)


def deputy(cast, now, **data):
    given = {
        "user": cast.leader,
        "unit": cast.department,
        "form": SignatureForm.KT,
        "title": "Phó Giám đốc",
        "on_behalf_of": "Giám đốc",
        "valid_from": timezone.localdate(now),
    }
    return services.grant_authority(**{"actor": cast.admin, "now": now} | given | data)


VERBS = {
    "create_user": lambda cast, who, now: services.create_user(
        actor=who, now=now, unit=cast.telecom, role="focal", username="a.b", full_name="A B", email="a@b.example"
    ),
    "update_user": lambda cast, who, now: services.update_user(
        cast.clerk, actor=who, now=now, full_name="Ngô Mai", email=""
    ),
    "set_active": lambda cast, who, now: services.set_active(
        cast.clerk, actor=who, now=now, active=False, reason="nghỉ hưu"
    ),
    "grant_role": lambda cast, who, now: services.grant_role(
        cast.clerk, actor=who, now=now, unit=cast.division, role=Role.SPECIALIST
    ),
    "end_role": lambda cast, who, now: services.end_role(
        cast.clerk.memberships.get(), actor=who, now=now, on=timezone.localdate(now)
    ),
    "grant_authority": lambda cast, who, now: deputy(cast, now, actor=who),
    "end_authority": lambda cast, who, now: services.end_authority(
        cast.authority, actor=who, now=now, on=timezone.localdate(now)
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_administrator_may(cast, now, verb):
    did = set()
    for who in CAST:
        try:
            with transaction.atomic():
                VERBS[verb](cast, getattr(cast, who), now)
                did.add(who)
                raise RuntimeError
        except (PermissionDenied, RuntimeError):
            continue
    assert did == {"admin"}


@pytest.mark.parametrize("verb", VERBS)
def test_each_act_is_written_down_about_the_person(cast, now, verb):
    VERBS[verb](cast, cast.admin, now)
    entries = UnitEntry.objects.all()
    assert entries
    assert all((entry.actor, entry.at) == (cast.admin, now) and entry.user for entry in entries)


def test_an_account_comes_with_its_contact_and_its_first_right(cast, now):
    user = newcomer(cast, now, position="Trưởng phòng", phone="0912 345 678", is_focal=True)
    right = user.memberships.get()
    assert (right.unit, right.role, right.pending, right.granted_by) == (cast.telecom, "focal", True, cast.admin)
    assert fresh(user).roles() == frozenset(), "it waits for a second person"
    assert not user.has_usable_password()
    contact = user.contact
    assert (contact.unit, contact.name, contact.email, contact.phone, contact.is_focal, contact.position) == (
        cast.telecom,
        "Lâm Chí Thành",
        "thanh@saobien.example",
        "0912345678",
        True,
        "Trưởng phòng",
    )
    assert sentences(cast.telecom) == [
        "Lập tài khoản cho Lâm Chí Thành.",
        f"Giao vai trò Đầu mối cho Lâm Chí Thành từ {timezone.localdate(now):%d/%m/%Y}; chờ người thứ hai xác nhận.",
    ]
    assert not (user.is_staff or user.is_superuser)


def test_a_contact_with_that_address_becomes_the_accounts(cast, now):
    contact = contacts.save_contact(
        cast.telecom, actor=cast.admin, now=now, name="Anh Thành", email="thanh@saobien.example", phone="0912345678"
    )
    user = newcomer(cast, now)
    contact.refresh_from_db()
    assert (contact.user, contact.name, contact.phone) == (user, "Lâm Chí Thành", "0912345678")
    assert Contact.objects.filter(unit=cast.telecom).count() == 2


def test_people_log_in_by_name_or_address_in_any_case(cast, now, rf):
    user = newcomer(cast, now, password=STRONG, username="Thanh.Lam")
    assert user.username == "thanh.lam"
    for given in ({"username": "THANH.LAM"}, {"email": "THANH@saobien.EXAMPLE"}):
        assert authenticate(rf.post("/"), password=STRONG, **given) == user


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"username": "THANH.LAM"}, "username"),
        ({"username": "có dấu cách"}, "username"),
        ({"username": ""}, "username"),
        ({"email": "THANH@saobien.example"}, "email"),
        ({"email": ""}, "password"),
        ({"email": "x"}, "email"),
        ({"password": "ngan"}, "password"),
        ({"password": "123456789012345"}, "password"),
        ({"role": Role.CLERK}, "role"),
        ({"phone": "1"}, "phone"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_an_account_is_refused_whole(cast, now, data, field):
    newcomer(cast, now)
    before = User.objects.count(), Contact.objects.count(), UnitEntry.objects.count()
    given = {"username": "khac", "email": "khac@saobien.example"} | data
    assert field in refused(newcomer, cast, now, **given)
    assert (User.objects.count(), Contact.objects.count(), UnitEntry.objects.count()) == before


def test_a_recipients_role_is_not_for_the_department(cast, now):
    assert "role" in refused(newcomer, cast, now, unit=cast.division)
    newcomer(cast, now, unit=cast.division, role=Role.SPECIALIST)


def test_name_and_address_change_on_account_and_contact(cast, now):
    user = newcomer(cast, now)
    contacts.prove_contact(user.contact, actor=cast.admin, now=now)
    services.update_user(user, actor=cast.admin, now=now, full_name="Lâm Thành", email="lam@saobien.example")
    contact = fresh(user).contact
    assert (contact.name, contact.email, contact.email_proven_at) == ("Lâm Thành", "lam@saobien.example", None)
    assert [found.pk for found in User.objects.search("lam thanh")] == [user.pk]
    assert sentences(cast.telecom)[-1] == (
        "Sửa tài khoản của Lâm Thành: họ và tên từ “Lâm Chí Thành” thành “Lâm Thành”; thư điện tử."
    )
    taken = cast.clerk.email.upper()
    assert "email" in refused(services.update_user, user, actor=cast.admin, now=now, full_name="Lâm", email=taken)


def test_a_right_lasts_from_its_day_up_to_its_end(cast, now):
    first, last = date(2026, 3, 1), date(2026, 3, 11)
    right = services.grant_role(
        cast.clerk, actor=None, now=now, unit=cast.division, role=Role.HEAD, starts_on=first, ends_on=last
    )
    held = [day for day in range(-1, 12) if right in Membership.objects.on(first + timedelta(days=day))]
    assert held == list(range(10))


def test_the_same_right_is_not_given_twice_for_a_day(cast, now):
    def grant(start, end):
        return services.grant_role(
            cast.clerk, actor=cast.admin, now=now, unit=cast.division, role=Role.HEAD, starts_on=start, ends_on=end
        )

    grant(date(2026, 3, 1), date(2026, 4, 1))
    for start, end in [
        (date(2026, 3, 31), None),
        (date(2026, 2, 1), None),
        (date(2026, 2, 1), date(2026, 3, 2)),
        (date(2026, 3, 5), date(2026, 3, 6)),
    ]:
        assert "" in refused(grant, start, end)
    grant(date(2026, 2, 1), date(2026, 3, 1))
    grant(date(2026, 4, 1), None)


def test_an_ended_right_is_gone_at_once(cast, now):
    today = timezone.localdate(now)
    right = services.end_role(cast.clerk.memberships.get(), actor=cast.admin, now=now, on=today)
    assert fresh(cast.clerk).roles() == frozenset()
    assert "" in refused(services.end_role, right, actor=cast.admin, now=now, on=today)
    assert sentences(cast.department)[-1] == f"Kết thúc vai trò Văn thư của Ngô Thị Mai từ {today:%d/%m/%Y}."


def test_a_right_given_today_by_mistake_can_go_today(cast, now):
    right = services.grant_role(cast.focal, actor=None, now=now, unit=cast.rival, role=Role.FOCAL)
    assert (cast.rival.pk, "focal") in fresh(cast.focal).roles()
    services.end_role(right, actor=cast.admin, now=now, on=timezone.localdate(now))
    assert (cast.rival.pk, "focal") not in fresh(cast.focal).roles()
    assert len(sentences(cast.rival)) == 2


def test_the_last_administrator_stays(cast, now):
    today = timezone.localdate(now)
    right = cast.admin.memberships.get()
    assert "" in refused(services.end_role, right, actor=cast.admin, now=now, on=today)
    assert "" in refused(services.set_active, cast.admin, actor=None, now=now, active=False, reason="x")
    second = make.person(Role.ADMIN, cast.department)
    services.set_active(second, actor=cast.admin, now=now, active=False, reason="nghỉ")
    assert "" in refused(services.end_role, right, actor=cast.admin, now=now, on=today)
    services.set_active(second, actor=cast.admin, now=now, active=True, reason="về")
    services.end_role(right, actor=cast.admin, now=now, on=today)
    assert not fresh(cast.admin).has_role(Role.ADMIN)


def test_a_locked_account_is_out_at_once_even_with_an_open_session(client, cast, now):
    client.force_login(cast.clerk)
    page = reverse("units:unit_list")
    assert client.get(page).status_code == 200
    services.set_active(cast.clerk, actor=cast.admin, now=now, active=False, reason="mất máy")
    assert client.get(page).status_code == 302
    assert "reason" in refused(services.set_active, cast.clerk, actor=cast.admin, now=now, active=True, reason=" ")
    assert "" in refused(services.set_active, cast.clerk, actor=cast.admin, now=now, active=False, reason="x")
    assert "" in refused(services.set_active, cast.admin, actor=cast.admin, now=now, active=False, reason="x")


def test_signing_authority_is_given_and_taken(cast, now):
    today = timezone.localdate(now)
    authority = deputy(cast, now, actor=None)
    assert authority.lines() == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    ended = services.end_authority(authority, actor=cast.admin, now=now, on=today + timedelta(days=5))
    assert ended.valid_to == today + timedelta(days=5)
    assert "" in refused(services.end_authority, ended, actor=cast.admin, now=now, on=today + timedelta(days=6))
    services.end_authority(ended, actor=cast.admin, now=now, on=today)
    assert not SigningAuthority.objects.filter(pk=authority.pk).exists()
    assert sentences(cast.department)[0] == (
        f"Giao quyền ký “KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC” cho Trần Minh Quang từ {today:%d/%m/%Y}."
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"unit": "telecom"}, "unit"),
        ({"user": "focal"}, "valid_from"),
        ({"on_behalf_of": ""}, "__all__"),
        ({"title": ""}, "title"),
        ({"form": "XX"}, "form"),
        ({"valid_to": date(2020, 1, 1)}, "__all__"),
        ({"valid_from": date(2000, 1, 1)}, "valid_from"),
        ({"title": "PHÓ GIÁM ĐỐC"}, ""),
    ],
)
def test_signing_authority_is_refused(cast, now, data, field):
    deputy(cast, now)
    given = {name: getattr(cast, value) if name in ("unit", "user") else value for name, value in data.items()}
    assert field in refused(deputy, cast, now, **given)
    assert SigningAuthority.objects.count() == 2


def test_authority_a_paper_rests_on_is_ended_not_removed(cast, now):
    make.dispatch(cast)
    first_day = cast.authority.valid_from
    assert "" in refused(services.end_authority, cast.authority, actor=cast.admin, now=now, on=first_day)
    services.end_authority(cast.authority, actor=cast.admin, now=now, on=first_day + timedelta(days=1))


REFUSED_BY_DATABASE = {
    "one address on two accounts": lambda cast: User.objects.filter(pk=cast.clerk.pk).update(email=cast.head.email),
    "two open rights": lambda cast: Membership.objects.create(
        user=cast.clerk, unit=cast.department, role="clerk", starts_on=date(2026, 1, 1)
    ),
    "unknown role": lambda cast: cast.clerk.memberships.update(role="boss"),
    "a right of no day": lambda cast: cast.clerk.memberships.update(ends_on=cast.clerk.memberships.get().starts_on),
    "a signature for nobody": lambda cast: SigningAuthority.objects.update(form="KT", on_behalf_of=""),
    "authority of no day": lambda cast: SigningAuthority.objects.update(valid_to=cast.authority.valid_from),
    "one person, two contacts": lambda cast: Contact.objects.create(
        unit=cast.rival, user=cast.clerk, name="A", sort_key="a"
    ),
}


@pytest.mark.parametrize("what", REFUSED_BY_DATABASE)
def test_the_database_refuses(cast, what):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED_BY_DATABASE[what](cast)


def test_two_accounts_without_an_address_are_fine(cast):
    User.objects.filter(pk__in=[cast.clerk.pk, cast.head.pk]).update(email="")


def test_pages_make_change_and_end(client, cast):
    client.force_login(cast.admin)
    today = timezone.localdate()
    given = {
        "full_name": "Lâm Chí Thành",
        "unit": cast.telecom.pk,
        "role": "focal",
        "email": "thanh@saobien.example",
        "username": "Thanh.Lam",
        "phone": "0912 345 678",
        "is_focal": "on",
    }
    bad = client.post(reverse("units:person_new"), given | {"role": "clerk"})
    assert set(bad.context["form"].errors) == {"role"}
    answer = client.post(reverse("units:person_new"), given)
    person = User.objects.get(username="thanh.lam")
    assert answer.url == person.get_absolute_url()
    page = client.get(person.get_absolute_url()).content.decode()
    assert "Đầu mối" in page and "0912 345 678" in page

    role = {"unit": cast.rival.pk, "role": "duty", "starts_on": today.isoformat()}
    bad = client.post(
        reverse("units:role_new", args=[person.pk]), role | {"ends_on": (today - timedelta(days=1)).isoformat()}
    )
    assert set(bad.context["form"].errors) == {"ends_on"}
    assert client.post(reverse("units:role_new", args=[person.pk]), role).status_code == 302
    right = person.memberships.get(role="duty")
    confirm_grant(right, actor=cast.leader, now=timezone.now())
    client.post(reverse("units:role_end", args=[right.pk]), {"on": (today + timedelta(days=3)).isoformat()})
    right.refresh_from_db()
    assert right.ends_on == today + timedelta(days=3)

    client.post(
        reverse("units:person_edit", args=[person.pk]), {"full_name": "Lâm Thành", "email": "", "seen": stamp(person)}
    )
    assert fresh(person).email == ""
    client.post(reverse("units:person_lock", args=[person.pk]), {"reason": "nghỉ việc"})
    assert not fresh(person).is_active
    client.post(reverse("units:person_lock", args=[person.pk]), {"reason": "trở lại"})
    assert fresh(person).is_active

    sign = {"unit": cast.department.pk, "form": "KT", "title": "Phó Giám đốc", "valid_from": today.isoformat()}
    address = reverse("units:authority_new", args=[cast.leader.pk])
    assert client.post(address, sign).context["form"].errors
    assert client.post(address, sign | {"on_behalf_of": "Giám đốc"}).status_code == 302
    authority = cast.leader.signing_authorities.get(form="KT")
    assert '"nowrap">KT. GIÁM ĐỐC' not in client.get(cast.department.get_absolute_url()).content.decode(), "it waits"
    confirm_grant(authority, actor=make.person(Role.LEADER, cast.department), now=timezone.now())
    assert '"nowrap">KT. GIÁM ĐỐC' in client.get(cast.department.get_absolute_url()).content.decode()
    client.post(reverse("units:authority_end", args=[authority.pk]), {"on": (today + timedelta(days=1)).isoformat()})
    authority.refresh_from_db()
    assert authority.valid_to == today + timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"q": "minh quang"}, {"leader"}),
        ({"q": "TRẦN MINH"}, {"leader"}),
        ({"role": "clerk"}, {"clerk"}),
        ({"role": "focal", "q": "yen"}, {"focal"}),
        ({"state": "locked"}, {"stranger"}),
        ({"state": "none"}, {"postal_focal"}),
    ],
)
def test_the_list_is_searched_and_filtered(client, cast, now, given, found):
    for contact in Contact.objects.all():
        contacts.save_contact(contact.unit, actor=None, now=now, contact=contact, position="cán bộ")
    services.set_active(cast.stranger, actor=cast.admin, now=now, active=False, reason="x")
    services.end_role(cast.postal_focal.memberships.get(), actor=cast.admin, now=now, on=timezone.localdate(now))
    client.force_login(cast.admin)
    page = client.get(reverse("units:person_list"), given).context["page"]
    assert {person.pk for person in page.object_list} == {getattr(cast, name).pk for name in found}
