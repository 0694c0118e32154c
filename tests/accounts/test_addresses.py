"""No address opens without a login but those on a closed list, whatever is added later."""

import pytest
from django.urls import get_resolver, reverse

OPEN = {
    "healthz",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_activate",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "assignments:calendar_feed",
}
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


def patterns(resolver=None, space="", taken=()):
    """(name with its namespace, names of its arguments) of every address of the product."""
    for found in (resolver or get_resolver()).url_patterns:
        arguments = (*taken, *found.pattern.regex.groupindex)
        if hasattr(found, "url_patterns"):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from patterns(found, inner, arguments)
        else:
            yield f"{space}{found.name}", arguments


EVERY = sorted(patterns())


def address(name, arguments):
    return reverse(name, kwargs={argument: VALUES[argument] for argument in arguments})


def test_the_list_of_exceptions_names_only_what_exists():
    names = [name for name, _ in EVERY]
    assert set(names) >= OPEN
    assert len(names) > 100


@pytest.mark.parametrize(
    ("name", "arguments"), [entry for entry in EVERY if entry[0] not in OPEN], ids=lambda v: str(v)
)
def test_an_address_asks_for_login(client, db, name, arguments):
    url = address(name, arguments)
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code in (302, 405)
        if answer.status_code == 302:
            assert answer.url.startswith(f"{reverse('account_login')}?next=")


@pytest.mark.parametrize(("name", "arguments"), [entry for entry in EVERY if entry[0] in OPEN], ids=lambda v: str(v))
def test_an_open_address_answers_and_shows_nothing_of_the_house(client, cast, name, arguments):
    url = address(name, arguments)
    response = client.get(url, follow=True)
    assert response.status_code in (200, 404, 503)
    page = response.content.decode()
    assert cast.telecom.name not in page and cast.focal.full_name not in page
    assert client.post(url).status_code < 500
