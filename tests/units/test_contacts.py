"""People of a unit: kept by the Sở and by the unit itself, their numbers seen by few, reached and proven."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.units.test_units import CAST, refused, sentences
from units import rules
from units.models import Contact
from units.services import contacts as services
from units.services import people as accounts
from units.stamps import stamp
from units.states import Role

pytestmark = pytest.mark.django_db
PHONE = "0912345678"
SPOKEN = "0912 345 678"


@pytest.fixture
def bình(cast, now):
    """A person of the telecom without an account."""
    return services.save_contact(
        cast.telecom,
        actor=cast.specialist,
        now=now,
        name="Nguyễn  Văn Bình",
        position="Trưởng phòng",
        phone="+84 912 345 678",
        email="Binh@SaoBien.example",
        is_focal=True,
    )


def test_a_contact_is_added_with_its_sentence_and_without_its_number(cast, bình):
    assert (bình.name, bình.phone, bình.email) == ("Nguyễn Văn Bình", PHONE, "binh@saobien.example")
    assert sentences(cast.telecom) == ["Thêm Nguyễn Văn Bình vào danh bạ, nhận yêu cầu của Sở."]
    assert bình in Contact.objects.focal_of([cast.telecom])


def test_many_people_are_added_at_once_each_with_its_sentence(cast, now):
    given = [
        {"name": " Lý  Nam", "position": "Trưởng ca", "phone": "+84 912 345 678"},
        {"name": "Vũ An", "phone": PHONE},
    ]
    made = services.add_people(cast.telecom, given, actor=cast.focal, now=now)
    assert [(row.pk is not None, row.name, row.position, row.phone) for row in made] == [
        (True, "Lý Nam", "Trưởng ca", PHONE),
        (True, "Vũ An", "", PHONE),
    ]
    assert list(Contact.objects.filter(search_key="ly nam")) == made[:1]
    assert sentences(cast.telecom) == ["Thêm Lý Nam vào danh bạ.", "Thêm Vũ An vào danh bạ."]


@pytest.mark.parametrize("wrong", [{"phone": "091234567"}, {"phone": ""}, {"phone": PHONE, "position": "x" * 101}])
def test_one_wrong_among_many_is_named_and_nobody_is_added(cast, now, wrong):
    with pytest.raises(ValidationError) as caught:
        services.add_people(
            cast.telecom, [{"name": "Lý Nam", "phone": PHONE}, {"name": "Vũ An"} | wrong], actor=cast.focal, now=now
        )
    assert caught.value.messages[0].startswith("Vũ An: ")
    with pytest.raises(PermissionDenied):
        services.add_people(cast.telecom, [{"name": "Lý Nam", "phone": PHONE}], actor=cast.stranger, now=now)
    assert not Contact.objects.filter(name__in=["Lý Nam", "Vũ An"]).exists()
    assert sentences(cast.telecom) == []


def test_a_changed_number_has_not_been_proven(cast, now, bình):
    services.prove_contact(bình, actor=cast.leader, now=now)
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, position="Phó Giám đốc")
    bình.refresh_from_db()
    assert (bình.phone_proven_at, bình.email_proven_at) == (now, now)
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, phone="0987654321")
    bình.refresh_from_db()
    assert (bình.phone_proven_at, bình.email_proven_at) == (None, now)
    assert sentences(cast.telecom)[1:] == [
        "Đã liên lạc được với Nguyễn Văn Bình qua điện thoại và thư điện tử.",
        "Sửa thông tin của Nguyễn Văn Bình: chức vụ.",
        "Sửa thông tin của Nguyễn Văn Bình: điện thoại di động.",
    ]


def test_no_history_line_ever_holds_a_number_or_an_address(cast, now, bình):
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, phone="0987654321", email="b@c.example")
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, left_on=timezone.localdate(now))
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, left_on=None)
    user = accounts.create_user(
        actor=cast.admin,
        now=now,
        unit=cast.telecom,
        role=Role.FOCAL,
        username="moi",
        full_name="Người Mới",
        email="moi@saobien.example",
        phone="0911222333",
    )
    accounts.update_user(user, actor=cast.admin, now=now, full_name="Người Mới Hơn", email="hon@saobien.example")
    text = " ".join(sentences(cast.telecom))
    for secret in (PHONE, "0987654321", "0911222333", "@", "binh", "hon@"):
        assert secret not in text


def test_who_leaves_receives_nothing_more_and_may_come_back(cast, now, bình):
    today = timezone.localdate(now)
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, left_on=today)
    assert bình not in Contact.objects.focal_of([cast.telecom])
    assert "" in refused(services.prove_contact, bình, actor=cast.leader, now=now)
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=bình, left_on=None)
    assert bình in Contact.objects.focal_of([cast.telecom])
    assert sentences(cast.telecom)[1:] == [
        f"Nguyễn Văn Bình thôi làm đầu mối từ {today:%d/%m/%Y}.",
        "Nguyễn Văn Bình trở lại làm đầu mối.",
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"email": "không phải thư"}, "email"),
        ({"phone": "", "email": ""}, ""),
        ({"email": "binh@saobien.example"}, "__all__"),
    ],
)
def test_a_contact_is_refused(cast, now, bình, data, field):
    given = {"name": "Lê Văn Cường", "phone": "0987654321"} | data
    assert field in refused(services.save_contact, cast.telecom, actor=cast.head, now=now, **given)
    assert Contact.objects.filter(unit=cast.telecom).count() == 2


def test_nobody_leaves_in_the_future(cast, now, bình):
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    assert "left_on" in refused(
        services.save_contact, cast.telecom, actor=cast.head, now=now, contact=bình, left_on=tomorrow
    )


def test_name_and_mail_of_an_account_are_the_administrators(cast, now):
    contact = cast.focal.contact
    for data in ({"name": "Tên khác"}, {"email": "khac@saobien.example"}):
        assert "" in refused(services.save_contact, cast.telecom, actor=cast.head, now=now, contact=contact, **data)
    services.save_contact(cast.telecom, actor=cast.head, now=now, contact=contact, position="Giám đốc")
    contact.refresh_from_db()
    assert contact.position == "Giám đốc"


def test_a_contact_is_changed_through_its_own_unit_only(cast, now, bình):
    with pytest.raises(Contact.DoesNotExist):
        services.save_contact(cast.rival, actor=cast.stranger, now=now, contact=bình, name="Kẻ khác")


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (
            lambda cast, who, contact, now: services.save_contact(
                cast.telecom, actor=who, now=now, contact=contact, position="Khác"
            ),
            {"admin", "head", "specialist", "focal"},
        ),
        (
            lambda cast, who, contact, now: services.prove_contact(contact, actor=who, now=now),
            {"admin", "head", "specialist", "leader", "focal"},
        ),
    ],
    ids=["save", "prove"],
)
def test_who_may(cast, now, bình, act, allowed):
    did = set()
    for who in CAST:
        try:
            with transaction.atomic():
                act(cast, getattr(cast, who), bình, now)
                did.add(who)
                raise RuntimeError
        except (PermissionDenied, RuntimeError):
            continue
    assert did == allowed


@pytest.mark.parametrize(
    ("role", "inside", "may"),
    [(Role.UNIT_LEADER, False, True), (Role.FOCAL, False, True), (Role.DUTY, False, False)],
)
def test_only_focal_people_and_leaders_of_a_unit_keep_its_contacts(cast, role, inside, may):
    assert rules.can_edit_contacts(make.person(role, cast.telecom), cast.telecom) is may


def test_who_sees_a_personal_number(client, cast, bình):
    """Masked means absent: neither the digits nor the spoken form is anywhere in the page."""
    seen = {}
    for who in ["admin", "leader", "focal", "head", "specialist", "clerk"]:
        client.force_login(getattr(cast, who))
        html = client.get(cast.telecom.get_absolute_url()).content.decode()
        seen[who] = PHONE in html, SPOKEN in html, "Liên hệ qua đầu mối trực" in html
    shown, hidden = (True, True, False), (False, False, True)
    assert seen == {
        "admin": shown,
        "leader": shown,
        "focal": shown,
        "head": hidden,
        "specialist": hidden,
        "clerk": hidden,
    }


def test_the_department_hides_its_numbers_from_other_units(client, cast):
    client.force_login(cast.focal)
    html = client.get(cast.department.get_absolute_url()).content.decode()
    assert cast.leader.full_name in html
    assert "0900000000" not in html


def test_people_see_their_own_number(cast):
    assert rules.can_see_phone(cast.clerk, cast.clerk.contact)
    assert not rules.can_see_phone(cast.clerk, cast.specialist.contact)


def test_the_form_neither_shows_nor_loses_a_number_its_reader_may_not_see(client, cast, bình):
    address = reverse("units:contact_edit", args=[bình.pk])
    client.force_login(cast.specialist)
    html = client.get(address).content.decode()
    assert PHONE not in html and "Số đang lưu không hiện ở đây" in html
    given = {"name": bình.name, "position": "Giám đốc", "phone": "", "email": bình.email, "is_focal": "on"}
    assert client.post(address, given | {"seen": stamp(bình)}).status_code == 302
    bình.refresh_from_db()
    assert (bình.phone, bình.position) == (PHONE, "Giám đốc")
    client.post(address, given | {"phone": "0987 654 321", "seen": stamp(bình)})
    bình.refresh_from_db()
    assert bình.phone == "0987654321"
    client.force_login(cast.leader)
    assert client.get(address).status_code == 403
    client.force_login(cast.admin)
    assert "0987654321" in client.get(address).content.decode()
    client.post(address, given | {"seen": stamp(bình)})
    bình.refresh_from_db()
    assert bình.phone == ""


@pytest.mark.parametrize("name", ["Bình 0912345678", "a@b.example", "<b>A</b>/"])
def test_a_name_is_letters_only(client, cast, name):
    client.force_login(cast.specialist)
    answer = client.post(reverse("units:contact_new", args=[cast.telecom.pk]), {"name": name, "phone": PHONE})
    assert set(answer.context["form"].errors) == {"name"}


def test_pages_add_prove_and_take_leave(client, cast):
    client.force_login(cast.focal)
    page = cast.telecom.get_absolute_url()
    given = {"name": "Lê Văn Cường", "phone": "0987 654 321", "is_focal": "on"}
    answer = client.post(reverse("units:contact_new", args=[cast.telecom.pk]), given)
    assert (answer.status_code, answer.url) == (302, page)
    cường = Contact.objects.get(name="Lê Văn Cường")
    assert "Chưa kiểm tra" in client.get(page).content.decode()
    client.post(reverse("units:contact_prove", args=[cường.pk]))
    cường.refresh_from_db()
    assert cường.phone_proven_at and not cường.email_proven_at
    answer = client.post(reverse("units:contact_leave", args=[cường.pk]), {"left_on": "2099-01-01"})
    assert set(answer.context["form"].errors) == {"left_on"}
    client.post(reverse("units:contact_leave", args=[cường.pk]), {"left_on": timezone.localdate().isoformat()})
    cường.refresh_from_db()
    assert cường.left_on
    answer = client.post(reverse("units:contact_prove", args=[cường.pk]), follow=True)
    assert "Người này đã thôi làm đầu mối." in answer.content.decode()
    client.post(reverse("units:contact_return", args=[cường.pk]))
    cường.refresh_from_db()
    assert cường.left_on is None
    client.force_login(cast.stranger)
    assert client.post(reverse("units:contact_new", args=[cast.telecom.pk]), given).status_code == 404


def test_a_name_from_outside_is_never_markup(client, cast, now):
    services.save_contact(
        cast.telecom, actor=None, now=now, name="<script>alert(1)</script>", position="<b>x</b>", phone=PHONE
    )
    client.force_login(cast.admin)
    html = client.get(cast.telecom.get_absolute_url()).content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_the_database_refuses_one_address_twice_in_a_unit(cast, bình):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(unit=cast.telecom, name="A", sort_key="a", email=bình.email)
    bình.left_on = timezone.localdate()
    bình.save()
    Contact.objects.create(unit=cast.telecom, name="A", sort_key="a", email="binh@saobien.example")


def test_a_unit_without_a_focal_person_is_shown_as_such(client, cast):
    cast.focal.contact.is_focal = False
    cast.focal.contact.save()
    client.force_login(cast.leader)
    html = client.get(reverse("units:unit_list"), {"kind": "telecom", "q": "sao bien"}).content.decode()
    assert "Chưa có đầu mối" in html


def test_validation_messages_are_vietnamese(cast, now):
    with pytest.raises(ValidationError) as caught:
        services.save_contact(cast.telecom, actor=cast.head, now=now, name="A", email="x")
    assert caught.value.message_dict == {"email": ["Địa chỉ thư điện tử chưa hợp lệ."]}
