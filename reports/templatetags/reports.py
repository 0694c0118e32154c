"""What the matrix needs written fast, and where a demand of a paper leads up to."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from reports.selectors.ways import demand_ways

register = template.Library()


@register.simple_tag
def matrix_cells(cells):
    """One line of the matrix: a link of word and tone for each cell, an empty one where nothing was asked."""
    drawn = (f'<a class="cell state-{c.tone}" href="{escape(c.url)}">{escape(c.word)}</a>' if c else "" for c in cells)
    return SafeString("".join(f"<td>{cell}</td>" for cell in drawn))


@register.simple_tag(takes_context=True)
def demand_way(context, demand):
    """The address where a demand is followed up, or "". One query a request and paper, however many demands are asked about."""
    request = context["request"]
    known = vars(request).setdefault("demand_ways", {})
    if demand.dispatch_id not in known:
        known[demand.dispatch_id] = demand_ways(request.user, demand.dispatch_id)
    return known[demand.dispatch_id].get(demand.pk, "")
