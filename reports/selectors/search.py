"""One question put to everything the reader may see: papers, demands, work of units, units, people, plans, bases, occasions.

Every group goes through its model's `visible_to`. Words match as `units.word_index` says: each begins a word of the text, in
any order, accents or not. A group costs a query to count it and one or two to read some of it."""

import re
from dataclasses import dataclass
from html import escape

from django.db.models import Case, IntegerField, Prefetch, Q, Value, When
from django.utils.safestring import SafeString

from assignments.models import Assignment
from directives.models import Dispatch, Requirement
from plans.models import LegalBasis, Occasion, Plan
from units.models import Contact, Unit, UnitPeriod
from units.templatetags.ui import badge, day, deadline, state
from units.text import fold, nfc
from units.word_index import words_in

FEW = 5
AROUND = 160
_NUMBER = re.compile(r"\s*0*(\d{1,6})\s*/")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """One thing found: its words with what was looked for marked, where it is, a line of what else is known, its state."""

    title: SafeString
    url: str
    note: SafeString | str = ""
    mark: SafeString | str = ""


@dataclass(frozen=True)
class Group:
    """The things of one kind that were found, best first; `rows` is the whole, unread."""

    key: str
    label: str
    icon: str
    noun: str
    rows: object
    read: object


def marked(text, words, around=None):
    """The text as HTML with the words that begin with one of `words` (folded) marked; of a long one `around` letters about the
    first of them."""
    tokens = [(match.span(), words_in(match[0])) for match in _TOKEN.finditer(text)]
    standing = {part for _, parts in tokens for part in parts}
    begun = [
        word for word in words if word not in standing
    ]  # where a word stands itself, others that begin so are not meant
    spots = [span for span, parts in tokens if any(part in words or part.startswith(tuple(begun)) for part in parts)]
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


def _phrase(rows, asked):
    """What was typed stands before the same words scattered, and those before words that only begin so."""
    phrase = When(search_key__contains=fold(asked), then=Value(0))
    whole = When(search_key__whole=asked, then=Value(1))
    return rows.annotate(scattered=Case(phrase, whole, default=Value(2), output_field=IntegerField()))


def rank(hits, asked):
    """How well the best of some hits answers, to put the groups in order: as typed, as typed but for accents, otherwise."""
    best = hits[0].title.replace("<mark>", "").replace("</mark>", "") if hits else ""
    if nfc(asked).casefold() in best.casefold():
        return 0
    return 1 if fold(asked) in fold(best) else 2


def _papers(user, asked, words):
    rows = Dispatch.objects.visible_to(user).filter(search_key__words=asked)
    number = _NUMBER.match(asked)
    exact = [When(number=int(number[1]), then=Value(0))] if number else []
    other = Case(*exact, default=Value(1), output_field=IntegerField())
    rows = _phrase(rows, asked).annotate(other=other).order_by("other", "scattered", "-pk")

    def read(some):
        return [
            Hit(
                marked(f"{row.code()} – {row.subject}", words, AROUND),
                row.get_absolute_url(),
                f"{row.get_kind_display()}{f', {day(row.issued_on)}' if row.issued_on else ''}",
                state(row),
            )
            for row in some
        ]

    return Group("van-ban", "Văn bản", "file-text", "văn bản", rows, read)


def _demands(user, asked, words):
    """What papers demand, once each, for the people of the Sở; a unit finds its own under the work of units."""
    rows = Requirement.objects.all() if user.is_department_staff() else Requirement.objects.none()
    rows = _phrase(rows.filter(search_key__words=asked), asked).select_related("dispatch").order_by("scattered", "-pk")

    def read(some):
        return [
            Hit(
                marked(f"{row.label} {row.text}", words, AROUND),
                row.dispatch.get_absolute_url(),
                f"{row.dispatch.code()}{f' · {deadline(row.due_at)}' if row.due_at else ''}",
            )
            for row in some
        ]

    return Group("yeu-cau", "Yêu cầu trong văn bản", "list-details", "yêu cầu", rows, read)


def _work(user, asked, words):
    """A demand × a unit: some of the words name the unit, the others the demand. A unit's own people need not name it."""
    staff = user.is_department_staff()
    covered = {}
    any_word = Q(pk=None)
    for word in words:
        any_word |= Q(search_key__words=word)
    for unit, key in UnitPeriod.objects.filter(any_word).values_list("unit", "search_key"):
        parts = words_in(key)
        said = frozenset(word for word in words if any(part.startswith(word) for part in parts))
        if len(said) > len(covered.get(unit, ())):
            covered[unit] = said
    wanted = Q(pk=None)
    most = sorted(set(covered.values()), key=len, reverse=True)[:3]
    for said in most:
        rest = " ".join(word for word in words if word not in said)
        units = [unit for unit, theirs in covered.items() if theirs == said]
        wanted |= (
            Q(unit__in=units, requirement__in=Requirement.objects.filter(search_key__words=rest))
            if rest
            else Q(unit__in=units)
        )
    if not staff:
        wanted |= Q(requirement__in=Requirement.objects.filter(search_key__words=asked))
    rows = Assignment.objects.visible_to(user).filter(wanted).select_related("unit", "requirement").order_by("-pk")

    def read(some):
        return [
            Hit(
                marked(f"{row.requirement.label} {row.requirement.text}", words, AROUND),
                row.get_absolute_url(),
                SafeString(f"{marked(row.unit.name, words)} · {escape(deadline(row.due_at)) or 'không hạn'}"),
                state(row),
            )
            for row in some
        ]

    return Group("nhiem-vu", "Nhiệm vụ của đơn vị", "list-check", "nhiệm vụ", rows, read)


def _units(user, asked, words):
    """By any name they ever bore, or a code."""
    rows = Unit.objects.visible_to(user).search(asked).order_by("valid_to", "sort_key", "pk")
    rows = rows.prefetch_related(Prefetch("periods", UnitPeriod.objects.order_by("-valid_from")))

    def read(some):
        return [Hit(marked(row.name, words), row.get_absolute_url(), *_of_unit(row, words)) for row in some]

    return Group("don-vi", "Đơn vị", "building", "đơn vị", rows, read)


def _of_unit(unit, words):
    names = {period.name for period in unit.periods.all()} - {unit.name}
    old = next((name for name in sorted(names) if all(_begins_one(name, word) for word in words)), None)
    note = SafeString(f"trước đây: {marked(old, words)}") if old else unit.get_kind_display()
    return note, badge("void", f"đến {day(unit.valid_to)}") if unit.valid_to else ""


def _begins_one(text, word):
    return any(part.startswith(word) for part in words_in(text))


def _people(user, asked, words):
    """By name alone: a telephone number asked for would stand in addresses and logs, and tell whose it is."""
    rows = (
        Contact.objects.visible_to(user)
        .filter(search_key__words=asked)
        .select_related("unit")
        .order_by("left_on", "sort_key", "pk")
    )

    def read(some):
        return [
            Hit(
                marked(row.name, words),
                row.unit.get_absolute_url(),
                f"{row.position + ', ' if row.position else ''}{row.unit.name}",
                badge("void", f"thôi từ {day(row.left_on)}") if row.left_on else "",
            )
            for row in some
        ]

    return Group("nguoi", "Người", "user", "người", rows, read)


def _titled(key, label, icon, noun, rows, title, note):
    """A group of rows that say who they are in one line."""

    def group(user, asked, words):
        found = _phrase(rows(user).filter(search_key__words=asked), asked).order_by("scattered", "-pk")

        def read(some):
            return [Hit(marked(title(row), words, AROUND), row.get_absolute_url(), note(row)) for row in some]

        return Group(key, label, icon, noun, found, read)

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
        lambda user: Plan.objects.visible_to(user).select_related("occasion"),
        lambda row: row.title,
        lambda row: row.occasion.name,
    ),
    _titled(
        "dot",
        "Đợt phục vụ",
        "calendar-event",
        "đợt",
        lambda user: Occasion.objects.visible_to(user),
        lambda row: row.name,
        lambda row: f"Ngày chính {day(row.d_day)}",
    ),
    _titled(
        "can-cu",
        "Căn cứ",
        "scale",
        "căn cứ",
        lambda user: LegalBasis.objects.visible_to(user),
        lambda row: f"{row.number} – {row.subject}" if row.number else row.subject,
        lambda row: f"{row.issuer}{f', {day(row.issued_on)}' if row.issued_on else ''}",
    ),
]


def find(user, asked):
    """Every group for this question, unread; none when nothing that could be looked for was typed."""
    asked = nfc(asked).replace("\0", " ").strip()[:200]
    words = words_in(asked)
    return [make(user, asked, words) for make in GROUPS] if words else []
