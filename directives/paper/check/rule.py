"""What a rule is, and the list of all of them. A rule is one small generator that reads a `Sheet` and yields remarks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from directives.paper.check.sheet import Sheet
from directives.paper.model import Finding, Fix, Span

ERROR, WARNING, HINT = "error", "warning", "hint"


class Remark(NamedTuple):
    """What a rule says of one place; `repair` is what should stand in the span, when that is certain."""

    where: str
    message: str
    span: Span | None = None
    repair: str | None = None


@dataclass(frozen=True)
class Rule:
    """`needs` names what must be known before the rule can judge: print, registry or calendar."""

    id: str
    level: str
    source: str
    needs: str | None
    says: str
    look: Callable[[Sheet], Iterator[Remark]]

    def finding(self, remark: Remark) -> Finding:
        repairs = remark.repair is not None and remark.span is not None
        fix = Fix(remark.span, remark.repair) if repairs else None
        return Finding(self.id, self.level, remark.where, f"{remark.message} ({self.source})", remark.span, fix)


RULES: dict[str, Rule] = {}


def rule(name: str, level: str, source: str, *, needs: str | None = None) -> Callable:
    """Registers the function under `name`; its docstring is what the documentation says of it."""

    def register(look: Callable[[Sheet], Iterator[Remark]]) -> Callable[[Sheet], Iterator[Remark]]:
        RULES[name] = Rule(name, level, source, needs, " ".join((look.__doc__ or "").split()), look)
        return look

    return register
