"""Plan templates: ready-made demands of an election, a Tết, a Quốc khánh (`data/outlines/*.toml`), read strictly.

Texts may hold `{occasion}` and `{year}`; `fill` puts them in. Nothing here knows the database.
"""

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from string import Formatter

KINDS = ("election", "tet", "national_day")
# Recipient groups; `divisions` is every division of the Sở, `own:` one of them by its code.
GROUPS = frozenset(
    {
        "telecom",
        "postal",
        "cable",
        "press",
        "communes",
        "divisions",
        "own:bcvt",
        "own:cntt",
        "own:thanhtra",
        "own:vanphong",
    }
)
EVIDENCE = frozenset({"document", "report", "list", "photo", "figure", "roster", "none"})
PHASES = frozenset({"before", "during", "after"})

_DATA = Path(__file__).parent / "data" / "outlines"
_PLACEHOLDERS = frozenset({"occasion", "year"})
_OUTLINE_KEYS = frozenset({"title", "purpose", "requirements", "bases", "organisation", "sections", "demand"})
_DEMAND_KEYS = frozenset(
    {"key", "section", "text", "lead", "support", "offset", "time", "repeat", "evidence", "must_report"}
)
# Names that lose their capital inside a sentence: "phục vụ bầu cử đại biểu…", but "dịp Tết…".
_COMMON_NOUNS = ("Bầu cử", "Cuộc bầu cử")


class OutlineError(ValueError):
    """A template that cannot be used, with its file and place."""


@dataclass(frozen=True)
class Section:
    key: str
    heading: str


@dataclass(frozen=True)
class Repeat:
    """Once a day: over a phase of the occasion, or from offset `first` to `last` (both included) when `phase` is None."""

    phase: str | None
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Demand:
    """One demand: due `offset` days from D-day or recurring by `repeat` (one of the two), at `at` or by the end of the day."""

    key: str
    section: str
    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    offset: int | None
    at: time | None
    repeat: Repeat | None
    evidence: str
    must_report: bool

    @property
    def groups(self) -> tuple[str, ...]:
        return self.lead + self.support


@dataclass(frozen=True)
class Outline:
    """A plan template. `purpose`, `requirements`, `organisation` are paragraphs; `bases` names papers to look up and cite."""

    kind: str
    title: str
    purpose: tuple[str, ...]
    requirements: tuple[str, ...]
    bases: tuple[str, ...]
    organisation: tuple[str, ...]
    sections: tuple[Section, ...]
    demands: tuple[Demand, ...]

    def heading(self, section_key: str) -> str:
        return next(section.heading for section in self.sections if section.key == section_key)


def fill(text: str, *, occasion: str, year: int) -> str:
    """The text with the name of the occasion and its year in place of the placeholders."""
    if occasion.startswith(_COMMON_NOUNS):
        occasion = occasion[0].lower() + occasion[1:]
    return text.format(occasion=occasion, year=year)


def outlines() -> list[Outline]:
    return [load_outline(kind) for kind in KINDS]


@cache
def load_outline(kind: str) -> Outline:
    """Refuses a kind that has no template (`LookupError`) and a template with any mistake (`OutlineError`)."""
    if kind not in KINDS:
        raise LookupError(f"no outline for {kind!r}; there are {', '.join(KINDS)}")
    return read_outline(kind, (_DATA / f"{kind}.toml").read_text(encoding="utf-8"))


def read_outline(kind: str, source: str) -> Outline:
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise OutlineError(f"{kind}: not TOML: {error}") from error
    _check_keys(kind, raw, required=_OUTLINE_KEYS, allowed=_OUTLINE_KEYS)
    sections = tuple(_section(kind, entry) for entry in _entries(kind, "sections", raw["sections"]))
    _check_unique(f"{kind}: sections", [section.key for section in sections])
    known = {section.key for section in sections}
    demands = tuple(_demand(kind, entry, known) for entry in _entries(kind, "demand", raw["demand"]))
    _check_unique(f"{kind}: demands", [demand.key for demand in demands])
    if unused := known - {demand.section for demand in demands}:
        raise OutlineError(f"{kind}: sections without demands: {', '.join(sorted(unused))}")
    return Outline(
        kind=kind,
        title=_text(f"{kind}: title", raw["title"]),
        purpose=_texts(kind, "purpose", raw),
        requirements=_texts(kind, "requirements", raw),
        bases=_texts(kind, "bases", raw),
        organisation=_texts(kind, "organisation", raw),
        sections=sections,
        demands=demands,
    )


def _section(kind, entry):
    place = f"{kind}: section {entry.get('key')!r}"
    _check_keys(place, entry, required={"key", "heading"}, allowed={"key", "heading"})
    return Section(_text(f"{place}: key", entry["key"]), _text(f"{place}: heading", entry["heading"]))


def _demand(kind, entry, known_sections):
    place = f"{kind}: demand {entry.get('key')!r}"
    required = {"key", "section", "text", "lead", "evidence", "must_report"}
    _check_keys(place, entry, required=required, allowed=_DEMAND_KEYS)
    if ("offset" in entry) == ("repeat" in entry):
        raise OutlineError(f"{place}: give either offset or repeat")
    if "repeat" in entry and "time" in entry:
        raise OutlineError(f"{place}: the time of a daily demand stands inside repeat")
    lead, support = _group_codes(place, entry["lead"]), _group_codes(place, entry.get("support", []))
    if not lead:
        raise OutlineError(f"{place}: nobody leads")
    _check_unique(f"{place}: groups", lead + support)
    repeat, at = _repeat(place, entry["repeat"]) if "repeat" in entry else (None, entry.get("time"))
    return Demand(
        key=_text(f"{place}: key", entry["key"]),
        section=_one_of(f"{place}: section", entry["section"], known_sections),
        text=_text(f"{place}: text", entry["text"]),
        lead=lead,
        support=support,
        offset=_whole(f"{place}: offset", entry["offset"]) if repeat is None else None,
        at=_clock(place, at),
        repeat=repeat,
        evidence=_one_of(f"{place}: evidence", entry["evidence"], EVIDENCE),
        must_report=_flag(f"{place}: must_report", entry["must_report"]),
    )


def _repeat(place, entry):
    place = f"{place}: repeat"
    if not isinstance(entry, dict):
        raise OutlineError(f"{place}: not a table")
    _check_keys(place, entry, required={"every"}, allowed={"every", "phase", "from", "until", "time"})
    _one_of(f"{place}: every", entry["every"], {"day"})
    if "phase" in entry:
        if "from" in entry or "until" in entry:
            raise OutlineError(f"{place}: give either phase, or from and until")
        return Repeat(_one_of(f"{place}: phase", entry["phase"], PHASES), None, None), entry.get("time")
    if "from" not in entry or "until" not in entry:
        raise OutlineError(f"{place}: give either phase, or from and until")
    first, last = _whole(f"{place}: from", entry["from"]), _whole(f"{place}: until", entry["until"])
    if last < first:
        raise OutlineError(f"{place}: until comes before from")
    return Repeat(None, first, last), entry.get("time")


def _entries(kind, name, value):
    if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
        raise OutlineError(f"{kind}: {name} must be a list of tables, not empty")
    return value


def _texts(kind, name, raw):
    if not isinstance(raw[name], list) or not raw[name]:
        raise OutlineError(f"{kind}: {name} must be a list of texts, not empty")
    return tuple(_text(f"{kind}: {name}", text) for text in raw[name])


def _text(place, value):
    if not isinstance(value, str) or not value.strip() or value != value.strip():
        raise OutlineError(f"{place}: must be a text without blanks around it")
    if unicodedata.normalize("NFC", value) != value:
        raise OutlineError(f"{place}: not in NFC")
    try:
        unknown = {name for _, name, _, _ in Formatter().parse(value) if name is not None} - _PLACEHOLDERS
    except ValueError as error:
        raise OutlineError(f"{place}: {error}") from error
    if unknown:
        raise OutlineError(f"{place}: unknown placeholder {', '.join(sorted(unknown))}")
    return value


def _group_codes(place, value):
    if not isinstance(value, list):
        raise OutlineError(f"{place}: groups must be a list")
    return tuple(_one_of(f"{place}: group", code, GROUPS) for code in value)


def _one_of(place, value, choices):
    if value not in choices:
        raise OutlineError(f"{place}: {value!r} is not one of {', '.join(sorted(choices))}")
    return value


def _whole(place, value):
    if not isinstance(value, int) or isinstance(value, bool):
        raise OutlineError(f"{place}: must be a whole number of days")
    return value


def _flag(place, value):
    if not isinstance(value, bool):
        raise OutlineError(f"{place}: must be true or false")
    return value


def _clock(place, value):
    if value is None:
        return None
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise OutlineError(f"{place}: time must be HH:MM, not {value!r}") from error


def _check_keys(place, entry, *, required, allowed):
    if missing := set(required) - set(entry):
        raise OutlineError(f"{place}: missing {', '.join(sorted(missing))}")
    if unknown := set(entry) - set(allowed):
        raise OutlineError(f"{place}: unknown {', '.join(sorted(unknown))}")


def _check_unique(place, values):
    if repeated := {value for value in values if values.count(value) > 1}:
        raise OutlineError(f"{place}: repeated {', '.join(sorted(repeated))}")
