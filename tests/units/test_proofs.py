"""Whoever was not reached for a month stands in one list, seen by those who may, proven by one press, way by way."""

from datetime import timedelta

import pytest
from django.urls import reverse

from units.models import Contact

pytestmark = pytest.mark.django_db
URL = "units:proof_list"


@pytest.fixture
def proven(cast, now):
    """The stranger by both ways, the focal person by phone alone, the postal one never."""
    Contact.objects.filter(user=cast.stranger).update(phone_proven_at=now, email_proven_at=now)
    old = now - timedelta(days=31)
    Contact.objects.filter(user=cast.focal).update(phone_proven_at=now, email_proven_at=old)


def listed(client, user, **query):
    client.force_login(user)
    page = client.get(reverse(URL), query)
    return {contact.name: contact for contact in page.context["page"].object_list}


def test_the_list_holds_each_way_not_proven_for_whom_it_concerns(client, cast, proven):
    names = listed(client, cast.leader)
    assert {name: contact.stale for name, contact in names.items()} == {
        "Đặng Hải Yến": ["email"],
        "Hồ Ngọc Lan": ["phone", "email"],
    }
    assert names["Hồ Ngọc Lan"].shown_phone == "0900000000"
    hidden = listed(client, cast.specialist)["Hồ Ngọc Lan"]
    assert (hidden.shown_phone, hidden.may_prove) == ("", True)
    assert "0900" not in client.get(reverse(URL)).content.decode()
    assert set(listed(client, cast.focal)) == {"Đặng Hải Yến"} and not listed(client, cast.stranger)
    for query, found in (
        ({"way": "phone"}, {"Hồ Ngọc Lan"}),
        ({"way": "never"}, {"Hồ Ngọc Lan"}),
        ({"kind": "telecom"}, {"Đặng Hải Yến"}),
        ({"group": cast.group.pk}, {"Đặng Hải Yến"}),
        ({"q": "buu dien"}, {"Hồ Ngọc Lan"}),
        ({"group": "x" * 30, "way": "?"}, {"Đặng Hải Yến", "Hồ Ngọc Lan"}),
    ):
        assert set(listed(client, cast.leader, **query)) == found, query


def test_one_press_proves_what_was_tried_and_returns_to_the_list(client, cast, proven, now):
    contact = cast.postal_focal.contact
    client.force_login(cast.specialist)
    url = reverse("units:contact_prove", args=[contact.pk])
    answer = client.post(url, {"way": "phone", "listed": "q=lan\r\nX: y&page=2"})
    assert answer.status_code == 302 and answer.url.startswith(reverse(URL) + "?q=lan")
    assert listed(client, cast.leader)["Hồ Ngọc Lan"].stale == ["email"]
    client.force_login(cast.specialist)
    client.post(url, {"way": "all"})
    assert set(listed(client, cast.leader)) == {"Đặng Hải Yến"}
