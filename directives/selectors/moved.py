"""What was moved in a draft made from an earlier paper, as far as it still stands there, and what nobody has confirmed yet."""

from dataclasses import dataclass

from directives.models import MovedDate
from directives.moving import standing
from directives.paper import Finding
from directives.paper.model import Span

AROUND = 70
RULE = "moved-date"


@dataclass(frozen=True)
class Standing:
    """A moved date in the text of today: where it stands in the body, and the words around its first place."""

    row: MovedDate
    spans: list[tuple[int, int]]
    before: str
    after: str

    @property
    def cited(self):
        return self.row.old == self.row.new

    @property
    def open(self):
        return self.row.confirmed_by_id is None


@dataclass(frozen=True)
class MovedDates:
    """`rows` still stand in the draft; what was written otherwise since is none of them."""

    rows: list[Standing]

    @property
    def open(self):
        return [each for each in self.rows if each.open]

    @property
    def done(self):
        return [each for each in self.rows if not each.open]

    def __bool__(self):
        return bool(self.rows)


def moved_in(dispatch, *, subject=None, body=None, annexes=None):
    """The moved dates of a draft in its stored text, or in the text given instead. One query."""
    rows = list(dispatch.moved_dates.select_related("confirmed_by").order_by("order")) if dispatch.drawn_from_id else []
    return stand_in(
        rows,
        subject=dispatch.subject if subject is None else subject,
        body=dispatch.body if body is None else body,
        annexes=dispatch.annexes if annexes is None else annexes,
    )


def stand_in(rows, *, subject, body, annexes):
    """Those of the rows whose words stand in one of the texts. No query."""
    words = [row.new for row in rows]
    places = [(text, standing(text, words)) for text in (body, subject, annexes)]
    found = []
    for rank, row in enumerate(rows):
        first = next(((text, spans[rank][0]) for text, spans in places if spans[rank]), None)
        if first:
            text, (start, end) = first
            found.append(Standing(row, places[0][1][rank], _before(text, start), _after(text, end)))
    return MovedDates(found)


def _before(text, start):
    line = text.rfind("\n", 0, start) + 1
    return text[line:start] if start - line <= AROUND else "…" + text[start - AROUND : start].partition(" ")[2]


def _after(text, end):
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    return text[end:line] if line - end <= AROUND else text[end : end + AROUND].rpartition(" ")[0] + "…"


def unconfirmed(rows, paper):
    """One error for each place in the body of a row that stands there; without a place in the body, one for the paper."""
    annexes = "\n".join(f"{each.title or ''}\n{each.body}" for each in paper.annexes)
    found = []
    for each in stand_in(rows, subject=paper.subject or "", body=paper.body, annexes=annexes).rows:
        row = each.row
        if each.cited:
            says = f"Chưa ai xác nhận văn bản của đợt trước còn dùng để dẫn chiếu: “{row.new}”"
        else:
            says = f"Chưa ai xác nhận “{row.new}”, chuyển từ “{row.old}”: {row.why}"
        for start, end in each.spans:
            found.append(Finding(RULE, "error", "nội dung", says, Span("body", start, end)))
        if not each.spans:
            found.append(Finding(RULE, "error", "trích yếu hoặc phụ lục", says))
    return found
