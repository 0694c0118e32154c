"""A paper as plain data. What the text does not say is None or empty: nothing here is ever guessed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A numbered, lettered or dashed node of the body; `start` and `end` are its place in `Paper.body`."""

    label: str
    heading: str | None
    text: str
    items: tuple["Item", ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Basis:
    """A superior paper the text rests on (căn cứ), as cited; `start` and `end` are its place in `Paper.body`."""

    text: str
    number: str | None = None
    date_iso: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Deadline:
    """A phrase of time that binds somebody.

    `type` is one of deadline, recurring, relative, window, milestone, effective. `due` is the date as printed
    (ISO), `time` is HH:MM, `every` is a cadence such as `day` or `2/day`, `item` the label path of the node that holds it.
    """

    phrase: str
    type: str
    due: str | None = None
    time: str | None = None
    every: str | None = None
    item: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class SignOff:
    """The signature block: the lines of authority and title from top to bottom, then the name."""

    lines: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True)
class Annex:
    """What is printed behind the signature (PL I.III.1): `label` as printed, "Phụ lục" or "Phụ lục II" (None: what comes
    with the paper under its own title, as a quy chế), `body` like the body of a paper, with its own tables and notes."""

    label: str | None
    title: str | None
    body: str
    landscape: bool = False
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Span:
    """A place in one of the texts of a `Paper`: `part` is front, body or foot."""

    part: str
    start: int
    end: int


@dataclass(frozen=True)
class Fix:
    """A repair that is certain: what should stand in the span instead."""

    span: Span
    replacement: str


@dataclass(frozen=True)
class Finding:
    """One remark of the checker: `level` is error, warning or hint; `where` names the place to a reader, `span` to the page."""

    rule: str
    level: str
    where: str
    message: str
    span: Span | None = None
    fix: Fix | None = None


@dataclass(frozen=True)
class Paper:
    """An administrative paper (NĐ 30/2020 PL I.II). `body` is the text between the addressees and Nơi nhận,
    normalised to NFC, one paragraph a line, hard wraps joined; items, bases and deadlines point into it.
    `date_iso` is `2020-01-08`, or `2020-01` when the day is blank. `number` is as printed, `/STTTT-QLVT` when blank.
    `cosigners` are the further signature blocks, printed left of or before the main one.
    `front` and `foot` are what was printed above and below the body, line by line, columns parted by tabs, a blank line
    where there was one: only the checker reads them, and a paper that was never printed has none."""

    kind: str | None = None
    parent_agency: str | None = None
    agency: str | None = None
    number: str | None = None
    place: str | None = None
    date_iso: str | None = None
    urgency: str | None = None
    subject: str | None = None
    recipient_label: str | None = None
    recipients: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    items: tuple[Item, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    signer: SignOff = SignOff()
    noi_nhan: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    body: str = ""
    front: str = ""
    foot: str = ""
    annexes: tuple[Annex, ...] = ()
    cosigners: tuple[SignOff, ...] = ()
