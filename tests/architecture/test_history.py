"""Every verb that a person performs leaves a line of history, itself or through what it calls. Read from the source; no database."""

import ast
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("units", "plans", "directives", "assignments", "notices")
WITHOUT = {  # what takes an actor and changes nothing that anybody would ask about
    "drop_unsaved": "what is typed is not yet done",
    "keep_unsaved": "what is typed is not yet done",
    "hold_draft": "locks and judges for verbs that write",
    "keep_version": "the version is the record",
    "note_look": "the view is the record",
    "note_pages": "the view is the record",
    "see_dispatch": "the receipt says who and when; the view is a row of its own",
    "see_version": "the view is a row of its own",
    "store_upload": "the row of the file says who and when and never changes; the verb it serves writes",
    "store_bytes": "as above",
    "write_upload": "as above",
}


def verbs():
    """{name: [(named arguments, names it calls)]} of every function of the services; WRITES stands for a row of history made."""
    found = {}
    for floor in FLOORS:
        files = chain((ROOT / floor).glob("services.py"), (ROOT / floor / "services").rglob("*.py"))
        for path in [*files, *(ROOT / floor).glob("history.py")]:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    calls = {
                        name for call in ast.walk(node) if isinstance(call, ast.Call) for name in called(call.func)
                    }
                    calls = {own(path, name) for name in calls}
                    found.setdefault(own(path, node.name), []).append(
                        ({arg.arg for arg in node.args.kwonlyargs}, calls)
                    )
    return found


def own(path, name):
    """A private name is that of its file: another file's `_write` may write to the disk."""
    return f"_{path}:{name}" if name[0] == "_" else name


def called(function):
    """`verb`, `module.verb`; and WRITES for `row.history.create` and `SomethingEntry.objects.create`."""
    if isinstance(function, ast.Name):
        return [function.id]
    if not isinstance(function, ast.Attribute):
        return []
    owner = ast.unparse(function.value)
    writes = function.attr in ("create", "bulk_create") and owner.endswith((".history", "Entry.objects"))
    return ["WRITES"] if writes else [function.attr]


def test_every_act_of_a_person_is_written_down():
    found, writing = verbs(), {"WRITES"}
    while more := {name for name, rows in found.items() if any(calls & writing for _, calls in rows)} - writing:
        writing |= more
    acts = {name for name, rows in found.items() if any("actor" in named for named, _ in rows) and name[0] != "_"}
    assert len(acts) > 80 and "issue_dispatch" in acts and "move" in writing
    assert acts - writing == set(WITHOUT)
