"""The body of a draft as its author keeps it: each line is a paragraph, nothing is joined or guessed."""

from directives.paper.bases import find_bases
from directives.paper.body import build_body
from directives.paper.model import Paper
from directives.paper.text import split_lines
from directives.paper.time import find_deadlines
from directives.paper.wrap import typed


def read_body(text: str) -> Paper:
    """A `Paper` with the body alone: its text cleaned, its items, bases and deadlines. Reading its own `body` changes nothing."""
    body = build_body(typed(split_lines(text)))
    return Paper(
        bases=find_bases(body.text, body.preamble),
        items=body.items,
        deadlines=find_deadlines(body.text, body.items, body.preamble),
        body=body.text,
    )
