"""One question put to everything the reader may see: papers, demands, work of units, units, people, plans, bases, occasions.

Every group goes through its model's `visible_to`, but the demands: those are for staff of the Sở, who see every paper.
Words match as `units.word_index` says: each begins a word of the text, in any order, accents or not. Of a group the newest
`MOST` are looked at and put in order: what was typed before the same words scattered, those before words that only begin so.
That costs a query or two, and one or two more to read the few that are shown."""

import re
from dataclasses import dataclass
from html import escape

from django.db.models import Prefetch, Q
from django.utils.safestring import SafeString

from assignments.models import Assignment
from directives.models import Dispatch, Requirement
from plans.models import LegalBasis, Occasion, Plan
from units.models import Contact, Unit, UnitPeriod
from units.templatetags.ui import badge, day, deadline, state
from units.text import fold, nfc
from units.word_index import newest, words_in

MOST = 500
AROUND = 160
_NUMBER = re.compile(r"\s*0*(\d{1,6})\s*/")
_TOKEN = re.compile(r"\w+")
_FOLDED = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class Asked:
    """What was typed, as text and as the folded words that are looked for."""

    text: str
    phrase: str
    words: list

    def fit(self, key):
        """How well a folded text answers: 0 as it was typed, 1 with every word but the last as typed, 2 otherwise."""
        if self.phrase in key:
            return 0
        return 1 if set(self.words[:-1]) <= set(_FOLDED.findall(key)) else 2


@dataclass(frozen=True)
class Hit:
    """One thing found: its words with what was looked for marked, where it is, a line of what else is known, its state."""

    title: SafeString
    url: str
    note: SafeString | str = ""
    mark: SafeString | str = ""


@dataclass(frozen=True)
class Group:
    """The things of one kind that were found: their keys, best first, and how the rows of some keys become hits."""

    key: str
    label: str
    icon: str
    noun: str
    keys: list
    rows: object
    hit: object

    def read(self, keys):
        """The hits of these keys, in their order."""
        rows = self.rows.in_bulk(list(keys))
        return [self.hit(rows[key]) for key in keys if key in rows]


def marked(text, words, around=None):
    """The text as HTML with the words that were looked for marked; of a long one `around` letters about the first of them.

    Where a word stands itself, others that only begin so are not meant."""
    tokens = [(match.span(), words_in(match[0])) for match in _TOKEN.finditer(text)]
    standing = {part for _, parts in tokens for part in parts}
    begun = tuple(word for word in words if word not in standing)
    spots = [span for span, parts in tokens if any(part in words or part.startswith(begun) for part in parts)]
    start, end = 0, len(text)
    if around and end > around:
        start = max(0, (spots[0][0] if spots else 0) - around // 3)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        cut = text.rfind(" ", start, start + around)
        end = cut if cut > start else start + around
    said, at = [], start
    for first, last in spots:
        if start <= first and last <= end:
            said += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    said.append(escape(text[at:end]))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return SafeString(f"{before}{''.join(said)}{after}")


def rank(hits, text):
    """How well the best of some hits answers, to put the groups in order: as typed, as typed but for accents, otherwise."""
    best = hits[0].title.replace("<mark>", "").replace("</mark>", "") if hits else ""
    if nfc(text).casefold() in best.casefold():
        return 0
    return 1 if fold(text) in fold(best) else 2


def _best(rows, asked):
    """Keys of the newest rows that hold every word, best first."""
    keys = newest(rows, asked.text, MOST + 1)
    fits = {
        key: asked.fit(said) for key, said in rows.model.objects.filter(pk__in=keys).values_list("pk", "search_key")
    }
    return sorted(keys, key=lambda key: (fits.get(key, 2), -key))


def _papers(user, asked):
    """A number as it is printed stands first, however old."""
    rows = Dispatch.objects.visible_to(user)
    keys = _best(rows, asked)
    if number := _NUMBER.match(asked.text):
        exact = rows.filter(number=int(number[1]), search_key__words=asked.text).order_by("-pk")
        exact = list(exact.values_list("pk", flat=True)[:MOST])
        keys = [*exact, *(key for key in keys if key not in set(exact))]

    def hit(row):
        return Hit(
            marked(f"{row.code()} – {row.subject}", asked.words, AROUND),
            row.get_absolute_url(),
            f"{row.get_kind_display()}{f', {day(row.issued_on)}' if row.issued_on else ''}",
            state(row),
        )

    return Group("van-ban", "Văn bản", "file-text", "văn bản", keys, rows, hit)


def _demands(user, asked):
    """What papers demand, once each, for the people of the Sở; a unit finds its own under the work of units."""
    rows = Requirement.objects.all()
    keys = _best(rows, asked) if user.is_department_staff() else []

    def hit(row):
        return Hit(
            marked(f"{row.label} {row.text}", asked.words, AROUND),
            row.dispatch.get_absolute_url(),
            f"{row.dispatch.code()}{f' · {deadline(row.due_at)}' if row.due_at else ''}",
        )

    rows = rows.select_related("dispatch")
    return Group("yeu-cau", "Yêu cầu trong văn bản", "list-details", "yêu cầu", keys, rows, hit)


def _work(user, asked):
    """A demand × a unit: some of the words name the unit, the others the demand. A unit's own people need not name it."""
    seen = Assignment.objects.visible_to(user)
    keys = []
    for words, units in _named(asked.words):
        rows = seen.filter(unit__in=units)
        if rest := [word for word in asked.words if word not in words]:
            rows = rows.filter(requirement__search_key__words=" ".join(rest))
        keys += rows.order_by("-pk").values_list("pk", flat=True)[: MOST + 1]
    if not user.is_department_staff():
        keys += (
            seen.filter(requirement__search_key__words=asked.text).order_by("-pk").values_list("pk", flat=True)[:MOST]
        )
    keys = list(dict.fromkeys(keys))[: MOST + 1]

    def hit(row):
        return Hit(
            marked(f"{row.requirement.label} {row.requirement.text}", asked.words, AROUND),
            row.get_absolute_url(),
            SafeString(f"{marked(row.unit.name, asked.words)} · {escape(deadline(row.due_at)) or 'không hạn'}"),
            state(row),
        )

    rows = seen.select_related("unit", "requirement")
    return Group("nhiem-vu", "Nhiệm vụ của đơn vị", "list-check", "nhiệm vụ", keys, rows, hit)


def _named(words):
    """The ways in which units are named by some of these words, most words first, three at most: [(words, units)]."""
    wanted = Q(pk=None)
    for word in words:
        wanted |= Q(search_key__words=word)
    said = {}
    for unit, key in UnitPeriod.objects.filter(wanted).values_list("unit", "search_key"):
        parts = _FOLDED.findall(key)
        theirs = frozenset(word for word in words if any(part.startswith(word) for part in parts))
        if len(theirs) > len(said.get(unit, ())):
            said[unit] = theirs
    ways = sorted(set(said.values()), key=len, reverse=True)[:3]
    return [(way, [unit for unit, theirs in said.items() if theirs == way]) for way in ways]


def _units(user, asked):
    """By any name they ever bore, or a code; those that exist before those that ended."""
    rows = Unit.objects.visible_to(user)
    found = rows.search(asked.text).order_by("sort_key", "pk").values_list("pk", "name", "valid_to")[: MOST + 1]
    keys = [key for key, *_ in sorted(found, key=lambda row: (row[2] is not None, asked.fit(fold(row[1]))))]
    rows = rows.prefetch_related(Prefetch("periods", UnitPeriod.objects.order_by("pk")))

    def hit(row):
        names = [period.name for period in row.periods.all() if period.name != row.name]
        old = next((name for name in names if all(_begins(name, word) for word in asked.words)), None)
        note = SafeString(f"trước đây: {marked(old, asked.words)}") if old else row.get_kind_display()
        ended = badge("void", f"đến {day(row.valid_to)}") if row.valid_to else ""
        return Hit(marked(row.name, asked.words), row.get_absolute_url(), note, ended)

    return Group("don-vi", "Đơn vị", "building", "đơn vị", keys, rows, hit)


def _begins(text, word):
    return any(part.startswith(word) for part in words_in(text))


def _people(user, asked):
    """By name alone: a telephone number asked for would stand in addresses and logs, and tell whose it is."""

    def hit(row):
        return Hit(
            marked(row.name, asked.words),
            row.unit.get_absolute_url(),
            f"{row.position + ', ' if row.position else ''}{row.unit.name}",
            badge("void", f"thôi từ {day(row.left_on)}") if row.left_on else "",
        )

    rows = Contact.objects.visible_to(user)
    return Group("nguoi", "Người", "user", "người", _best(rows, asked), rows.select_related("unit"), hit)


def _titled(key, label, icon, noun, model, title, note, beside=()):
    """A group of rows that say who they are in one line."""

    def group(user, asked):
        def hit(row):
            return Hit(marked(title(row), asked.words, AROUND), row.get_absolute_url(), note(row))

        rows = model.objects.visible_to(user)
        return Group(key, label, icon, noun, _best(rows, asked), rows.select_related(*beside) if beside else rows, hit)

    return group


GROUPS = [
    _papers,
    _demands,
    _work,
    _units,
    _people,
    _titled(
        "ke-hoach",
        "Kế hoạch",
        "clipboard-list",
        "kế hoạch",
        Plan,
        lambda row: row.title,
        lambda row: row.occasion.name,
        ["occasion"],
    ),
    _titled(
        "dot",
        "Đợt phục vụ",
        "calendar-event",
        "đợt",
        Occasion,
        lambda row: row.name,
        lambda row: f"Ngày chính {day(row.d_day)}",
    ),
    _titled(
        "can-cu",
        "Căn cứ",
        "scale",
        "căn cứ",
        LegalBasis,
        lambda row: f"{row.number} – {row.subject}" if row.number else row.subject,
        lambda row: f"{row.issuer}{f', {day(row.issued_on)}' if row.issued_on else ''}",
    ),
]


def find(user, text):
    """Every group for this question; none when nothing that could be looked for was typed."""
    text = nfc(text).replace("\0", " ").strip()[:200]
    asked = Asked(text, fold(text), words_in(text))
    return [make(user, asked) for make in GROUPS] if asked.words else []
