"""An earlier paper carried over to another occasion: what moves, what stays, who and what no longer exists. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F

from directives.deadlines import due_from, in_words, last_day, readings
from directives.moving import Move, Shift, move_dates
from directives.moving.written import days_in
from directives.paper import SignOff
from directives.selectors.drafting import authorities_on, propose_authority
from directives.selectors.earlier import dates_of
from directives.selectors.places import words_of
from directives.selectors.rows import draft_values
from directives.selectors.words import when_words
from plans.selectors import overrides
from units.models import Succession, Unit, UnitPeriod

PARTS = {"subject": "trích yếu", "body": "nội dung", "annexes": "phụ lục"}
AROUND = 110
LONGEST = 500
HALF_A_YEAR = timedelta(days=180)


@dataclass(frozen=True)
class Sentence:
    """Words with a little of what stands around them, and in which part of the paper."""

    before: str
    words: str
    after: str
    where: str


@dataclass
class Row:
    """The same change wherever it stands. `move` is the first of its places; `remark` is what speaks against keeping it."""

    key: str
    move: Move
    sentences: list[Sentence] = field(default_factory=list)
    past: bool = False
    remark: str = ""

    def choices(self):
        """What may be written, as pairs (words, label), the proposal first."""
        move = self.move
        first = f"{move.new} – giữ nguyên" if move.kept else move.new
        return [(move.new, first), *((offer.new, f"{offer.new} – {offer.why}") for offer in move.offers)]

    def means(self, words, nearest):
        """The day that the chosen words mean; None when they mean none."""
        if words == self.move.new:
            return self.move.new_on
        days = days_in(f"ngày {words}", nearest)
        return days[-1].on if days else None


@dataclass(frozen=True)
class Due:
    """A demand of the new draft before it is made: its words, who owes it, when it was and will be due. `key` is the old one's."""

    key: int
    label: str
    text: str
    owners: str
    before: str
    after: str
    warning: str


class LastYear:
    """`source` carried over to `occasion` as it stands on a day. Queries do not grow with the length of the paper.

    Refuses (ValueError) occasions in years the calendar does not cover."""

    def __init__(self, source, occasion, old, *, on):
        self.source, self.occasion, self.on = source, occasion, on
        self.values = draft_values(source)
        self.shift = Shift(old, dates_of(occasion))
        whole = "\n".join(self.values[part] for part in PARTS)
        facts = {"overrides": overrides(), "renamed": _renamed(whole)}
        self._move = lambda text: move_dates(text, old=old, new=self.shift.new, **facts)
        self.texts = {part: self._move(self.values[part]) for part in PARTS}
        self.rows, self.kept, self.cited = self._grouped()
        self.ended = self._ended()

    def _grouped(self):
        found: dict[tuple, Row] = {}
        for part, moved in self.texts.items():
            for move in moved.moves:
                if len(move.old) <= LONGEST:
                    key = (move.what, move.old, move.new)
                    row = found.setdefault(key, Row(f"{len(found)}", move))
                    row.sentences.append(_sentence(moved.text, move, PARTS[part]))
        gone = {
            row.number: row.basis.superseded_by
            for row in self.source.bases.select_related("basis__superseded_by")
            if row.number and row.basis and row.basis.superseded_by
        }
        for row in found.values():
            row.past = bool(row.move.new_on and not row.move.kept and row.move.new_on < self.on)
            after = next((new for number, new in gone.items() if number in row.move.old), None)
            row.remark = f"Đã được thay bởi {after.citation()}." if after else ""
        cited = [row for row in found.values() if row.move.what == "cited"]
        kept = [row for row in found.values() if row.move.kept and row.move.what != "cited"]
        return [row for row in found.values() if not row.move.kept], kept, cited

    def _ended(self):
        """Each unit of the paper that no longer exists, with the units that took over from it."""
        units = {unit for line in self.values["addressees"] for unit in line["units"]}
        units |= {line["unit"] for line in self.values["copies"] if line["unit"]}
        units |= {each for row in self.values["requirements"] for each, _ in row["targets"] if isinstance(each, Unit)}
        ended = [unit for unit in units if unit.valid_to and unit.valid_to <= self.on]
        return {unit: _heirs(unit, self.on) for unit in sorted(ended, key=lambda unit: unit.sort_key)} if ended else {}

    def words(self, chosen: Mapping[str, str]):
        """For each move the words that were chosen, by the key of its row."""
        rows = {(row.move.what, row.move.old, row.move.new): row for row in [*self.rows, *self.kept, *self.cited]}
        return {
            move: chosen.get(row.key) or move.new
            for moved in self.texts.values()
            for move in moved.moves
            if (row := rows.get((move.what, move.old, move.new)))
        }

    def nearest(self, day, month):
        return self.shift.nearest(day, month, self.occasion.d_day)

    def draft(self, chosen: Mapping[str, str], heirs: Mapping[int, list] | None = None):
        """What `create_dispatch` takes. `chosen` are other words by a row's key, `heirs` who takes the place of a unit that
        ended, by its key; left out, all that took over from it."""
        words = self.words(chosen)
        takes_over = {unit.pk: now if heirs is None else heirs.get(unit.pk, []) for unit, now in self.ended.items()}
        values = {part: moved.changed(words) for part, moved in self.texts.items()}
        return values | {
            "kind": self.source.kind,
            "urgency": self.source.urgency,
            "occasion": self.occasion,
            "authority": self.authority(),
            "addressees": [self._line(line, takes_over) for line in self.values["addressees"]],
            "copies": [self._copy(line, takes_over) for line in self.values["copies"]],
            "bases": self.values["bases"],
            "requirements": [
                self._demand(row, words, values["body"], takes_over) for row in self.values["requirements"]
            ],
            "drawn_from": self.source,
            "moved": self._moved(chosen),
        }

    def _moved(self, chosen):
        """What somebody must confirm: everything that changed, and the papers still cited."""
        rows = []
        for row in [*self.rows, *self.kept, *self.cited]:
            move, words = row.move, chosen.get(row.key) or row.move.new
            if words == move.old and move.what != "cited":
                continue
            proposed = words == move.new
            rows.append(
                {
                    "old": move.old,
                    "new": words,
                    "why": (move.why if proposed else "người soạn chọn")[:300],
                    "old_on": move.old_on,
                    "new_on": row.means(words, self.nearest),
                    "day_off": (row.remark or (move.day_off if proposed else ""))[:200],
                }
            )
        return rows

    def authority(self):
        """The old authority while it is in force, else the one that prints the same lines, else the head's own."""
        held = list(authorities_on(self.source.issuer, self.on))
        if self.source.authority in held:
            return self.source.authority
        signer = SignOff(tuple(self.source.authority.lines())) if self.source.authority else None
        return propose_authority(self.source.issuer, self.on, signer) or propose_authority(self.source.issuer, self.on)

    def notes(self):
        """What else is no longer as it was, in sentences."""
        said, now = [], self.authority()
        if self.source.authority and now != self.source.authority:
            who = f"dự thảo dùng {now}" if now else "hãy chọn người ký trong dự thảo"
            said.append(f"Thẩm quyền ký của {self.source.authority.user.full_name} không còn hiệu lực; {who}.")
        for unit, heirs in self.ended.items():
            if not heirs:
                said.append(f"“{unit.name}” đã chấm dứt và chưa có đơn vị kế tục; dòng gửi tới đơn vị này sẽ để trống.")
        return said

    def dues(self, made):
        """The demands of `made` (what `draft` gave) beside the old ones."""
        rows = []
        for old, new in zip(self.source.requirements.order_by("order"), made["requirements"], strict=True):
            due = new["due_at"]
            late = bool(due and last_day(due)[0] < self.on) or bool(
                new["repeat_until"] and new["repeat_until"] < self.on
            )
            after = in_words(due) if due else ""
            if new["every"] and new["repeat_from"]:
                after = f"hằng ngày, {new['repeat_from']:%d/%m/%Y} – {new['repeat_until']:%d/%m/%Y}"
            owners = "; ".join(str(each) for each, _ in new["targets"])
            rows.append(
                Due(old.pk, new["label"], new["text"], owners, when_words(old), after, "đã qua" if late else "")
            )
        return rows

    def _line(self, line, takes_over):
        units = [each for unit in line["units"] for each in takes_over.get(unit.pk, [unit])]
        return {
            "text": self._move(line["text"]).changed(),
            "groups": line["groups"],
            "units": list(dict.fromkeys(units)),
        }

    def _copy(self, line, takes_over):
        heirs = takes_over.get(line["unit"].pk, [line["unit"]]) if line["unit"] else []
        return {"text": self._move(line["text"]).changed(), "unit": heirs[0] if len(heirs) == 1 else None}

    def _demand(self, row, words, body, takes_over):
        moved, start, end = self.texts["body"], row["starts"], row["ends"]
        here, there = moved.place(start, words), moved.place(end, words)
        same = end > start and words_of(moved.text[start:end]) == row["text"]
        text = words_of(body[here:there]) if same else self._say(row["text"], words)
        phrase, at = row["due_phrase"], moved.text.find(row["due_phrase"], start, end) if row["due_phrase"] else -1
        if at >= 0:
            phrase = body[moved.place(at, words) : moved.place(at + len(phrase), words)]
        elif phrase:
            phrase = self._say(phrase, words)
        targets = {}
        for each, role in row["targets"]:
            for unit in takes_over.get(each.pk, [each]) if isinstance(each, Unit) else [each]:
                targets.setdefault(unit, role)
        return row | {
            "text": text,
            "starts": here,
            "ends": there,
            "due_phrase": phrase[:200],
            "due_at": self._due(row["due_at"], row["due_phrase"], phrase, words),
            "repeat_from": row["repeat_from"] and self._land(row["repeat_from"], words),
            "repeat_until": row["repeat_until"] and self._land(row["repeat_until"], words),
            "plan_item_id": None,
            "targets": list(targets.items()),
        }

    def _say(self, text, words):
        """Words that stand nowhere in the body, moved by themselves; what was chosen for the same words holds here too."""
        moved = self._move(text)
        known = {(move.what, move.old): new for move, new in words.items()}
        return moved.changed({move: known.get((move.what, move.old), move.new) for move in moved.moves})

    def _land(self, day, words):
        known = next((move for move in words if move.old_on == day and move.what in ("day", "lunar")), None)
        if known and words[known] != known.new:
            return Row("", known).means(words[known], self.nearest) or known.new_on or day
        return self.shift.land(day).on

    def _due(self, due_at, old_phrase, phrase, words) -> datetime | None:
        """The instant that the moved phrase fixes, in the reading that held before; by hand it moves as its day does."""
        if due_at is None:
            return None
        day, hour = last_day(due_at)
        landed = self._land(day, words)
        before = readings(old_phrase, day - HALF_A_YEAR)
        after = readings(phrase, landed - HALF_A_YEAR)
        rank = next((rank for rank, each in enumerate(before) if each.due_at == due_at), None)
        return after[rank].due_at if rank is not None and rank < len(after) else due_from(landed, hour)


def _sentence(text, move, where):
    """What stands around a move, from the sentence it belongs to."""
    first = max(text.rfind(mark, max(0, move.start - AROUND), move.start) for mark in (". ", "; ", "\n"))
    lasts = [at for at in (text.find(mark, move.end, move.end + AROUND) for mark in (". ", "; ", "\n")) if at >= 0]
    left, right = first + 1 if first >= 0 else max(0, move.start - AROUND), min(lasts, default=move.end + AROUND)
    cut = left > 0 and first < 0
    before, after = text[left : move.start].lstrip(), text[move.end : right]
    return Sentence(
        ("…" if cut else "") + before, move.old, after + ("…" if right < len(text) and not lasts else ""), where
    )


def _renamed(text):
    """Names of units in the text that are no longer theirs, with the names of today, the longest first. One query."""
    rows = UnitPeriod.objects.exclude(name=F("unit__name")).values_list("name", "unit__name")
    folded = text.casefold()
    return sorted((pair for pair in set(rows) if pair[0].casefold() in folded), key=lambda pair: (-len(pair[0]), pair))


def _heirs(unit, on: date):
    """The units that took over, through all successions, and exist on the day. One query for each generation."""
    found, open_, seen = [], {unit.pk}, set()
    while open_:
        seen |= open_
        rows = Succession.objects.filter(from_unit__in=open_, on__lte=on).select_related("to_unit")
        new = {row.to_unit for row in rows if row.to_unit_id not in seen}
        found += [each for each in new if not (each.valid_to and each.valid_to <= on)]
        open_ = {each.pk for each in new if each.valid_to and each.valid_to <= on}
    return sorted(found, key=lambda each: (each.sort_key, each.pk))
