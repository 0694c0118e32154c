"""Words of rosters on pages."""

from datetime import time, timedelta

from django import template

from assignments.duty import ZONE, from_words, gap_words, length_words, span_words, until_words
from plans.states import DutyKind
from units.templatetags.ui import number

register = template.Library()
register.filter("gap_words", gap_words)
register.filter("from_hour", from_words)
register.filter("until_hour", until_words)
HOUR, DAY = 60, 1440


@register.filter
def minutes(count):
    """`45 phút`, `240 phút (4 giờ)`: to the minute, and readable."""
    said = f"{number(count)} phút"
    if count >= DAY and count % DAY == 0:
        return f"{said} ({count // DAY} ngày)"
    return f"{said} ({length_words(count)})" if HOUR <= count < 2 * DAY else said


@register.filter
def missing_words(count):
    return f"Thiếu {number(count)} phút"


@register.filter
def span(row):
    """The hours of anything with a start and an end."""
    return span_words(row.starts_at, row.ends_at)


@register.filter
def end_clock(at):
    """The hour at which a shift ends; the end of a day is 24:00."""
    local = at.astimezone(ZONE)
    return "24:00" if local.time() == time.min else f"{local:%H:%M}"


@register.filter
def crosses(starts_at, ends_at):
    """Whether the last minute of a shift is of another day than its first."""
    return starts_at.astimezone(ZONE).date() != (ends_at - timedelta(minutes=1)).astimezone(ZONE).date()


@register.filter
def layer_words(layers):
    return ", ".join(kind.label for kind in DutyKind if kind in layers)


@register.filter
def other_layers(shift, layer):
    """The further kinds of duty one post serves."""
    return ", ".join(kind.label.lower() for kind in DutyKind if kind in shift.layers and kind != layer)
