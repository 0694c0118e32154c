"""How well papers are read: each field of each paper of the corpus against what a right reading is.

How a record of `expected.json` maps to the contract of `read_paper`:

- `agency`: what the header prints. A note "(from …)" means the header prints none: null. One printed with its parent is
  the two joined by a space; a record may also name the parent alone when a sub-committee stands below it.
- `recipient_label`: "none" is null; "(inline)", "(inline dash)" only say where the entries stand.
- `recipients`, `noi_nhan`, `signer`: exact, in order.
- `sections`: labels of the first level, where there are sections. `top_items_n`: numbered demands of `requirements()`.
- `sub_items`: children of the items named, by number or by letters, dashes where there are no others ("0": no numbered
  ones); remarks in words are not compared.
- `deadlines`: same number in the order of the text, same type; the printed phrase within ours or ours within it; `due`:
  "daily 13:00" is every day at time 13:00, "yearly 01-10" every year with due 01-10, "monthly day 10" every month with
  due 10, "monthly" every month; a relative one has no date.
"""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from directives.paper import Item, Paper, read, requirements

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def paper_text(path: Path) -> str:
    """The text of a corpus paper without the line that names its source."""
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return rest if first.startswith("# source:") else text


def records(corpus: Path = CORPUS) -> list[dict]:
    return json.loads((corpus / "expected.json").read_text(encoding="utf-8"))


def compare(paper: Paper, record: dict) -> dict[str, str | None]:
    """For each field None when right, else what differs; a field the record says nothing about is left out."""
    wrong: dict[str, str | None] = {}
    for name, check in CHECKS.items():
        if name in record and not (record[name] is None and name in _SILENT):
            wrong[name] = check(paper, record[name])
    return wrong


def _same(got: object, wanted: object) -> str | None:
    return None if got == wanted else f"read {got!r}, expected {wanted!r}"


def _agency(paper: Paper, wanted: str | None) -> str | None:
    if wanted is None or "(from" in wanted:
        return _same(paper.agency, None)
    joined = " ".join(filter(None, (paper.parent_agency, paper.agency)))
    return None if wanted in (joined, paper.agency, paper.parent_agency) else _same(joined, wanted)


def _label(paper: Paper, wanted: str) -> str | None:
    label = wanted.split(" (")[0]
    return _same(paper.recipient_label, None if label == "none" else label)


def _sections(paper: Paper, wanted: str) -> str | None:
    return _same(", ".join(item.label for item in paper.items if item.label not in ("-", "+")), wanted)


def _top_items(paper: Paper, wanted: int) -> str | None:
    return _same(len([demand for demand in requirements(paper) if demand.label]), wanted)


def _sub_items(paper: Paper, wanted: str) -> str | None:
    items = {item.label: item for item in _all(paper.items)}
    for label, kind in re.findall(r"(?:^|[;,]\s)([IVX]+|\d+|Điều \d+):\s*([^;]*?)(?=$|;|,\s\d+:)", wanted):
        item = items.get(label)
        if item is None:
            return f"no item {label}"
        numbered = [child.label for child in item.items if child.label not in ("-", "+")]
        count = re.match(r"^(\d+)(?![.\d])", kind)
        letters = re.match(r"^([a-zđ])-([a-zđ])$", kind)
        listed = re.match(r"^[a-zđ](?:,\s?[a-zđ])+$", kind)
        span = re.match(r"^(\d+(?:\.\d+)+)-(\d+(?:\.\d+)+)", kind)
        parts = numbered or item.items if count and count[1] != "0" else numbered
        if count and len(parts) != int(count[1]):
            return f"{label} has {len(parts)} parts, expected {count[1]}"
        if letters and (numbered[:1], numbered[-1:]) != ([letters[1]], [letters[2]]):
            return f"{label} has {numbered}, expected {kind}"
        if listed and numbered != re.split(r",\s?", kind):
            return f"{label} has {numbered}, expected {kind}"
        if span and (numbered[:1], numbered[-1:]) != ([span[1]], [span[2]]):
            return f"{label} has {numbered}, expected {kind}"
    return None


def _all(items: tuple[Item, ...]) -> list[Item]:
    """The items first met by each label: a record names those of the first level and, in them, the nearest."""
    later = [inner for item in items for inner in _all(item.items)]
    return [*later[::-1], *items]


def _deadlines(paper: Paper, wanted: list[dict]) -> str | None:
    left = list(paper.deadlines)
    for each in wanted:
        found = next((one for one in left if _is_deadline(one, each)), None)
        if found is None:
            return f"missing {each['phrase']!r} ({each['type']}, {each['due']}); read {[d.phrase for d in left]}"
        left.remove(found)
    return f"not expected: {[one.phrase for one in left]}" if left else None


def _is_deadline(one: object, each: dict) -> bool:
    phrase = " ".join(each["phrase"].split())
    if one.type != each["type"] or (one.phrase not in phrase and phrase not in one.phrase):
        return False
    due = each["due"]
    if one.type == "relative":
        return one.due is None
    if found := re.match(r"^daily (\d\d:\d\d)$", due):
        return (one.every, one.time, one.due) == ("day", found[1], None)
    if found := re.match(r"^yearly (\d\d-\d\d)", due):
        return (one.every, one.due) == ("year", found[1])
    if found := re.match(r"^monthly(?: day (\d+))?$", due):
        return (one.every, one.due) == ("month", found[1])
    return one.due == due


CHECKS: dict[str, Callable] = {
    "kind": lambda paper, wanted: _same(paper.kind, wanted),
    "agency": _agency,
    "number": lambda paper, wanted: _same(paper.number, wanted),
    "date_iso": lambda paper, wanted: _same(paper.date_iso, wanted),
    "subject": lambda paper, wanted: _same(paper.subject, wanted),
    "recipient_label": _label,
    "recipients": lambda paper, wanted: _same(list(paper.recipients), wanted),
    "sections": _sections,
    "top_items_n": _top_items,
    "sub_items": _sub_items,
    "deadlines": _deadlines,
    "signer": lambda paper, wanted: _same({"lines": list(paper.signer.lines), "name": paper.signer.name}, wanted),
    "noi_nhan": lambda paper, wanted: _same(list(paper.noi_nhan), wanted),
}
_SILENT = ("sections", "top_items_n", "sub_items")
# Fields where the record is wrong, each with the reason.
DISPUTED = {
    ("30_cv_1935_dhct_hai_cot.txt", "noi_nhan"): (
        "the paper prints two columns; its signer's name, which the same record gives as the signer's, stands after a tab "
        "on the line of the first copy entry, and the record runs it into that entry (its own note calls this the trap)"
    ),
}


def main() -> int:
    """Prints how the records are read, one line a paper, one line a field, and what differs."""
    if not CORPUS.exists():
        print("No corpus beside the project: nothing to compare.")
        return 0
    print(__doc__)
    print("Columns: " + ", ".join(CHECKS) + ". `+` right, `x` wrong, `·` the record says nothing.\n")
    rows, differences = [], []
    for record in records():
        wrong = compare(read(paper_text(CORPUS / record["file"])), record)
        rows.append((record["file"], wrong))
        differences += [f"{record['file'][:28]:28} {name}: {what}" for name, what in wrong.items() if what]
    width = max(len(name) for name in CHECKS)
    for file, wrong in rows:
        marks = " ".join(("·" if name not in wrong else "x" if wrong[name] else "+") for name in CHECKS)
        print(f"{file[:40]:40} {marks}")
    print()
    for name in CHECKS:
        told = [wrong for _, wrong in rows if name in wrong]
        right = sum(wrong[name] is None for wrong in told)
        print(f"{name:{width}} {right:3} of {len(told)}")
    told = sum(len(wrong) for _, wrong in rows)
    print(f"{'all fields':{width}} {told - len(differences):3} of {told}")
    print(f"{'whole papers':{width}} {sum(not any(wrong.values()) for _, wrong in rows):3} of {len(rows)}")
    if differences:
        print("\n" + "\n".join(differences))
    disputed = [(file, name) for file, wrong in rows for name in wrong if wrong[name] and (file, name) in DISPUTED]
    for file, name in disputed:
        print(f"\nThe record of {file} is disputed in {name}: {DISPUTED[file, name]}.")
    print(f"\n{'right or disputed':{width}} {told - len(differences) + len(disputed):3} of {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
