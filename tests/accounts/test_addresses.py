"""No address opens without a login but those that the table of rights calls public, and what these show."""

import pytest
from django.urls import reverse

from config.rights.table import addresses, table

OPEN = {name for name, line in table()[1].items() if line.is_public()}
VALUES = {
    "pk": 1,
    "unit": 1,
    "occasion": 1,
    "shift": 1,
    "page": 1,
    "uidb36": "1",
    "key": "khong-co",
    "token": "khong-co",
}


EVERY = sorted(addresses())


def address(name, arguments):
    return reverse(name, kwargs={argument: VALUES[argument] for argument in arguments})


def test_the_open_addresses_are_these():
    """Whoever opens another one says so here too: it is seen by the whole Internet."""
    assert {name.partition("_")[0] for name in OPEN} == {"healthz", "account", "mfa", "assignments:calendar"}
    assert len(OPEN) == 16 and len(EVERY) > 100


@pytest.mark.parametrize(("name", "arguments"), [entry for entry in EVERY if entry[0] in OPEN], ids=lambda v: str(v))
def test_an_open_address_answers_and_shows_nothing_of_the_house(client, cast, name, arguments):
    url = address(name, arguments)
    response = client.get(url, follow=True)
    assert response.status_code in (200, 404, 503)
    page = response.content.decode()
    assert cast.telecom.name not in page and cast.focal.full_name not in page
    assert client.post(url).status_code < 500


@pytest.mark.parametrize("who", ["nobody", "somebody locked out"])
def test_every_address_asks_for_a_login_but_the_public_ones(client, db, cast, who):
    if who == "somebody locked out":
        client.force_login(cast.admin)
        type(cast.admin).objects.filter(pk=cast.admin.pk).update(is_active=False)
    wrong = {}
    for name, arguments in EVERY:
        url = address(name, arguments)
        for method, asked in (("get", client.get), ("post", client.post)):
            response = asked(url)
            at_the_door = response.status_code == 302 and response.url.startswith(f"{reverse('account_login')}?next=")
            if (name in OPEN) == at_the_door and response.status_code != 405:
                wrong[name, method] = response.status_code
    assert wrong == {}
