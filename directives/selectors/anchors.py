"""Where the demands of a filed paper stand on its pages: their names in the PDF, and their marks on each page's picture."""

from collections import defaultdict
from dataclasses import dataclass, field

from directives.models import Requirement

MARGIN = 85.0  # points: 30 mm, the left margin of every paper
CHIP = 17  # points: the mark in the margin is this high, so that it is big enough to be pressed
LETTER = 5.6  # points: about the width of one of its characters
LONGEST = 9
PADDING = 2


def anchor_of(order):
    """The name of a demand's place in the PDF. Never changes: addresses of papers already sent hold it."""
    return f"yeu-cau-{order}"


def demand_places(dispatch):
    """What the printer is told of the demands: (name, starts, ends) in the body, for those found there. One query."""
    rows = dispatch.requirements.order_by("order").values_list("order", "starts", "ends")
    return tuple((anchor_of(order), starts, ends) for order, starts, ends in rows if ends > starts)


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points, written as SVG wants numbers."""

    x: str
    y: str
    width: str
    height: str

    @classmethod
    def between(cls, left, top, right, bottom):
        return cls(f"{left:.1f}", f"{top:.1f}", f"{right - left:.1f}", f"{bottom - top:.1f}")


@dataclass
class Mark:
    """A demand on one page: `boxes` over its words, a `chip` with its number beside the first; `first` on its first page."""

    demand: Requirement
    first: bool
    label: str
    chip: Box
    text_x: str
    text_y: str
    boxes: list[Box] = field(default_factory=list)


def with_places(demands):
    """The same demands with their places at hand: one query more."""
    return demands.prefetch_related("places")


def page_of(demand):
    """The page on which its sentence begins; None when it has no place in the PDF."""
    return min((place.page for place in demand.places.all()), default=None)


def marks(demands):
    """{page: the marks on it from top to bottom}. Chips that would cover each other move down."""
    found = defaultdict(list)
    for demand in demands:
        by_page = defaultdict(list)
        for place in demand.places.all():
            by_page[place.page].append(place)
        for page in sorted(by_page):
            found[page].append((by_page[page][0].top, demand, page == min(by_page), by_page[page]))
    return {page: _stacked(sorted(rows, key=lambda row: (row[0], row[1].order))) for page, rows in found.items()}


def _stacked(rows):
    shown, free = [], 0.0
    for top, demand, first, places in rows:
        label = demand.label if len(demand.label) <= LONGEST else f"{demand.label[: LONGEST - 1]}…"
        wide = LETTER * len(label) + 8
        right = MARGIN - 6
        at = max(top, free)
        free = at + CHIP + 1
        chip = Box.between(right - wide, at, right, at + CHIP)
        boxes = [Box.between(place.left - PADDING, place.top, place.right + PADDING, place.bottom) for place in places]
        shown.append(Mark(demand, first, label, chip, f"{right - wide / 2:.1f}", f"{at + 12:.1f}", boxes))
    return shown
