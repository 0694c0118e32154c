"""The house rules that a linter of imports cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from config.celery import app as celery_app
from config.celery import find_tasks

FLOORS = ["units", "plans", "directives", "assignments", "notices", "reports"]
ROOT = Path(settings.BASE_DIR)
SOURCES = sorted(
    path for folder in ("config", *FLOORS) for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
)
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html"))


def relative(path):
    return str(path.relative_to(ROOT))


def floor_of(path):
    return path.relative_to(ROOT).parts[0]


def over(paths):
    """One test of many files, which names every file that breaks the rule: a test a file costs more than the rule."""

    def ask_all(rule):
        def test():
            broken = {}
            for path in paths:
                try:
                    rule(path)
                except AssertionError as fault:
                    broken[relative(path)] = str(fault).partition("\n")[0]
            assert broken == {}

        test.__doc__ = rule.__doc__
        return test

    return ask_all


@pytest.mark.parametrize("app", FLOORS)
def test_foreign_keys_point_down(app):
    for model in apps.get_app_config(app).get_models():
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            target = field.related_model and field.related_model._meta.app_label
            if target in FLOORS:
                assert FLOORS.index(target) <= FLOORS.index(app), f"{model.__name__}.{field.name} points up to {target}"


@over(PAGES)
def test_templates_link_down(path):
    """Only the frame and the action fragments may name an upper floor."""
    folder = path.relative_to(ROOT / "templates").parts[0]
    if folder not in FLOORS:
        return
    for namespace in re.findall(r"""\{%\s*url\s+['"](\w+):""", path.read_text()):
        assert FLOORS.index(namespace) <= FLOORS.index(folder), f"links up to {namespace}"
    for included in re.findall(r"""\{%\s*(?:include|extends)\s+['"](\w+)/""", path.read_text()):
        if included in FLOORS:
            assert FLOORS.index(included) <= FLOORS.index(folder), f"takes in a part of {included}"


@over(PAGES)
def test_pages_carry_no_inline_script_or_style(path):
    """The content security policy would refuse them. A PDF's templates are for the printer, a mail's for the mail reader."""
    text = path.read_text()
    if {"pdf", "mail"} & set(path.parts):
        return
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son(click|change|submit|load|input)=|hx-on|javascript:", text)
    assert not re.search(r"""(?:src|href|action)=["']https?://""", text), "asks an outside host"


WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
NOT_ROWS = {"session", "messages", "cache", "hashlib", "digest", "query", "params", "context", "data", "form"}
NOT_ROWS |= {"book", "canvas", "photo", "volume"}  # files that are drawn, joined or filled in


def writes(tree):
    """Calls that look like a write to the database, as (line, text)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            source = ast.unparse(node.func.value)
            if node.func.attr == "update" and "objects" not in source and "filter" not in source:
                continue
            if source.split(".")[-1] in NOT_ROWS:
                continue
            yield node.lineno, ast.unparse(node.func)


def may_write(path):
    parts = path.relative_to(ROOT).parts
    return "services" in parts or path.name in {"services.py", "history.py", "constraints.py"}


@over([path for path in SOURCES if floor_of(path) in FLOORS and not may_write(path)])
def test_only_services_write(path):
    assert list(writes(ast.parse(path.read_text()))) == []


@over(SOURCES)
def test_imports_stand_at_the_top(path):
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            hidden = [inner.lineno for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
            assert not hidden, f"import hidden in {node.name}"
    assert "__import__(" not in path.read_text() and "import_module(" not in path.read_text()


@over(SOURCES)
def test_files_stay_short(path):
    assert len(path.read_text().splitlines()) <= 300, "make it a package"


@over(SOURCES)
def test_services_neither_ask_the_clock_nor_send(path):
    if not may_write(path) or floor_of(path) == "config":
        return
    text = path.read_text()
    assert not re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(\)", text), (
        "the clock is an argument"
    )
    assert not re.search(r"\.delay\(|apply_async|send_mail|EmailMessage|render_pdf|send_task", text)


def test_no_drawer_for_everything():
    assert not [relative(path) for path in SOURCES if path.stem in {"utils", "common", "core", "helpers", "misc"}]


def test_beat_names_real_tasks():
    find_tasks()
    celery_app.loader.import_default_modules()
    names = {entry["task"] for entry in settings.BEAT_SCHEDULE.values()}
    assert names
    assert names <= set(celery_app.tasks), names - set(celery_app.tasks)


@pytest.mark.parametrize("app", FLOORS)
def test_tasks_are_doors(app):
    """One line, no arguments: what must happen is a row, so nothing is handed to the queue."""
    path = ROOT / app / "tasks.py"
    if not path.exists():
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and any(
            "shared_task" in ast.unparse(mark) for mark in node.decorator_list
        ):
            assert not node.args.args
            assert (
                len(
                    [
                        line
                        for line in node.body
                        if not isinstance(line, ast.Expr) or not isinstance(line.value, ast.Constant)
                    ]
                )
                == 1
            )
    assert not re.search(r"eta=|countdown=|\.retry\(", path.read_text())


@pytest.mark.django_db
def test_no_missing_migrations():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_model_says_what_it_is():
    for app in FLOORS:
        for model in apps.get_app_config(app).get_models():
            if not model._meta.auto_created:
                assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}("), model.__name__
                assert "__str__" in vars(model) or any("__str__" in vars(base) for base in model.__mro__[1:-3]), (
                    model.__name__
                )


def test_no_standing_order_on_models():
    assert not [m.__name__ for app in FLOORS for m in apps.get_app_config(app).get_models() if m._meta.ordering]


FOLLOWS = {"DutyShift"}  # no moves of its own: what its rosters are, and their history tells


def test_every_status_has_its_moves_and_its_history():
    for app in FLOORS:
        for model in apps.get_app_config(app).get_models():
            names = {field.name for field in model._meta.get_fields()}
            if "status" in names and app != "notices" and model.__name__ not in FOLLOWS:
                choices = {value for value, _ in model._meta.get_field("status").choices}
                assert set(model.MOVES) == choices
                assert {after for moves in model.MOVES.values() for after in moves} <= choices
                assert "history" in names


def names_of_urls(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_of_urls(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def test_addresses_are_named():
    assert {"reports:home", "assignments:assignment_list", "directives:dispatch_list"} <= set(names_of_urls())
