"""From a printed addressee line to the groups and units it may mean: a proposal with a score, never a decision.

Pure: names in, candidates out. Words that every name shares ("công ty", "ủy ban nhân dân") weigh little, rare ones much.
A line that speaks of many ("các doanh nghiệp…", "trên địa bàn tỉnh") is read by the kinds of units it names.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from units.states import UnitKind
from units.text import fold

SURE = 0.8
NEAR = 0.6
WORTH_SHOWING = 0.35
KIND_WORDS = {
    UnitKind.POSTAL: ("buu chinh", "chuyen phat"),
    UnitKind.CABLE: ("ha tang mang cap", "truyen hinh cap", "truyen hinh tra tien", "mang cap", "cap truyen hinh"),
    UnitKind.TELECOM: ("vien thong", "internet", "thong tin di dong"),
    UnitKind.PRESS: ("bao chi", "phat thanh", "truyen hinh", "truyen thanh"),
    UnitKind.DISTRICT: ("cap huyen", "huyen", "thi xa", "thanh pho"),
    UnitKind.COMMUNE: ("cap xa", "dac khu", "thi tran", "phuong", "xa"),
    UnitKind.DIVISION: ("phong chuyen mon thuoc so", "don vi thuoc so", "phong thuoc so", "trung tam thuoc so"),
}
_MANY = re.compile(
    r"^(doanh nghiep|don vi|co quan|toan the|tat ca)\b|\bcac\b|\bnhung\b|\btren dia ban\b|\bxa phuong\b|\bhuyen thi xa\b"
)
_PLACE = re.compile(r"\b(tren dia ban|trong|toan)( (tinh|thanh pho|ca nuoc))?\b|\btruc thuoc\b")
_SMALL = frozenset({"cac", "nhung", "va", "cua", "tai", "co", "thuoc", "tren", "trong", "ve", "cung", "khac", "toan"})
_GENERIC = frozenset(
    {"doanh", "nghiep", "cong", "ty", "don", "vi", "co", "quan", "uy", "ban", "nhan", "dan"}
    | {"to", "chuc", "hoat", "dong", "linh", "vuc", "toan", "the", "tat", "ca"}
)


@dataclass(frozen=True)
class Name:
    """One name by which a group or a unit is known; `current` is the one to show, `ended` the day the unit ended."""

    what: str
    pk: int
    name: str
    short_name: str
    kind: str
    current: str
    ended: date | None = None


@dataclass(frozen=True)
class Candidate:
    """A group ("group") or a unit ("unit") the line may mean; `sure` ones may be ticked beforehand, by a person to see."""

    what: str
    pk: int
    name: str
    score: float
    sure: bool
    ended: date | None = None


@lru_cache(maxsize=4096)
def plain(text):
    """The line folded to bare words, remarks in brackets dropped, UBND and its like written out."""
    text = fold(re.sub(r"\([^)]*\)", " ", text))
    text = re.sub(r"[^\w]+", " ", text)
    for short, full in (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"), ("dn", "doanh nghiep")):
        text = re.sub(rf"\b{short}\b", full, text)
    return re.sub(r"\s+", " ", text).strip()


def kinds_named(text):
    """The kinds of units a plain line names, and the words that are left when they and the empty ones are taken away."""
    text = _PLACE.sub(" ", text)
    found = set()
    for kind, phrases in KIND_WORDS.items():
        for phrase in phrases:
            text, times = re.subn(rf"\b{phrase}\b", " ", text)
            if times:
                found.add(kind)
    return found, set(text.split()) - _SMALL - _GENERIC


def _words(text):
    return frozenset(_PLACE.sub(" ", text).split()) - _SMALL


def propose(line, book, limit=12):
    """Candidates for the line, best first; empty when nothing resembles it. Beside a sure one only near ones are shown."""
    text = plain(line)
    if not text:
        return []
    asked, known = _words(text), [(name, plain(name.name)) for name in book]
    frequency = Counter(word for _, other in known for word in _words(other))
    weight = {word: log(1 + len(known) / count) for word, count in frequency.items()}
    holders = {(name.what, name.pk) for name, other in known if asked <= _words(other)} if asked - _GENERIC else set()
    best = {}
    for name, other in known:
        key = (name.what, name.pk)
        score = _likeness(text, asked, other, weight, unknown=log(1 + len(known)))
        score = max(score, _kinship(text, name, other), _alias(text, name))
        if holders == {key}:
            score = max(score, 0.85)
        if score > best.get(key, (0, None))[0]:
            best[key] = (score, name)
    ranked = sorted(best.values(), key=lambda found: (-found[0], found[1].what, found[1].current))
    floor = NEAR if ranked and ranked[0][0] >= SURE else WORTH_SHOWING
    return [
        Candidate(name.what, name.pk, name.current, round(score, 2), score >= SURE and name.ended is None, name.ended)
        for score, name in ranked[:limit]
        if score >= floor
    ]


def _likeness(text, asked, other, weight, unknown):
    """How much of the weight of both names is shared; 1 for the same name."""
    if text == other:
        return 1.0
    offered = _words(other)
    shared = sum(weight[word] for word in asked & offered)
    total = sum(weight.get(word, unknown) for word in asked) + sum(weight[word] for word in offered)
    return 0.95 * 2 * shared / total if total else 0.0


def _alias(text, name):
    """The line is, or holds, a short form that belongs to this unit."""
    short = plain(name.short_name)
    if len(short) < 3 or set(short.split()) <= _GENERIC or not re.search(rf"\b{re.escape(short)}\b", text):
        return 0.0
    return 0.85 if text == short else 0.7


def _kinship(text, name, other):
    """How surely a line about many units means this group: it names the group's kind and hardly anything else."""
    if name.what != "group" or not _MANY.search(text):
        return 0.0
    named, left = kinds_named(text)
    kinds = {UnitKind(name.kind)} if name.kind else kinds_named(other)[0]
    if not kinds or not kinds <= named:
        return 0.0
    return max(0.0, 0.92 - 0.15 * len(left - _words(other)))
