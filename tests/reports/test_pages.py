"""Dashboards in the browser's eyes: every number leads to a list of exactly that many rows, and only staff see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.states import AssignmentStatus as S
from reports.selectors.readiness import occasion_matrix
from tests import make
from tests.reports.conftest import HOUR, counted, links, listed
from units.states import Role

PAGES = ["occasion_dashboard", "matrix", "print_report"]


def page_of(client, user, name, *args, query=""):
    client.force_login(user)
    response = client.get(reverse(f"reports:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def shown(client, user, name, *args, query=""):
    """{address: number} of a page, each already compared with the list behind it."""
    numbers = counted(page_of(client, user, name, *args, query=query))
    assert {href: listed(client, href) for _, href in numbers} == {href: number for number, href in numbers}
    return numbers


def test_numbers_of_the_dashboard(client, told, cast):
    numbers = sorted(number for number, _ in shown(client, cast.leader, "dashboard"))
    assert numbers == sorted([3, 1, 1, 1, 4, 2, 4])


def test_the_dashboard_names_the_worst_units(client, told, cast):
    page = page_of(client, cast.leader, "dashboard")
    worst = [(text, listed(client, href)) for href, text in links(page) if "don-vi=" in href]
    assert worst == [("Công ty Viễn thông Sao Biển", 2), ("Bưu điện tỉnh Hải Giang", 1)]


def test_numbers_of_an_occasion(client, told, cast):
    numbers = shown(client, cast.head, "occasion_dashboard", told.occasion.pk)
    assert [number for number, _ in numbers] == [3, 1, 1, 1, 4, 2, 4, 2, 2, 6, 1, 2, 5, 2]


def test_numbers_of_an_occasion_nobody_has_begun_are_zero_and_lead_to_nothing(client, told, cast):
    numbers = shown(client, cast.head, "occasion_dashboard", told.quiet.pk)
    assert [number for number, _ in numbers] == [0] * 7


@pytest.mark.parametrize(("query", "late", "lines"), [("", 3, [2, 1]), ("?loai=postal", 1, [1]), ("?tre=1", 3, [2, 1])])
def test_numbers_of_the_matrix(client, told, cast, query, late, lines):
    numbers = shown(client, cast.leader, "matrix", told.occasion.pk, query=query)
    assert [number for number, _ in numbers] == [late, *lines]


def test_every_cell_of_the_matrix_leads_to_its_rows(client, told, cast, now):
    """A cell of many days leads to all of them, or to the late ones where it says so; any other to its one demand."""
    page = page_of(client, cast.leader, "matrix", told.occasion.pk)
    matrix = occasion_matrix(told.occasion, now)
    cells = [cell for line in matrix.lines for cell in line.cells if cell]
    assert {(cell.url, cell.word) for cell in cells} <= set(links(page))
    folded = [(cell.word, listed(client, cell.url)) for cell in cells if "?" in cell.url]
    assert sorted(folded) == [("Hoàn thành", 3), ("Quá hạn", 1)]
    assert [client.get(cell.url).status_code for cell in cells] == [200] * 10


@pytest.mark.parametrize("role", ["focal", "stranger", "postal_focal"])
def test_numbers_on_the_desk_of_a_unit(client, told, cast, role):
    numbers = shown(client, getattr(cast, role), "home")
    expected = {"focal": [2, 4, 0], "stranger": [1, 2, 0], "postal_focal": [1, 2, 1]}
    assert [number for number, _ in numbers] == expected[role]


def test_numbers_on_the_desk_of_a_leader(client, told, cast):
    assert [number for number, _ in shown(client, cast.leader, "home")] == [3, 1, 1, 1, 4, 2, 4]


@pytest.mark.parametrize("name", PAGES)
def test_a_unit_sees_no_report(client, told, cast, name):
    unit_leader = make.person(Role.UNIT_LEADER, cast.telecom)
    for user in (cast.focal, unit_leader):
        client.force_login(user)
        assert client.get(reverse(f"reports:{name}", args=[told.occasion.pk])).status_code == 403
        assert client.get(reverse("reports:dashboard")).status_code == 403


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["specialist", "head", "leader", "clerk", "admin"])
def test_all_of_the_department_see_reports(client, told, cast, name, role):
    client.force_login(getattr(cast, role))
    assert client.get(reverse(f"reports:{name}", args=[told.occasion.pk])).status_code == 200
    assert client.get(reverse(f"reports:{name}", args=[10**9])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_reports_are_only_read(client, told, cast, name):
    client.force_login(cast.leader)
    assert client.post(reverse(f"reports:{name}", args=[told.occasion.pk])).status_code == 405


def grow(people, occasion, units, now):
    """That many units more, each with a late demand, one done and one waiting, from a paper of their own."""
    paper = make.dispatch(people, "issued", of=occasion)
    demands = [make.requirement(paper, str(n)) for n in range(3)]
    for unit in [make.unit() for _ in range(units)]:
        for demand, status in zip(demands, (S.SENT, S.CLOSED, S.SUBMITTED), strict=True):
            make.assignment(people, status, to=unit, of=demand, due_at=now - HOUR, occasion=occasion)


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", ["leader", "head", "specialist", "clerk", "admin", "focal"])
def test_pages_cost_the_same_queries_for_ten_and_a_hundred_units(client, told, cast, now, role):
    user = getattr(cast, role)
    client.force_login(user)
    addresses = [reverse("reports:home")]
    if role == "leader":
        addresses += [reverse("reports:dashboard")]
        addresses += [reverse(f"reports:{name}", args=[told.occasion.pk]) for name in PAGES[:2]]
    client.get(addresses[0])
    grow(cast, told.occasion, 10, now)
    few = {address: queries(client, address) for address in addresses}
    grow(cast, told.occasion, 90, now)
    for _ in range(4):
        grow(cast, make.occasion(), 1, now)
    assert {address: queries(client, address) for address in addresses} == few
    assert max(few.values()) <= 20
