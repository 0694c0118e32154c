"""docs/security.md keeps its word: every requirement of ASVS 5.0.0 at levels 1 and 2 once, and proofs that exist."""

import re
import subprocess
from collections import Counter

import pytest
from django.conf import settings

from tests.product import BASE

# The numbers alone, by level; what they ask is told by OWASP.
LEVEL_1 = """
1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2 6.1.1 6.2.1-8
6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1
14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
"""
LEVEL_2 = """
1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2 4.1.2-3 4.2.1
4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5
7.5.1-2 7.6.1-2 8.1.2 8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2
11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3
15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2
"""
TEXT = (BASE / "docs/security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| v5\.0\.0-(\d+\.\d+\.\d+) \| ([12]) \| (met|\*\*not met\*\*|not applicable) \| (.+) \|$", re.M)
ROWS = [(number, level, result.strip("*"), how) for number, level, result, how in ROW.findall(TEXT)]
PROOF = re.compile(r"`([^`\s]+)`")
FOLDERS = (
    "config/",
    "units/",
    "plans/",
    "directives/",
    "assignments/",
    "notices/",
    "reports/",
    "templates/",
    "static/",
    "docs/",
    "tests/",
)
KEYS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[bap]-|://[\w.-]+:(?!\$)[^@\s/:'\"{}%$]{12,}@"
)


def numbers(text):
    """Each number of "1.2.1-3 1.4.1"."""
    for part in text.split():
        first, _, last = part.partition("-")
        section, _, least = first.rpartition(".")
        yield from (f"{section}.{number}" for number in range(int(least), int(last or least) + 1))


def test_every_requirement_stands_once_at_its_level():
    asked = [(number, "1") for number in numbers(LEVEL_1)] + [(number, "2") for number in numbers(LEVEL_2)]
    assert len(asked) == len(set(asked)) == 253
    assert Counter((number, level) for number, level, _, _ in ROWS) == Counter(asked)
    assert TEXT.count("\n| v5.0.0-") == len(ROWS), "a line that is not written as the others are"


def proofs(words):
    """What stands in code marks and is a test, a setting or a file of ours."""
    return [
        word for word in PROOF.findall(words) if word.startswith((*FOLDERS, "settings.")) or (BASE / word).is_file()
    ]


def missing(proof):
    if proof.startswith("settings."):
        return not hasattr(settings, proof.removeprefix("settings."))
    path, _, name = proof.partition("::")
    if not (BASE / path).exists():
        return True
    return bool(name) and f"\ndef {name}(" not in (BASE / path).read_text(encoding="utf-8")


def test_what_is_named_exists():
    assert [proof for proof in proofs(TEXT) if missing(proof)] == []


def test_what_is_met_names_its_proof_and_what_is_not_says_why():
    assert [
        number for number, _, result, how in ROWS if result == "met" and not proofs(how) and "ection" not in how
    ] == []
    assert [number for number, _, result, how in ROWS if result != "met" and len(how) < 8] == []
    assert [
        number
        for number, _, result, how in ROWS
        if result == "not met" and not re.search("Would|would|To meet|see v5", how)
    ] == []


def test_the_summary_counts_what_stands_below():
    told = {
        chapter: tuple(map(int, counts))
        for chapter, *counts in re.findall(r"^\| (V\d+) [^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.M)
    }
    found = Counter((f"V{number.split('.')[0]}", result) for number, _, result, _ in ROWS)
    chapters = {chapter for chapter, _ in found}
    results = ("met", "not met", "not applicable")
    assert told == {
        chapter: (sum(found[chapter, result] for result in results), *(found[chapter, result] for result in results))
        for chapter in chapters
    }
    total = Counter(result for *_, result, _ in ROWS)
    assert f"| **All** | **{len(ROWS)}** | " + " | ".join(f"**{total[result]}**" for result in results) + " |" in TEXT


def test_no_secret_stands_in_the_repository():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=BASE, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a checkout")
    names = [name for name in listed.stdout.split("\0") if name]
    assert [
        name
        for name in names
        if re.search(r"(?:^|/)(?:\.env|secret_key|id_\w+)$|\.(?:pem|key|p12|pfx|kdbx|sqlite3)$", name)
    ] == []
    texts = ((name, (BASE / name).read_bytes()) for name in names if (BASE / name).is_file())
    found = [name for name, data in texts if b"\0" not in data[:1024] and KEYS.search(data.decode("utf-8", "replace"))]
    assert set(found) <= {"tests/config/test_security_doc.py"}
