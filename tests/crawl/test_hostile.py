"""Whatever nonsense is sent, by whomever: an answer, never a crash, and nothing in English. (Every role in every state:
`test_rights`.)"""

from datetime import date, timedelta
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.forms import BaseForm, BaseFormSet
from django.template.backends.django import Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.rights.table import addresses, table
from directives.forms.bundle import DraftForms
from tests.crawl.test_crawl import faults
from tests.crawl.walk import read_to_the_end
from units.models import Contact, Unit

LINES = table()[1]
OURS = [entry for entry in sorted(addresses()) if ":" in entry[0]]
WITH_ROW = [name for name, arguments in OURS if len(arguments) == 1 and "token" not in arguments]
LISTS = [name for name, arguments in OURS if not arguments]
HUGE = "9" * 30
WILD = ["bông'%<b>", "-1", HUGE, "\x00", "²", "ệ" * 3000, "2026-99-99"]
KEYS = [
    *("page", "q", "tim", "dot", "van-ban", "yeu-cau", "don-vi", "phong", "nguoi-giao", "loai", "trang-thai"),
    *("tre", "hom-nay", "chua-xem", "gia-han", "status", "kind", "occasion", "year", "month", "division", "author"),
    *("scan", "reviewed", "parent", "chua-doc", "d_day", "in", "ngay", "text"),
    *("luc", "lop", "tu", "thieu", "trong", "ngay_cu"),
]


@pytest.fixture(autouse=True)
def _bare_refusals(settings):
    settings.ROOT_URLCONF = "tests.crawl.plain"


def specimens(name):
    """Keys of rows to try an address on: one in each state, or just one."""
    model = apps.get_model(LINES[name].object.model)
    rows = model._default_manager.order_by("pk")
    if any(field.name == "status" for field in model._meta.fields):
        return list(dict(rows.values_list("status", "pk")).values())
    return list(rows.values_list("pk", flat=True)[:1])


def answer(client, method, address, data=None):
    """The status, what is wrong with the page, and nothing kept. A crash counts as 500."""
    try:
        with transaction.atomic():
            response = getattr(client, method)(address, data or {})
            body = read_to_the_end(response)
            page = body.decode() if "text/html" in response.get("Content-Type", "") else ""
            transaction.set_rollback(True)
    except Exception as crash:
        return 500, repr(crash)[:200]
    wrong = list(faults(page)) if response.status_code == 200 and page else []
    if "<html" not in page:  # a piece of a page, for htmx: its words are judged
        wrong = [fault for fault in wrong if fault.startswith(("not Vietnamese", "broken"))]
    return response.status_code, wrong


def failures(client, method, addresses, data=None):
    """What crashed or came out broken, by address."""
    found = {}
    for address in addresses:
        status, wrong = answer(client, method, address, data)
        if status >= 500 or wrong:
            found[address] = (status, wrong)
    return found


def open_to(user, names, *methods):
    """The addresses that some role of the person opens to each method; at the others the gate reads no word of what is sent."""
    roles = {role for _, role in user.roles()}
    return [
        name
        for name in names
        if all(any(holder.may_be(roles) for holder in LINES[name].holders(method) or ()) for method in methods)
    ]


@pytest.mark.parametrize("role", ["admin", "focal"])
def test_wild_words_in_every_address(client, world, role):
    client.force_login(world.people[role])
    addresses = [reverse(name) for name in open_to(world.people[role], LISTS, "GET")]
    addresses += [reverse(f"reports:{name}", args=[world.occasion.pk]) for name in ("matrix", "duty_map")]
    assert len(addresses) > 20
    wild = [urlencode(dict.fromkeys(KEYS, word)) for word in ("\x00", HUGE, "'ệ" * 150)]
    assert failures(client, "get", [f"{address}?{words}" for address in addresses for words in wild]) == {}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (
            "assignments:assignment_list",
            ["page", "tim", "dot", "yeu-cau", "don-vi", "phong", "nguoi-giao", "loai", "trang-thai"],
        ),
        ("directives:dispatch_list", ["page", "q", "status", "occasion", "year", "division", "author", "scan"]),
        ("assignments:on_duty", ["page", "tim", "luc", "lop", "loai", "trong"]),
        ("directives:register", ["page", "year", "month"]),
        ("plans:plan_list", ["page", "q", "status", "dot"]),
        ("plans:occasion_new", ["kind", "year", "d_day"]),
        ("units:unit_list", ["page", "q", "kind", "parent"]),
    ],
)
def test_one_wild_word_at_a_time(client, world, name, keys):
    """Another filter that finds nothing may hide a crash: here each key stands alone."""
    client.force_login(world.people["head"])
    addresses = [f"{reverse(name)}?{urlencode({key: wild})}" for key in keys for wild in WILD]
    assert failures(client, "get", addresses) == {}


def test_wild_words_in_every_form(client, world):
    """The names of each form's fields are read behind its own page, then all are filled with the same nonsense. A form that
    somebody has met with the same fields is not tried again: whose it is, is asked elsewhere."""
    found, tried = {}, set()
    for role in ("head", "admin", "focal", "clerk"):
        client.force_login(world.people[role])
        for name, fields, address in forms_of(client, world.people[role]):
            if (name, fields) not in tried:
                tried.add((name, fields))
                for nonsense in ("\x00", HUGE, "ệ" * 9000, "-1"):
                    found |= failures(client, "post", [address], dict.fromkeys(fields, nonsense))
    assert found == {}
    assert len(tried) > 40


def forms_of(client, user):
    """(its name, names of fields, address) of each address that shows the person a form; how it looks is not drawn."""
    shown, made = [], []

    def render(template, context=None, request=None):
        shown.append(context or {})
        return ""

    with patch.object(Template, "render", render):
        for name in open_to(user, WITH_ROW + LISTS, "GET", "POST"):
            for pk in specimens(name)[:2] if name in WITH_ROW else [None]:
                address = reverse(name, args=[pk] if pk else [])
                shown.clear()
                try:
                    response = client.get(address)
                except Exception as crash:
                    raise AssertionError(address) from crash
                read_to_the_end(response)
                fields = frozenset(field.html_name for context in shown for field in fields_in(context.values()))
                if response.status_code == 200 and fields:
                    made.append((name, fields, address))
                    break
    return made


def fields_in(values):
    """The fields of all forms in what a template is given: alone, in sets, in the page of a draft."""
    for value in values:
        if isinstance(value, BaseForm):
            yield from value
        elif isinstance(value, BaseFormSet):
            yield from fields_in([value.management_form, value.empty_form, *value])
        elif isinstance(value, DraftForms):
            yield from fields_in(vars(value).values())


def test_lists_cost_the_same_for_few_and_many(client, world):
    """Doubling the address book and what lies in each table adds no query to any list."""
    client.force_login(world.people["admin"])
    lists = [reverse(name) for name in LISTS if "GET" in allowed(client, reverse(name))]
    few = {address: cost(client, address) for address in lists}
    for _ in range(2):
        for model in ("plans.Occasion", "plans.Plan", "plans.LegalBasis", "plans.Holiday", "directives.Dispatch"):
            double(apps.get_model(model))
        for unit in Unit.objects.filter(kind="telecom"):
            for n in range(3):
                Contact.objects.create(unit=unit, name=f"Người {n}", email=f"{unit.pk}.{n}.{_}@x.example")
    assert {address: cost(client, address) for address in lists} == few


def allowed(client, address):
    return client.options(address).get("Allow", "GET")


def cost(client, address):
    with CaptureQueriesContext(connection) as captured:
        read_to_the_end(client.get(address))
    return len(captured)


def double(model):
    """Copies of drafts and of rows without a state, told apart by their words or their day."""
    rows = model._default_manager.all()
    if any(field.name == "status" for field in model._meta.fields):
        rows = rows.filter(status="draft")
    for row in rows:
        serial = model._default_manager.count()
        row.pk, row._state.adding = None, True
        for words in {"name", "title"} & {field.name for field in model._meta.fields}:
            setattr(row, words, f"{getattr(row, words)} {serial}")
        if isinstance(getattr(row, "number", None), str):
            row.number = f"{row.number}-{serial}"
        if hasattr(row, "day"):
            row.day = date(2200, 1, 1) + timedelta(days=serial)  # beyond every day the world holds, never twice
        row.save(force_insert=True)
