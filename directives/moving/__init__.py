"""Last time's paper moved to the next occasion: what in its words depends on the day, and what that becomes. Pure."""

from directives.moving.guess import guess_occasion
from directives.moving.model import Move, Moved, OccasionDates, Offer
from directives.moving.move import move_dates
from directives.moving.shift import Shift, offset_label
from directives.moving.standing import standing

__all__ = [
    "Move",
    "Moved",
    "OccasionDates",
    "Offer",
    "Shift",
    "guess_occasion",
    "move_dates",
    "offset_label",
    "standing",
]
