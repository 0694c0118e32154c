"""The rows of a draft while its text is being typed: forms are made of those alone that the text has changed."""

from dataclasses import dataclass, field

from django import forms

from directives.forms.bundle import PARTS
from directives.forms.follow import follow, standing, unwanted
from directives.forms.owners import row_of
from directives.forms.rows import AddresseeForm, DemandForm, RowForm, demand_initial
from directives.selectors.drafting import AddressBook, asked_in, bases_in, owned
from directives.selectors.places import locate, words_of
from plans.models import LegalBasis


@dataclass(eq=False)
class Answer:
    """One row as the page is to have it: the row `index` of the page kept, with what the text says of it now (`words`
    where they changed), or a row made anew (`form`). `gone`: its words left the text, though somebody had worked on it.
    `unwanted` is no row: the page only remembers it."""

    index: int | None = None
    label: str = ""
    words: str | None = None
    starts: int = 0
    ends: int = 0
    spot: tuple[int, int] | None = None
    gone: bool = False
    form: RowForm | None = None
    unwanted: str = ""


@dataclass
class Follower:
    """Answers for the rows of one page. `data` is what was sent, `spots` lead from the body to the typed text; `renew`
    proposes untouched rows anew although their words stayed. Asks the address book only if a row is proposed. `places`
    are the labels of the demands with where they begin, once they were asked for."""

    data: object
    paper: object
    spots: object
    on: object
    renew: bool = False
    book: AddressBook | None = None
    made: dict = field(default_factory=dict)
    places: list[tuple[str, int]] = field(default_factory=list)

    def demands(self):
        """The demands of the text in its order; then what the page has beside them."""
        found = asked_in(self.paper, on=self.on)
        rows = standing(self.data, "requirements")
        pairs = follow([(row["label"], row["text"]) for row in found], [*rows, *unwanted(self.data)])
        answers = [self._demand(row, stood) for row, stood in zip(found, pairs, strict=True)]
        taken = {row["starts"] for row in found}
        self.places = [
            (row["label"], row["starts"]) for row, answer in zip(found, answers, strict=True) if not answer.unwanted
        ]
        answers += [self._beside(row, taken) for row in _left(rows, pairs)]
        return self._whole("requirements", sorted(answers, key=lambda answer: bool(answer.unwanted)))

    def bases(self):
        """The same of the bases it cites."""
        rows = standing(self.data, "bases")
        cited = self.paper.bases
        pairs = follow([(basis.number or "", basis.text) for basis in cited], rows)
        found = bases_in(self.paper) if None in pairs else [{}] * len(cited)
        answers = [
            Answer(stood.index, words=basis.text if basis.text != stood.text else None)
            if stood
            else self._new("bases", row | {"fresh": "1", "basis": row["basis"].pk if row["basis"] else ""})
            for basis, row, stood in zip(cited, found, pairs, strict=True)
        ]
        return self._whole("bases", answers + [Answer(row.index) for row in _left(rows, pairs)])

    def lines(self, asked):
        """The lines of addressees with these indices, as (index, form): who may stand behind the words typed there, those
        ticked who surely do when nobody was ticked yet."""
        rows = [row for row in standing(self.data, "addressees") if str(row.index) in asked]
        return [(row.index, self._proposed(row)) for row in rows]

    def _proposed(self, row):
        line = self._line(row)
        owners = line["groups"] + line["units"]
        if row.text and not owners:
            behind = self._known_book().behind(row.text)
            owners = behind["groups"] + behind["units"]
        initial = {"text": row.text, "owners": owners}
        return AddresseeForm(prefix=f"addressees-{row.index}", initial=initial, book=self._known_book())

    def _demand(self, row, stood):
        if stood and stood.index is None:
            return Answer(unwanted=f"{row['label']}\t{row['text']}")
        spot = self.spots.span(row["starts"], row["ends"])
        same = stood and stood.text == row["text"]
        if stood is None or (stood.fresh and not (same and stood.phrase == row["due_phrase"] and not self.renew)):
            values = owned(row, self._addressed(), self._known_book()) | {"fresh": "1"}
            return self._new("requirements", demand_initial(values, self.on), spot, stood)
        if not same and stood.phrase != row["due_phrase"] and (typed := self._typed(stood)):
            values = typed | {name: row[name] for name in ("label", "text", "due_phrase", "due_at")}
            values |= {"starts": row["starts"], "ends": row["ends"], "fresh": ""}
            return self._new("requirements", demand_initial(values, self.on), spot, stood)
        words = None if same else row["text"]
        return Answer(stood.index, row["label"], words, row["starts"], row["ends"], spot)

    def _beside(self, row, taken):
        """A row that speaks of no demand found: of a part of one, of words the reader takes for none, of nothing yet, or
        of words that left the text."""
        starts, ends = locate(self.paper, row.label, row.text, row.starts) if row.text else (0, 0)
        written = words_of(self.paper.body[starts:ends])
        if starts in taken and row.text not in written:
            starts, ends, written = 0, 0, ""
        if not ends:
            return Answer(row.index, row.label, gone=bool(row.text and row.starts))
        words = written if row.text not in written else None
        return Answer(row.index, row.label, words, starts, ends, self.spots.span(starts, ends))

    def _typed(self, stood):
        """What was typed in a row, as `create_dispatch` takes it; None while something in it is not well formed."""
        form = DemandForm(self.data, prefix=f"requirements-{stood.index}", book=self._known_book(), on=self.on)
        return form.row() if form.is_valid() else None

    def _new(self, part, initial, spot=None, stood=None):
        answer = Answer(form=initial, spot=spot, index=stood.index if stood else None)
        self.made.setdefault(part, []).append(answer)
        return answer

    def _whole(self, part, answers):
        """The answers with the forms of those made anew, each named for its place in the part."""
        made = self.made.get(part, ())
        if not made:
            return answers
        shared = {"book": self._known_book()}
        shared |= (
            {"on": self.on}
            if part == "requirements"
            else {"known": list(LegalBasis.objects.order_by("-issued_on", "pk"))}
        )
        formset = forms.formset_factory(PARTS[part], extra=0, can_delete=True, max_num=300)
        rows = formset(prefix=part, initial=[answer.form for answer in made], form_kwargs=shared)
        offered = list(dict.fromkeys(owner for line in self._addressed() for owner in line["groups"] + line["units"]))
        for answer, form in zip(made, rows, strict=True):
            form.prefix = f"{part}-{answers.index(answer)}"
            form.spot, form.was = answer.spot, answer.index
            if part == "requirements":
                form.offer(offered)
            answer.form = form
        return answers

    def _known_book(self):
        self.book = self.book or AddressBook()
        return self.book

    def _addressed(self):
        """The lines of addressees with the groups and units ticked for them."""
        if "addressed" not in self.made:
            self.made["addressed"] = [self._line(row) for row in standing(self.data, "addressees") if not row.dropped]
        return self.made["addressed"]

    def _line(self, row):
        book, name = self._known_book(), f"addressees-{row.index}-owners"
        owners = [row_of(book, token) for token in self.data.getlist(name)]
        owners += [book.named(each.strip()) for each in self.data.get(f"{name}-more", "").split(";") if each.strip()]
        owners = list(filter(None, owners))
        groups = [owner for owner in owners if owner._meta.model_name == "unitgroup"]
        return {"text": row.text, "groups": groups, "units": [owner for owner in owners if owner not in groups]}


def _left(rows, pairs):
    """Rows no demand found is paired with; untouched ones go with their words."""
    taken = set(pairs)
    return [row for row in rows if row not in taken and not (row.fresh and row.text)]
