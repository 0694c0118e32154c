"""Addresses of pages, looked up once for each name: `reverse` searches the whole map every time, and a list has fifty rows."""

from functools import cache

from django.urls import reverse

_KEY = 7070707


@cache
def _halves(name):
    before, after = reverse(name, args=[_KEY]).split(str(_KEY))
    return before, after


@cache
def address(name):
    """The address of a page that has no variables."""
    return reverse(name)


def address_of(name, key):
    """The address of the page of one row, whose only variable is the row's key."""
    before, after = _halves(name)
    return f"{before}{key:d}{after}"
