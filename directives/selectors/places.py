"""Where a demand stands in the body, also after the body was rewritten."""

from directives.paper.markers import find_marker
from directives.paper.time import join_label


def words_of(passage):
    """A demand's words without the marker its item begins with: the label says that already."""
    marker = find_marker(passage.split("\n", 1)[0])
    return passage[marker.at :] if marker else passage


def locate(paper, label, text, starts=0, ends=0):
    """The place of a demand in `paper.body`, its marker included: its own words where they still stand, the nearest to
    where they stood; else the item that bears its label; else (0, 0), which the page reports."""
    body, words = paper.body, (text or "").strip()
    places = []
    at = body.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = body.find(words, at + 1)
    if places:
        start = min(places, key=lambda place: abs(place - starts))
        line = body.rfind("\n", 0, start) + 1
        marker = find_marker(body[line:].split("\n", 1)[0])
        return line if marker and line + marker.at == start else start, start + len(words)
    return next(((item.start, item.end) for path, item in paths(paper.items) if path == label), (0, 0))


def paths(items, path=None):
    """Every item with the path a reader would cite; points under a dash are counted."""
    count = 0
    for item in items:
        bullet = item.label in ("-", "+")
        count += bullet
        here = join_label(path, str(count) if bullet else item.label)
        yield here, item
        yield from paths(item.items, here)
