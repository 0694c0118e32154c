from tests import run


def test_the_same_results_differ_in_nothing():
    results = {"SQLite": {"a": ["passed", ""], "b": ["skipped", "no corpus"]}}
    assert run.differences({**results, "Postgres": dict(results["SQLite"])}) == []


def test_each_difference_between_the_engines_is_named():
    sqlite = {"a": ["passed", ""], "b": ["skipped", "not here"], "c": ["passed", ""]}
    postgres = {"b": ["passed", ""], "c": ["failed", "call"], "d": ["passed", ""]}
    assert run.differences({"SQLite": sqlite, "Postgres": postgres}) == [
        "ran on SQLite only: a",
        "skipped on SQLite but not on Postgres: b (not here)",
        "ran on Postgres only: d",
    ]


def test_counts_are_of_every_outcome():
    assert run.count({"a": ["passed", ""], "b": ["failed", "setup"]}) == {"passed": 1, "failed": 1, "skipped": 0}


def test_every_test_belongs_to_exactly_one_part():
    (_, unit, *_), (_, alone, *_) = run.UNIT_TESTS, run.WALKS_AND_RACES
    assert unit == f"not ({alone})"
    assert run.WITH_DATABASE[1] == f"asks_database and {unit}"
    assert run.WALKS_WITH_DATABASE[1] == f"asks_database and ({alone})"


def test_what_asks_no_database_is_told_from_what_does(request):
    """The mark of this very test, and of one that asks: pytest-django would refuse the first a query."""
    assert request.node.get_closest_marker("asks_database") is None
    outcomes = {"a": ["passed", "", False], "b": ["passed", "", True], "c": ["failed", "call", False]}
    assert set(run.ask_no_database(outcomes)) == {"a", "c"}


def test_what_asks_a_database_is_marked(request, db):
    assert request.node.get_closest_marker("asks_database")
