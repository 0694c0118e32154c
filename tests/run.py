"""Every test on both engines: `python -m tests.run`.

The quick gate; then browser walks, processes and races, two files at a time on SQLite and on a private PostgreSQL side by
side. They mostly wait, so what they leave of the cores goes to the unit tests, which run beneath them (`nice`), on SQLite
and then on PostgreSQL. A test that asks no database (it could not: pytest-django refuses it) has no engine to run on: it
runs once and counts for both.
Fails when a test fails, when a pytest run breaks off, when the two engines did not run the very same tests, or when one
engine skips what the other ran. The last line is for machines.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from config.postgres import private_cluster
from tests.check import check
from tests.product import lay_ground

BASE = Path(__file__).resolve().parent.parent
CORES = str(max(2, os.cpu_count() or 2))
MARKS = ("e2e", "race")
ALONE = " or ".join(MARKS)
UNIT_TESTS = ["-m", f"not ({ALONE})", "-n", CORES, "--dist", "worksteal"]
WITH_DATABASE = ["-m", f"asks_database and not ({ALONE})", *UNIT_TESTS[2:]]
WALKS_AND_RACES = ["-m", ALONE, "-n", CORES, "--dist", "loadfile", "--no-loadscope-reorder"]
WALKS_WITH_DATABASE = ["-m", f"asks_database and ({ALONE})", *WALKS_AND_RACES[2:]]
LONG = ("tests/e2e/", "tests/crawl/", "tests/config/")
BENEATH = ["nice", "-n", "5"]
NOTHING_TO_RUN = 5


def say(line=""):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_part(engine, url, options, show, before=()):
    """Run pytest once, through the command `before`.

    Returns ({test id: [outcome, detail, asks a database]}, whether it came to its end, unshown output).
    """
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.json"
        environment = {**os.environ, "TEST_DATABASE": engine.lower(), "TEST_LEDGER": str(ledger)}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        command = [*before, sys.executable, "-m", "pytest", "-q", "-p", "tests.ledger", *options]
        output = {} if show else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(command, cwd=BASE, env=environment, **output)
        ended = done.returncode in (0, 1, NOTHING_TO_RUN) and ledger.exists()
        return json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else {}, ended, done.stdout


def files_with_walks():
    """The files that hold walks or races, folders of long ones first; tests/conftest.py refuses one that would be missed."""
    found = [
        path for path in BASE.glob("tests/*/test_*.py") if any(f"mark.{name}" in path.read_text() for name in MARKS)
    ]
    return sorted(
        (str(path.relative_to(BASE)) for path in found),
        key=lambda name: (not name.startswith(LONG[0]), not name.startswith(LONG), name),
    )


@contextmanager
def ground(url):
    """What every database and product of the run starts from, made once."""
    with tempfile.TemporaryDirectory() as folder:
        lay_ground(Path(folder), url)
        os.environ["TEST_GROUND"] = folder
        yield
        del os.environ["TEST_GROUND"]


def run_engines():
    """Both parts on both engines: ({engine: {test id: [outcome, …]}}, whether every run came to its end)."""
    with private_cluster() as url, ground(url), ThreadPoolExecutor(2) as pool:
        engines = {"SQLite": None, "Postgres": url}
        results, walks, whole = {}, {}, True
        for engine, address in engines.items():
            options = [*(WALKS_WITH_DATABASE if address else WALKS_AND_RACES), *files_with_walks()]
            walks[engine] = pool.submit(run_part, engine, address, options, False)
        say("\nWalks and races have begun on both engines (shown when they are done)")
        for engine, address in engines.items():
            say(f"\n{engine}: unit tests{' that ask a database' if address else ''}")
            options = WITH_DATABASE if address else UNIT_TESTS
            results[engine], ended, _ = run_part(engine, address, options, True, BENEATH)
            whole = whole and ended
        for engine, part in walks.items():
            outcomes, ended, output = part.result()
            say(f"\n{engine}: walks and races\n{output.rstrip()}")
            results[engine] |= outcomes
            whole = whole and ended
    once = ask_no_database(results["SQLite"])
    say(f"\n{len(once)} tests that ask no database ran once and count for both engines")
    results["Postgres"] |= once
    return results, whole


def ask_no_database(outcomes):
    return {name: found for name, found in outcomes.items() if not found[2]}


def count(outcomes):
    counted = Counter(outcome for outcome, *_ in outcomes.values())
    return {name: counted[name] for name in ("passed", "failed", "skipped")}


def differences(results):
    """What one engine ran or skipped and the other did not, as lines to print."""
    (first, one), (second, other) = results.items()
    lines = []
    for here, there, mine, theirs in ((first, second, one, other), (second, first, other, one)):
        lines += [f"ran on {here} only: {name}" for name in sorted(mine.keys() - theirs.keys())]
        for name in sorted(mine.keys() & theirs.keys()):
            if mine[name][0] == "skipped" != theirs[name][0]:
                lines.append(f"skipped on {here} but not on {there}: {name} ({mine[name][1]})")
    return lines


def main():
    started = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # some hundred processes read the same modules: compiled once
    say("The quick gate")
    refused = check()
    results, whole = run_engines()
    say()
    for engine, outcomes in results.items():
        say(f"{engine + ':':<10} " + ", ".join(f"{number} {name}" for name, number in count(outcomes).items()))
        for name, (outcome, *_) in sorted(outcomes.items()):
            if outcome == "failed":
                say(f"  failed: {name}")
    unequal = differences(results)
    for line in unequal:
        say(line)
    if not unequal:
        say(f"The same {len(results['SQLite'])} tests on both engines, none skipped because of its engine.")
    if refused:
        say(f"{refused} of the quick gate's checks failed; they are counted as failed.")
    if not whole:
        say("A pytest run broke off before its end.")
    total = sum((Counter(count(outcomes)) for outcomes in results.values()), Counter(failed=refused))
    say(f"{time.monotonic() - started:.0f} s in all")
    say(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] or unequal or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
