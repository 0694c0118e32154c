"""The paper as the page shows it: its paragraphs with the places of its demands, and where it stands in its life."""

from dataclasses import dataclass, field

from directives.models import Requirement
from directives.paper import Item
from directives.states import DispatchStatus as S

STEPS = (
    (S.DRAFT, "Dự thảo"),
    (S.REVIEW, "Xem xét"),
    (S.APPROVED, "Duyệt"),
    (S.SIGNED, "Ký"),
    (S.NUMBERED, "Cấp số"),
    (S.ISSUED, "Ban hành"),
)


@dataclass
class Paragraph:
    """`role` is basis, section, heading, item or plain; `lead` the part in bold; `demands` begin here."""

    text: str
    role: str = "plain"
    lead: str = ""
    demands: list[Requirement] = field(default_factory=list)


def paragraphs(paper, demands=()):
    """The body paragraph by paragraph, each with the demands that begin in it."""
    items = {item.start: item for item in _flat(paper.items)}
    shown, at = [], 0
    for text in paper.body.split("\n"):
        end = at + len(text)
        row = _paragraph(text, items.get(at))
        row.demands = [each for each in demands if at <= each.starts <= end and each.ends > each.starts]
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
    """The life of the paper as (word, done | current | todo)."""
    order = [status for status, _ in STEPS]
    place = order.index(dispatch.status) if dispatch.status in order else len(order)
    current = "done" if dispatch.status == S.ISSUED else "current"
    return [
        (word, "done" if number < place else current if number == place else "todo")
        for number, (_, word) in enumerate(STEPS)
    ]
