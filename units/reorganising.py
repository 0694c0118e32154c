"""A reorganisation as plain data: what is to become of which units, before anything is written.

A `Ref` is the key of a unit that exists (a number) or the name of one to be founded (`NewUnit`, by its key in `new`).
"""

from dataclasses import dataclass, field

Ref = int | str


@dataclass(frozen=True)
class NewUnit:
    """A unit to be founded on the day; `codes` by scheme."""

    name: str
    kind: str
    short_name: str = ""
    parent: int | None = None
    codes: tuple[tuple[str, str], ...] = ()


@dataclass
class Order:
    """Everything one act is to do. `ends` names the heirs of each unit that ends, none for a plain ending; `main` is the heir
    to which its people, groups and subordinate units go, the only one where there is one."""

    new: dict[str, NewUnit] = field(default_factory=dict)
    ends: dict[int, list[Ref]] = field(default_factory=dict)
    parts: dict[int, list[Ref]] = field(default_factory=dict)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    codes: dict[int, dict[str, str]] = field(default_factory=dict)
    above: dict[int, Ref | None] = field(default_factory=dict)
    main: dict[int, Ref] = field(default_factory=dict)

    def touched(self) -> set[int]:
        """The units that exist and to which something happens or that take over."""
        named = {*self.ends, *self.parts, *self.names, *self.codes, *self.above}
        refs = [
            *self.above.values(),
            *(ref for heirs in (self.ends, self.parts) for each in heirs.values() for ref in each),
        ]
        parents = {each.parent for each in self.new.values() if each.parent}
        return named | parents | {ref for ref in refs if isinstance(ref, int)}

    def heir(self, unit: int) -> Ref | None:
        """Where people, groups and subordinate units of this ended unit go; None leaves them for somebody to decide."""
        heirs = self.ends.get(unit, [])
        return heirs[0] if len(heirs) == 1 else self.main.get(unit)

    def is_empty(self) -> bool:
        return not (self.ends or self.parts or self.names or self.codes or self.above)
