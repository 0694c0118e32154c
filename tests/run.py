"""Every test on both engines: `python -m tests.run`.

The quick gate; then both engines side by side, SQLite and a private PostgreSQL: first the unit tests, each engine on its half
of the cores, then browser walks, processes and races, two files at a time, for they wait a good deal.
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
CORES = max(2, os.cpu_count() or 2)
MARKS = ("e2e", "race")
ALONE = " or ".join(MARKS)
UNIT_TESTS = ["-m", f"not ({ALONE})", "-n", str(CORES // 2 if CORES > 2 else 0), "--dist", "worksteal"]
WALKS_AND_RACES = ["-m", ALONE, "-n", str(CORES), "--dist", "loadfile", "--no-loadscope-reorder"]
NOTHING_TO_RUN = 5


def say(line=""):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_part(engine, url, options):
    """Run pytest once, its lines shown as they come; returns ({test id: [outcome, detail]}, whether it came to its end)."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.json"
        environment = {**os.environ, "TEST_DATABASE": engine.lower(), "TEST_LEDGER": str(ledger)}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.ledger", *options]
        with subprocess.Popen(
            command, cwd=BASE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as run:
            for line in run.stdout:
                say(f"{engine:<8} | {line.rstrip()}")
        ended = run.returncode in (0, 1, NOTHING_TO_RUN) and ledger.exists()
        return json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else {}, ended


def files_with_walks():
    """The files that hold walks or races, the long walks first; tests/conftest.py refuses one that would be missed."""
    found = [
        path for path in BASE.glob("tests/*/test_*.py") if any(f"mark.{name}" in path.read_text() for name in MARKS)
    ]
    return [str(path.relative_to(BASE)) for path in sorted(found, key=lambda path: (path.parent.name != "e2e", path))]


@contextmanager
def ground(url):
    """What every database and product of the run starts from, made once."""
    with tempfile.TemporaryDirectory() as folder:
        lay_ground(Path(folder), url)
        os.environ["TEST_GROUND"] = folder
        yield
        del os.environ["TEST_GROUND"]


def run_engine(engine, url):
    """Both parts on one engine: ({test id: [outcome, detail]}, whether both came to their end)."""
    units, units_ended = run_part(engine, url, UNIT_TESTS)
    walks, walks_ended = run_part(engine, url, [*WALKS_AND_RACES, *files_with_walks()])
    return units | walks, units_ended and walks_ended


def run_engines():
    """Both engines: ({engine: {test id: [outcome, detail]}}, whether every run came to its end)."""
    with private_cluster() as url, ground(url), ThreadPoolExecutor(2) as pool:
        parts = {
            "SQLite": pool.submit(run_engine, "SQLite", None),
            "Postgres": pool.submit(run_engine, "Postgres", url),
        }
        results = {engine: part.result() for engine, part in parts.items()}
    return {engine: outcomes for engine, (outcomes, _) in results.items()}, all(whole for _, whole in results.values())


def count(outcomes):
    counted = Counter(outcome for outcome, _ in outcomes.values())
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
    say("The quick gate")
    refused = check()
    results, whole = run_engines()
    say()
    for engine, outcomes in results.items():
        say(f"{engine + ':':<10} " + ", ".join(f"{number} {name}" for name, number in count(outcomes).items()))
        for name, (outcome, _) in sorted(outcomes.items()):
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
