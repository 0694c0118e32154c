"""The paper as the page shows it: its paragraphs with the places of its demands, and where it stands in its life."""

from dataclasses import dataclass, field

from directives.models import Requirement
from directives.paper import Item
from directives.selectors.remarks import Note
from directives.states import DispatchStatus as S

STEPS = ("Dự thảo", "Xem xét", "Duyệt", "Ký", "Cấp số", "Ban hành")
AWAITED = {S.DRAFT: 0, S.REVIEW: 1, S.APPROVED: 3, S.SIGNED: 4, S.NUMBERED: 5}


@dataclass
class Paragraph:
    """`role` is basis, section, heading, item or plain; `lead` the part in bold; `demands` and `notes` begin here."""

    text: str
    role: str = "plain"
    lead: str = ""
    demands: list[Requirement] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def paragraphs(paper, demands=(), notes=None):
    """The body paragraph by paragraph, each with the demands that begin in it and the checker's notes on it, which are
    given by its index."""
    items = {item.start: item for item in _flat(paper.items)}
    shown, at = [], 0
    for index, text in enumerate(paper.body.split("\n")):
        end = at + len(text)
        row = _paragraph(text, items.get(at))
        row.demands = [each for each in demands if at <= each.starts <= end and each.ends > each.starts]
        row.notes = (notes or {}).get(index, [])
        shown.append(row)
        at = end + 1
    return shown


def _flat(items):
    for item in items:
        yield item
        yield from _flat(item.items)


def _paragraph(text, item: Item | None):
    if item is None:
        return Paragraph(text, "basis" if text.startswith("Căn cứ") else "plain")
    if not item.heading:
        return Paragraph(text, "item")
    cut = text.find(item.heading) + len(item.heading)
    cut += len(text[cut:]) - len(text[cut:].lstrip(".:"))
    rest = text[cut:]
    role = "section" if item.heading.isupper() and not rest else "heading"
    return Paragraph(rest, role, lead=text[:cut])


def steps(dispatch):
    """The life of the paper as (word, done | current | todo); current is what it waits for."""
    place = AWAITED.get(dispatch.status, len(STEPS))
    if dispatch.status == S.REVIEW and dispatch.reviewed_by_id:
        place += 1
    return [
        (word, "done" if number < place else "current" if number == place else "todo")
        for number, word in enumerate(STEPS)
    ]
