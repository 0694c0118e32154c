"""What the matrix needs written fast: four thousand cells of one shape."""

from html import escape

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def matrix_cells(cells):
    """One line of the matrix: a link of word and tone for each cell, an empty one where nothing was asked."""
    drawn = (f'<a class="cell state-{c.tone}" href="{escape(c.url)}">{escape(c.word)}</a>' if c else "" for c in cells)
    return SafeString("".join(f"<td>{cell}</td>" for cell in drawn))
