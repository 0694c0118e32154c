"""What the matrix needs written fast: four thousand cells of one shape."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
_CELL = '<td><a class="cell state-{}" href="{}">{}</a></td>'
_NOTHING = "<td></td>"


@register.simple_tag
def matrix_cells(cells):
    """One line of the matrix: a link of word and tone for each cell, an empty one where nothing was asked."""
    return SafeString("".join(format_html(_CELL, c.tone, c.url, c.word) if c else _NOTHING for c in cells))
