"""The body: its text, one paragraph a line, and the tree of its items with their places in that text."""

import re
from dataclasses import dataclass, field

from directives.paper.markers import RANK, Marker
from directives.paper.model import Item
from directives.paper.text import fold, is_caps, terminated
from directives.paper.wrap import Paragraph

_CLOSING = re.compile(
    r"^(?:tren day|(?:quyet dinh|ke hoach|cong van|chi thi|cong dien|thong bao|van ban|phuong an|huong dan) nay\b|"
    r"de nghi|yeu cau (?:cac|thu truong|nguoi|giam doc|chu tich)|trong qua trinh|tran trong|rat mong|nhan duoc|"
    r"moi (?:thong tin|chi tiet|vuong mac)|"
    r"dia chi|dien thoai|kinh de nghi|kinh (?:bao cao|trinh|mong)|xin (?:tran trong|chan thanh|cam on)|can cu noi dung)"
)
_DASHED_BASIS = re.compile(r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét)\s.*[;,.]$", re.DOTALL)
_BULLETS = ("dash", "plus")
_LEVELS = ("phần", "chương", "mục", "tiểu mục", "roman", "capital")


@dataclass(eq=False)
class _Node:
    marker: Marker
    first: str
    start: int
    end: int
    more: list[str] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)

    @property
    def lone_title(self) -> bool:
        """One short line that names what follows it and says nothing yet."""
        return not self.more and (not terminated(self.first) or self.first.endswith(":")) and len(self.first) <= 200


@dataclass(frozen=True)
class Body:
    """`closing` is the place where the paragraphs after the last item begin; `preamble` where the first item does."""

    text: str
    items: tuple[Item, ...]
    preamble: int
    closing: int


def build_body(paragraphs: list[Paragraph]) -> Body:
    """Numbers go by rank; a list may stand under a dash only if the dash announces it with a colon."""
    paragraphs = _without_dashed_bases(paragraphs)
    last = max((at for at, each in enumerate(paragraphs) if _labelled(each)), default=-1)
    later_dash = _later_dashes(paragraphs)
    roots: list[_Node] = []
    stack: list[_Node] = []
    place, preamble, closing = 0, None, None
    holder: _Node | None = None
    for at, each in enumerate(paragraphs):
        start, end = place, place + len(each.text)
        place = end + 1
        if each.apart == "note":
            continue
        if each.apart == "row":
            holder = holder if at and paragraphs[at - 1].apart == "row" else _holder(stack)
            if holder is None:
                continue
            del stack[stack.index(holder) + 1 :]
            holder.more.append(each.text)
        elif each.marker:
            preamble = start if preamble is None else preamble
            node = _Node(each.marker, each.text[each.marker.at :].strip(), start, end)
            _pop(stack, node)
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)
        elif stack:
            target = _owner(stack, each.text, after=at > last, dashes_follow=later_dash[at])
            if target is None:
                stack, closing = [], start if closing is None else closing
                continue
            del stack[stack.index(target) + 1 :]
            target.more.append(each.text)
        else:
            continue
        for node in stack:
            node.end = end
    text = "\n".join(each.text for each in paragraphs)
    size = len(text)
    items = tuple(_item(node, 0) for node in roots)
    return Body(text, items, size if preamble is None else preamble, size if closing is None else closing)


def _without_dashed_bases(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """'- Căn cứ …;' above the first numbered item is a basis and no item."""
    first = next((at for at, each in enumerate(paragraphs) if _labelled(each)), len(paragraphs))
    return [
        Paragraph(each.text[each.marker.at :], None)
        if each.marker and at < first and _DASHED_BASIS.match(each.text[each.marker.at :])
        else each
        for at, each in enumerate(paragraphs)
    ]


def _labelled(each: Paragraph) -> bool:
    return each.marker is not None and each.marker.style not in _BULLETS


def _later_dashes(paragraphs: list[Paragraph]) -> list[bool]:
    flags, seen = [], False
    for each in reversed(paragraphs):
        flags.append(seen)
        seen = seen or each.marker is not None
    return flags[::-1]


def _pop(stack: list[_Node], node: _Node) -> None:
    """Leaves on the stack the nodes the new one stands under."""
    style, rank = node.marker.style, RANK[node.marker.style]
    for depth, open_node in enumerate(stack):
        if open_node.marker.style == style and not _under(open_node, node):
            del stack[depth:]
            return
    while stack and RANK[stack[-1].marker.style] > rank:
        top = stack[-1]
        announced = top.marker.style in _BULLETS and top.first.endswith(":") and node.marker.value == (1,)
        if announced and style in ("paren", "letter"):
            return
        stack.pop()


def _under(open_node: _Node, node: _Node) -> bool:
    """1.1.1 under 1.1."""
    outer, inner = open_node.marker.value, node.marker.value
    return node.marker.style == "dotted" and len(inner) > len(outer) and inner[: len(outer)] == outer


def _owner(stack: list[_Node], text: str, *, after: bool, dashes_follow: bool) -> _Node | None:
    """The open item a paragraph without a marker belongs to; None when it speaks for the whole paper again."""
    top = stack[-1]
    plain = fold(text[:60])
    if after and _CLOSING.match(plain):
        return None
    if top.lone_title and not top.children:
        return top
    if after and (not dashes_follow or text.endswith(":")):
        return None
    for node in reversed(stack):
        if node.marker.style not in _BULLETS:
            return node
    return top if not after else None


def _holder(stack: list[_Node]) -> _Node | None:
    """The open item a table stands in: one that announces it, else the nearest with a number."""
    if stack and stack[-1].lone_title:
        return stack[-1]
    return next((node for node in reversed(stack) if node.marker.style not in _BULLETS), None)


def _item(node: _Node, depth: int) -> Item:
    children = tuple(_item(child, depth + 1) for child in node.children) if depth < 40 else ()
    heading, text = None, "\n".join([node.first, *node.more]).strip()
    if not node.first and node.more and node.marker.style in _LEVELS:
        heading, text = node.more[0].rstrip(" :.;"), "\n".join(node.more[1:])
    elif _is_title(node):
        heading, text = node.first.rstrip(" :.;"), "\n".join(node.more)
    return Item(node.marker.label, heading or None, text, children, node.start, node.end)


def _is_title(node: _Node) -> bool:
    first = node.first
    if not first or len(first) > 250:
        return False
    if node.marker.style in _LEVELS:
        return not terminated(first) or is_caps(first) or bool(node.children or node.more)
    if not (node.children or node.more):
        return False
    if node.marker.style in _BULLETS:
        return False
    inner = first[:-1]
    if first.endswith(":"):
        return len(first) <= 160 and ": " not in inner and ". " not in inner
    if not terminated(first):
        return len(first) <= 200 and ": " not in inner and ". " not in inner
    if not (node.children or node.marker.style == "điều"):
        return False
    return first.endswith(".") and len(first) <= 120 and not any(mark in inner for mark in (". ", ";", ": "))
