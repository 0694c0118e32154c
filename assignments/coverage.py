"""Which minute of which duty layer nobody stands in: exact sets of half-open intervals, across midnight. Pure."""

from dataclasses import dataclass
from datetime import datetime

# In this order they are read: trực lãnh đạo, điều hành, ca, ứng cứu, vận hành.
LAYERS = ("leader", "operations", "shift", "response", "running")


@dataclass(frozen=True)
class Need:
    """A layer that must be filled in every minute of `[starts_at, ends_at)`."""

    layer: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Gap:
    """A stretch in which a required layer stands empty."""

    layer: str
    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self):
        """Whole minutes; a part of one counts."""
        return -(-int((self.ends_at - self.starts_at).total_seconds()) // 60)


def required(phases, window=None):
    """The needs of phases (anything with `starts_at`, `ends_at`, `duty_layers`), cut to `window` (start, end) if given.

    Touching and overlapping stretches of a layer are one. In the order of the layers, then of time.
    """
    spans = {layer: [] for layer in LAYERS}
    for phase in phases:
        start, end = phase.starts_at, phase.ends_at
        if window:
            start, end = max(start, window[0]), min(end, window[1])
        for layer in phase.duty_layers:
            if start < end:
                spans[layer].append((start, end))
    return [Need(layer, *span) for layer in LAYERS for span in joined(spans[layer])]


def joined(spans):
    """The union of `(start, end)` pairs as the fewest pairs, in order."""
    made = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            if end > made[-1][1]:
                made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def without(span, taken):
    """What of one `(start, end)` is left outside the pairs `taken`, which are joined."""
    start, end = span
    left = []
    for first, last in taken:
        if last <= start:
            continue
        if first >= end:
            break
        if first > start:
            left.append((start, first))
        start = max(start, last)
    if start < end:
        left.append((start, end))
    return left


def gaps(needs, shifts):
    """The gaps that shifts (anything with `layers`, `starts_at`, `ends_at`) leave in the needs, layer by layer, in time."""
    taken = {layer: [] for layer in LAYERS}
    for shift in shifts:
        for layer in shift.layers:
            taken[layer].append((shift.starts_at, shift.ends_at))
    held = {layer: joined(spans) for layer, spans in taken.items()}
    return [
        Gap(need.layer, *span) for need in needs for span in without((need.starts_at, need.ends_at), held[need.layer])
    ]


def minutes(found):
    """How many minutes the gaps hold together."""
    return sum(gap.minutes for gap in found)
