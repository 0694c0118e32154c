"""The rows of a plan: what would become of each line of a file, old and new beside each other."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.crypto import salted_hmac

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Change:
    """One field that would change, in words."""

    label: str
    before: str
    after: str


@dataclass(eq=False)
class Row:
    """What one good line does: `data` is what would be written, `target` the stored row it changes."""

    line: object
    action: str
    target: object = None
    data: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    name: str = ""
    where: str = ""

    def said(self):
        """Everything of it that decides, for the fingerprint of the plan."""
        data = sorted((key, str(getattr(value, "pk", None) or value)) for key, value in self.data.items())
        before = [str(getattr(self.target, key, "")) for key, _ in data] if self.target else []
        return self.line.row, self.action, getattr(self.target, "pk", None), data, before


@dataclass
class Part:
    """The lines of one table. Lines with an error have no row that counts."""

    sheet: object
    made: dict = field(default_factory=dict)  # line number: Row

    @property
    def table(self):
        return self.sheet.table

    @property
    def rows(self):
        return [self.made[line.row] for line in self.sheet.lines if not line.is_wrong() and line.row in self.made]

    def of(self, action):
        return [row for row in self.rows if row.action == action]

    @property
    def new_rows(self):
        return self.of(NEW)

    @property
    def changed_rows(self):
        return self.of(CHANGED)

    @cached_property
    def figures(self):
        """(new, changed, same, faulty)."""
        rows = self.rows
        return (*(sum(row.action == action for row in rows) for action in (NEW, CHANGED, SAME)), len(self.faulty))

    @property
    def faulty(self):
        return [line for line in self.sheet.lines if line.is_wrong()]

    @property
    def noted(self):
        """Good lines of which something is said."""
        return [line for line in self.sheet.lines if line.faults and not line.is_wrong()]


@dataclass
class Plan:
    """A file as it was understood; nothing of it is written yet."""

    parts: list

    def total(self, at):
        return sum(part.figures[at] for part in self.parts)

    @property
    def added(self):
        return self.total(0)

    @property
    def changed(self):
        return self.total(1)

    @property
    def same(self):
        return self.total(2)

    @property
    def faulty(self):
        return self.total(3)

    @property
    def to_write(self):
        return self.added + self.changed

    @property
    def hidden(self):
        return sum(part.sheet.hidden for part in self.parts)

    @property
    def fingerprint(self):
        """Changes when anything that was previewed changes. Keyed: it is made of numbers the reader may not see."""
        said = [
            (part.table.key, [row.said() for row in part.rows], [line.row for line in part.faulty])
            for part in self.parts
        ]
        return salted_hmac("units.imports", repr(said), algorithm="sha256").hexdigest()
