"""The table of rights says something clear of every address; the gate closes what it does not open. No database."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from config import checks
from config.rights import gate, words
from config.rights import table as reading
from docs import rights
from units.states import Role

OBJECTS, LINES = reading.table()


class Person:
    """Somebody with these roles, each in unit 1."""

    is_authenticated = True

    def __init__(self, *roles):
        self.held = frozenset((1, role) for role in roles)

    def roles(self):
        return self.held


def answer(name, user, method="GET"):
    """What the gate says before the view: a status, or None where it lets the view speak."""
    match = SimpleNamespace(view_name=name)
    request = SimpleNamespace(resolver_match=match, method=method, user=user, get_full_path=lambda: "/o-day/")
    try:
        response = gate.Gate(None).process_view(request, None, (), {})
    except PermissionDenied:
        return 403
    except Http404:
        return 404
    return response and response.status_code


def test_every_address_has_its_line_and_every_line_its_address():
    """Fails with the name of an address that was added without a line in config/rights/table.txt."""
    assert reading.faults() == []


def test_every_role_is_named():
    """A new role stands in no line until somebody has thought about it."""
    named = {
        role
        for line in LINES.values()
        for held in (line.get or (), line.post or ())
        for one in held
        for role in one.roles
    }
    spoken = {
        word for line in LINES.values() for one in (line.get or ()) for word in one.said.partition("@")[0].split(",")
    }
    assert named == set(Role.values)
    assert {"staff", "any", "everyone", "public"} <= spoken


def test_a_line_or_an_address_without_the_other_is_told(monkeypatch):
    without = {name: line for name, line in LINES.items() if name != "units:unit_edit"}
    stale = LINES["units:unit_edit"]
    monkeypatch.setattr(reading, "table", lambda: (OBJECTS, without | {"units:unit_gone": stale}))
    missing, left = checks.check_rights(None)
    assert missing.msg.startswith("units:unit_edit has no line")
    assert left.msg.startswith("units:unit_gone names no address")
    assert {missing.id, left.id} == {"config.E006"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a | - | Xem | boss | -", "“boss” is no role"),
        ("a | - | Xem | head@desk | -", "“desk” is no relation"),
        ("a | - | Xem | @unit | -", "names nobody"),
        ("a | - | Xem | head[draft | -", "opens a bracket"),
        ("a | ship | Xem | head | -", "“ship” is no object"),
        ("a | - | Xem | head | - | | 500", "“500” is no answer"),
        ("a | - | Xem", "3 columns"),
        ("a | - | Xem | head | -\na | - | Xem | head | -", "line 2: a stands here a second time"),
    ],
)
def test_a_line_that_says_nothing_clear_is_refused(row, said):
    with pytest.raises(reading.BadTable, match=said):
        reading.read(row)


def test_an_address_without_a_line_is_refused_to_everybody():
    everything = Person(*Role.values)
    assert [answer("units:secret_page", everything, method) for method in ("GET", "POST", "PUT")] == [403, 403, 403]


def test_the_gate_asks_for_a_login_unless_the_table_says_public():
    nobody = SimpleNamespace(is_authenticated=False)
    assert answer("reports:home", nobody) == 302
    assert answer("account_login", nobody) is None


@pytest.mark.parametrize(
    ("name", "method", "roles", "said"),
    [
        ("units:person_list", "GET", ["leader"], 403),  # no row: nobody but the administrator
        ("units:person_list", "GET", ["leader", "admin"], None),
        ("plans:plan_detail", "GET", ["focal"], 404),  # plans do not exist for a recipient
        ("plans:plan_approve", "POST", ["head"], None),  # sees the plan: the view says 403
        ("assignments:rosters_print", "GET", ["duty"], 403),  # as the line says instead
        ("directives:register", "GET", ["duty"], 404),
        ("assignments:assignment_close", "POST", ["focal"], None),  # may know of the row: the view answers
        ("units:unit_detail", "GET", [], None),  # everyone, for the Sở's own units
        ("units:unit_new", "GET", [], 403),
        ("plans:plan_submit", "GET", ["head"], None),  # 405 is the view's to say
    ],
)
def test_the_gate_closes_what_no_role_opens(name, method, roles, said):
    assert answer(name, Person(*roles), method) == said


def test_the_page_of_rights_is_up_to_date():
    """`python -m docs.rights` writes it anew."""
    assert rights.PAGE.read_text(encoding="utf-8") == rights.page()


@pytest.mark.parametrize("role", Role.values)
def test_each_role_is_told_in_words_what_is_theirs_and_nothing_else(role):
    """What the page shows of a role is what some holder of the line names, word for word of the table."""
    for line in LINES.values():
        held = [*(line.get or ()), *(line.post or ())]
        theirs = any(not one.roles or role in one.roles for one in held)
        theirs &= not line.object or any(not one.roles or role in one.roles for one in line.object.seen_by)
        assert (words.for_rights(line, [(role, "VT Sao Biển")]) is not None) == theirs, line.name


def test_the_words_name_unit_state_and_person():
    submit, feed = LINES["assignments:assignment_submit"], LINES["assignments:calendar_feed"]
    focal = words.for_rights(submit, [(Role.FOCAL, "VT Sao Biển")])
    assert (focal.get, focal.post) == ("Chỉ nhiệm vụ của VT Sao Biển", words.ALIKE)
    assert focal.when == "đã tiếp nhận"
    assert words.for_rights(submit, [(Role.CLERK, "SKHCN")]) is None
    assert words.for_rights(LINES["plans:plan_edit"], [(Role.FOCAL, "VT Sao Biển")]) is None  # whoever wrote it
    returned = words.for_rights(LINES["directives:dispatch_return"], [(Role.CLERK, "SKHCN")])
    assert "được (khi đã ký, chờ cấp số)" in returned.get
    assert "nếu là người soạn, người lập, khi chờ xem xét" in returned.get
    assert words.for_everybody(feed).get == "Bất kỳ ai, không cần đăng nhập"
