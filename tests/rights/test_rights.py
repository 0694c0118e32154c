"""Every role × every address × every state × GET and POST: the product answers what the table of rights says.

The views are asked directly, with bare templates and without the gate (`test_rights_table`), so that each rule must hold by
itself. Whoever is refused must not have written a single row; an act in a state that is not its own neither."""

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.test import override_settings
from django.urls import resolve, reverse
from django_htmx.middleware import HtmxDetails

from config.rights.table import PERSONAL, addresses, table
from tests.crawl.specimens import ASKED, COUNTS, PEOPLE, Specimen, people, specimens
from units.states import Role

OBJECTS, LINES = table()
ARGUMENTS = dict(sorted(addresses()))
IN, DENIED, HIDDEN, CLOSED = "let in", 403, 404, 405
UNUSED = Specimen(None, frozenset())
WRITES = ("INSERT", "UPDATE", "DELETE")
LOOK = 'INSERT INTO "directives_dispatchlook"'  # who read a paper is noted whatever they then wanted of it
BARE = {"BACKEND": "tests.crawl.bare.Bare", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}
SHOWN = HttpResponse(b"")
PRINTED = [  # what draws or reads a file, which decides nothing here
    "directives.views.files.show_pdf",
    "directives.views.files.send_word",
    "directives.views.files.serve",
    "plans.views.bases.serve",
    "assignments.views.detail.serve",
    "assignments.views.prints.show_pdf",
    "reports.views.show_pdf",
]
QUIET = {
    "directives.views.pages.leaves": (),
    "directives.views.pages.picture": (b"", "image/png"),
    "directives.views.access.unprintable": "",
    "assignments.views.sheets.template": b"",
}


class Said(BaseStorage):
    """Messages that nobody reads."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


def ask(name, method, user, keys, data):
    """The status with which a view answers; 200 for anything it does for the person."""
    callback, _, kwargs = resolved(name, tuple(sorted(keys.items())))
    request = HttpRequest()
    request.method, request.path, request.path_info = method, "/", "/"
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": method}
    request.user, request.session, request.htmx = user, {}, HtmxDetails(request)
    request._messages = Said(request)
    if method == "POST":
        request.POST = data
    try:
        answer = callback(request, **kwargs)
        for close in answer._resource_closers:  # the file it holds; `answer.close()` would end the connection too
            close()
        return answer.status_code
    except PermissionDenied:
        return DENIED
    except Http404:
        return HIDDEN
    except BadRequest:
        return 400


FOUND = {}


def resolved(name, keys):
    if (name, keys) not in FOUND:
        FOUND[name, keys] = resolve(reverse(name, kwargs=dict(keys)))
    return FOUND[name, keys]


def holds(holder, user, roles, specimen):
    """True when this way of having the right is the person's, upon this row as it stands. `roles`: {(unit, role)}."""
    if holder.states and not holder.states & specimen.states:
        return False
    if holder.relation in PERSONAL:
        return getattr(specimen, holder.relation) == user.pk
    if holder.relation == "own":
        return any(role in holder.roles for _, role in user.own_roles())
    if not holder.roles:
        return True
    where = {"": None, "unit": specimen.unit, "division": {specimen.division}}[holder.relation]
    return any(role in holder.roles and (where is None or unit in where) for unit, role in roles)


def expected(line, method, user, roles, specimen):
    """What the table says of this."""
    holders = line.holders(method)
    if holders is None:
        return CLOSED
    if any(holds(holder, user, roles, specimen) for holder in holders):
        return IN
    if line.instead:
        return line.instead
    if line.object and not any(holds(holder, user, roles, specimen) for holder in line.object.seen_by):
        return HIDDEN
    return DENIED


def keys_of(name, specimen):
    """The arguments of an address for this row."""
    given = specimen.more | {"page": 1}
    return {argument: given.get(argument, getattr(specimen.row, "pk", None)) for argument in ARGUMENTS[name]}


def sent(specimen):
    """Enough of a form that a button's verb is reached."""
    data = QueryDict(mutable=True)
    data.update({"version": str(getattr(specimen.row, "version", 1)), "ban": "1", "kind": "kế hoạch", "dong": "all"})
    if "item" in type(specimen.row).__name__.lower():
        data["version"] = str(specimen.row.plan.version)
    return data


class Written:
    """The statements that changed something since it was last looked at, but for those that a savepoint took back."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("ROLLBACK TO SAVEPOINT"):
            begun = sql.removeprefix("ROLLBACK TO ")
            del self.statements[self.statements.index(begun) if begun in self.statements else 0 :]
        elif sql.startswith((*WRITES, "SAVEPOINT")):
            self.statements.append(sql)
        return execute(sql, params, many, context)

    def pop(self):
        found, self.statements = self.statements, []
        return [sql for sql in found if sql.startswith(WRITES) and not sql.startswith(LOOK)]


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            cast, everybody = people()
            rows = specimens(cast)
        yield everybody, rows
        transaction.set_rollback(True)


@pytest.fixture
def bare(settings):
    settings.TEMPLATES = [BARE]
    with ExitStack() as patches:
        for place in PRINTED:
            patches.enter_context(patch(place, return_value=SHOWN))
        patches.enter_context(patch("django.views.decorators.http.log_response"))
        for place, value in QUIET.items():
            patches.enter_context(patch(place, return_value=value))
        # Most who ask are refused: what stands beside a row is fetched when somebody looks at it.
        patches.enter_context(patch.object(QuerySet, "select_related", lambda rows, *names: rows.all()))
        yield


@pytest.mark.parametrize("who", PEOPLE)
def test_the_product_answers_as_the_table_says(db, province, bare, who):
    everybody, rows = province
    user = everybody[who]
    roles, wrong, written, tried = user.roles(), [], Written(), 0
    with connection.execute_wrapper(written):
        for name in ASKED:
            line = LINES[name]
            for specimen in rows[line.object.name] if line.object and ARGUMENTS[name] else [UNUSED]:
                keys, data = keys_of(name, specimen), sent(specimen)
                for method in ("GET", "POST"):
                    tried += 1
                    right = expected(line, method, user, roles, specimen)
                    if right == IN and method == "POST":
                        with transaction.atomic():
                            status = ask(name, method, user, keys, data)
                            changed = written.pop()
                            transaction.set_rollback(True)
                    else:
                        status = ask(name, method, user, keys, data)
                        changed = written.pop()
                    said = IN if status not in (DENIED, HIDDEN, CLOSED) else status
                    if said != right:
                        wrong.append(f"{method} {name} ({specimen}): {said}, the table says {right}")
                    elif right != IN and changed:
                        wrong.append(f"{method} {name} ({specimen}): refused, but wrote {changed[0][:60]}")
                    elif method == "POST" and line.when and not line.when & specimen.states and changed:
                        wrong.append(f"{method} {name} ({specimen}): not in this state, but wrote {changed[0][:80]}")
    assert wrong == [], f"{len(wrong)} of {tried}\n" + "\n".join(wrong)


def test_there_is_somebody_in_every_role_and_a_row_in_every_state(db, province):
    """Fails for a role nobody has, a state without a specimen, an object without one, a state that the table misspells."""
    everybody, rows = province
    assert list(everybody) == PEOPLE
    assert {role for user in everybody.values() for _, role in user.own_roles()} == set(Role.values)
    assert rows.keys() | {"key"} == OBJECTS.keys()
    assert {name: len(found) for name, found in rows.items()} == COUNTS
    spoken = {name: set() for name in OBJECTS}
    for line in LINES.values():
        if line.object:
            named = [*(line.get or ()), *(line.post or ()), *line.object.seen_by]
            spoken[line.object.name] |= set(line.when).union(*(holder.states for holder in named))
    for name, found in rows.items():
        states = set().union(*(specimen.states for specimen in found))
        fields = {field.name: field for field in apps.get_model(OBJECTS[name].model)._meta.fields}
        wanted = {value for value, _ in fields["status"].choices} if "status" in fields and name != "letter" else set()
        assert wanted | spoken[name] <= states, name


@pytest.mark.parametrize("who", ["head", "admin", "focal"])
def test_keys_that_no_row_can_have(db, province, bare, who):
    user, found = province[0][who], {}
    for name in ASKED:
        for key in (0, 10**30) if ARGUMENTS[name] else ():
            for method in ("GET", "POST"):
                found[name, key, method] = ask(name, method, user, dict.fromkeys(ARGUMENTS[name], key), QueryDict())
    assert {entry: status for entry, status in found.items() if status not in (DENIED, HIDDEN, CLOSED)} == {}


def test_no_other_method_is_answered(db, province, bare):
    for name in ASKED:
        keys = dict.fromkeys(ARGUMENTS[name], 1)
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            assert ask(name, method, province[0]["admin"], keys, None) == CLOSED, name
