"""Names stand in Vietnamese dictionary order: sorted by their key, never by the bytes of the name."""

import ast

from tests.architecture.test_house import SOURCES, over

NAMES = {"name", "short_name", "unit_name", "full_name", "username", "search_key"}


def asked(tree):
    """The fields of every `order_by`, each call a list."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("order_by", "dictsort"):
            said = [part.value for arg in node.args for part in ast.walk(arg) if isinstance(part, ast.Constant)]
            yield node.lineno, [part.lstrip("-").rpartition("__")[2] for part in said if isinstance(part, str)]


def sorted_names(tree):
    """Calls of `sorted` over names gathered on the spot, without a key."""
    for node in ast.walk(tree):
        bare = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sorted" and not node.keywords
        if bare and getattr(getattr(node.args[0], "elt", None), "attr", "") in NAMES:
            yield node.lineno


@over(SOURCES)
def test_names_are_sorted_by_their_key(path):
    """A name may only break a tie behind the key."""
    tree = ast.parse(path.read_text())
    for line, fields in asked(tree):
        first = next((field for field in fields if field in NAMES or field == "sort_key"), "sort_key")
        assert first == "sort_key", f"line {line}: orders by {first}"
    assert list(sorted_names(tree)) == [], "sorts names without units.text.sort_key"
