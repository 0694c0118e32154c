"""Two people changed one draft: what both did becomes one, where they did not touch the same thing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.db.models import Model

from directives.paper.draft import read_body
from directives.paper.text import clean
from directives.redline import Clash, merge, merge_texts, redline
from directives.redline.lines import WORD
from directives.selectors.versions import Part

SINGLE = {
    "subject": "Trích yếu",
    "kind": "Loại văn bản",
    "urgency": "Độ khẩn",
    "occasion": "Đợt phục vụ",
    "division": "Phòng soạn thảo",
    "authority": "Thẩm quyền ký",
    "place": "Địa danh",
}
TEXTS = {"body": "Nội dung", "annexes": "Phụ lục"}
ROWS = {"addressees": "Kính gửi", "requirements": "Yêu cầu", "copies": "Nơi nhận", "bases": "Căn cứ"}
FOLLOW = ("label", "text")  # of a demand: they are the body's, where a clash is told
APART = frozenset({*FOLLOW, "starts", "ends"})


@dataclass(frozen=True)
class Merged:
    """A draft as `draft_values` gives it, made of two, and the clashes: (the field's title, both texts)."""

    values: dict
    clashes: list[tuple[str, Clash]]


def merged(base, mine, theirs, prefer="mine"):
    """Three drafts as `draft_values` gives them: what both began from, mine, theirs. What one side alone changed is so;
    a field or line both changed is that of the side `prefer`, and told. What `mine` does not name is theirs."""
    mine = theirs | mine
    mine |= {"body": read_body(mine["body"]).body, "annexes": clean(mine["annexes"]).strip()}
    values, clashes = dict(theirs), []
    for name, title in SINGLE.items():
        values[name], clash = _single(base[name], mine[name], theirs[name], prefer)
        clashes += [(title, clash)] if clash else []
    for name, title in TEXTS.items():
        values[name], found = merge_texts(base[name], mine[name], theirs[name], prefer)
        clashes += [(title, clash) for clash in found]
    for name, title in ROWS.items():
        sides = [[_Row(row) for row in draft[name]] for draft in (base, mine, theirs)]
        rows, found = merge(*sides, prefer)
        values[name] = [row.values for row in rows]
        clashes += [(title, _in_words(clash)) for clash in found]
    return Merged(values, clashes)


def added_by(merged, theirs):
    """What a merged draft adds to the stored one, part by part; parts that stay as they are left out."""
    parts = [Part("Thông tin chung", redline(_facts(theirs), _facts(merged)))]
    parts += [Part(title, redline(theirs[name], merged[name])) for name, title in TEXTS.items()]
    parts += [
        Part(title, redline(*(_row_words(draft[name]) for draft in (theirs, merged)))) for name, title in ROWS.items()
    ]
    return [part for part in parts if part.changes.changed]


def _facts(draft):
    return "\n".join(f"{title}: {_word(draft[name])}" for name, title in SINGLE.items())


def _row_words(rows):
    return "\n".join(" ".join(_Row(row).in_words().split()) for row in rows)


def _word(value):
    return " ".join(str(value or "để trống").split())


def _single(base, mine, theirs, prefer):
    plain = [_plain(each) for each in (base, mine, theirs)]
    if plain[1] in (plain[0], plain[2]):
        return theirs, None
    if plain[2] == plain[0]:
        return mine, None
    clash = Clash(*(_word(each) for each in (base, mine, theirs)))
    return (mine if prefer == "mine" else theirs), clash


def _in_words(clash):
    return Clash(*(row and row.in_words() for row in (clash.base, clash.mine, clash.theirs)))


@dataclass(frozen=True)
class _Row:
    """One row of a draft among the rows of others: equal when all that somebody chose or typed in it is."""

    values: dict
    cells = ()

    @cached_property
    def key(self):
        apart = APART if "label" in self.values else ()
        return tuple(sorted((name, _plain(value)) for name, value in self.values.items() if name not in apart))

    @cached_property
    def bag(self):
        return frozenset(WORD.findall(self.values["text"].lower()))

    def settled(self, base, mine, theirs, prefer):
        """Of a demand, number and words of whoever changed them; of the side `prefer` where both did."""
        if "label" not in self.values:
            return self
        said = {}
        for name in FOLLOW:
            began, ours, other = (_plain(row.values[name]) for row in (base, mine, theirs))
            chosen = theirs if ours == began or (other != began and prefer == "theirs") else mine
            said[name] = chosen.values[name]
        return _Row(self.values | said)

    def in_words(self):
        owners = [str(each) for each, _ in self.values.get("targets", ())]
        owners += [str(each) for name in ("groups", "units") for each in self.values.get(name, ())]
        owners += [str(self.values["unit"])] if self.values.get("unit") else []
        return " · ".join(
            filter(None, [self.values.get("label"), self.values["text"], self.values.get("due_phrase"), *owners])
        )


def _plain(value):
    """A value as it compares: rows by what they are, lists of rows in no order, spaces aside."""
    if isinstance(value, Model):
        return f"{value._meta.model_name} {value.pk}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (list, tuple)):
        return str(sorted(_plain(each) for each in value))
    return " ".join(str("" if value is None else value).split())
