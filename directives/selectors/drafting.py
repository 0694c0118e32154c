"""What was found in a pasted paper, with proposals for what the text cannot say: who stands behind a line, which base it is.

Nothing here is certain: the page shows it and the author decides. What the paper does not say stays empty.
"""

import re
from dataclasses import dataclass, field, replace

from django.db.models import Case, When

from directives.deadlines import readings
from directives.paper import Paper, read, requirements
from directives.selectors.places import paths, words_of
from directives.states import ADDRESSED_KINDS, DispatchKind, Urgency
from plans.models import LegalBasis
from plans.states import Cadence, EvidenceKind
from units.models import SigningAuthority, Unit, UnitGroup
from units.selectors import addressee_book, match_addressee
from units.text import fold

# Words of which a line like "các cơ quan, đơn vị nêu trên" is made: it names nobody in particular.
EVERYBODY = frozenset(
    fold(
        "các những toàn thể bộ tất cả mọi cơ quan đơn vị doanh nghiệp địa phương tổ chức thủ trưởng và cùng ngành "
        "nêu nói trên có liên quan được giao"
    ).split()
)
EVIDENCE = {"roster list": EvidenceKind.ROSTER, "report": EvidenceKind.REPORT, "plan": EvidenceKind.DOCUMENT}


def authorities_on(issuer, day):
    """The signing authorities of the Sở in force on a day, the head's own first."""
    held = SigningAuthority.objects.on(day).filter(unit=issuer)
    heads_first = Case(When(form__in=("none", "Q"), then=0), default=1)
    return held.select_related("user").order_by(heads_first, "pk")


def propose_authority(issuer, day, signer=None):
    """The authority whose block a pasted paper prints, by name and lines, else by lines; without a block the head's own
    when there is exactly one. None when there is doubt."""
    held = list(authorities_on(issuer, day))
    if signer is not None and signer.lines:
        wanted = [fold(line) for line in signer.lines]
        same = [each for each in held if [fold(line) for line in each.lines()] == wanted]
        named = [each for each in same if fold(each.user.full_name) == fold(signer.name or "")]
        return (named or same or [None])[0] if len(named or same) == 1 else None
    heads = [each for each in held if each.form in ("none", "Q")]
    return heads[0] if len(heads) == 1 else None


@dataclass
class Proposal:
    """A pasted paper with what `create_dispatch` needs; `paper` is the plain reading, absent values absent."""

    paper: Paper
    kind: str
    subject: str
    urgency: str
    addressees: list[dict] = field(default_factory=list)
    copies: list[dict] = field(default_factory=list)
    bases: list[dict] = field(default_factory=list)
    requirements: list[dict] = field(default_factory=list)

    def day_words(self):
        """The paper's date as far as it is written."""
        year, month, day = (*(self.paper.date_iso or "").split("-"), "", "")[:3]
        if not year:
            return ""
        return f"ngày {day}/{month}/{year}" if day else f"tháng {month}/{year}, không ghi ngày"

    def missing(self):
        """What a whole paper would say and this text does not, in words."""
        paper, lacks = self.paper, []
        if paper.kind is None:
            lacks.append("tên loại văn bản")
        if not (paper.number or "").strip("/ ") or (paper.number or "").startswith("/"):
            lacks.append("số văn bản (sẽ cấp sau khi ký)")
        if len(paper.date_iso or "") < 10:
            lacks.append("ngày ký" if paper.date_iso else "ngày, tháng, năm")
        for value, word in (
            (paper.subject, "trích yếu"),
            (paper.recipients or paper.kind not in ADDRESSED_KINDS, "nơi kính gửi"),
            (paper.signer.lines, "khối chữ ký"),
            (paper.noi_nhan, "nơi nhận"),
        ):
            if not value:
                lacks.append(word)
        return lacks


def propose(text, *, on, fine=False):
    """Reads a pasted paper; `fine` makes a demand of each point under a numbered item instead of the item as a whole."""
    paper = read(text)
    kinds = set(DispatchKind.values)
    proposal = Proposal(
        paper=paper,
        kind=paper.kind if paper.kind in kinds else DispatchKind.CONG_VAN,
        subject=paper.subject or "",
        urgency=(paper.urgency or "").lower() if (paper.urgency or "").lower() in Urgency.values else Urgency.NORMAL,
        bases=bases_in(paper),
    )
    book = AddressBook()
    copies = [line.rstrip(" ;.") for line in paper.noi_nhan]
    proposal.copies = [{"text": line, "unit": book.one_unit(line)} for line in copies if line]
    proposal.addressees = [{"text": line, **book.behind(line)} for line in paper.recipients]
    proposal.requirements = demands_in(paper, on=on, fine=fine, addressees=proposal.addressees, book=book)
    return proposal


class AddressBook:
    """Groups and units by the names papers call them. Three queries, however many lines are asked about."""

    def __init__(self):
        self.names = addressee_book()
        self.rows = {("group", row.pk): row for row in UnitGroup.objects.all()}
        self.rows |= {("unit", row.pk): row for row in Unit.objects.all()}
        self._behind = {}

    def named(self, name):
        """The group or unit of exactly this name, accents and case aside; else the one the name surely means."""
        wanted = fold(name)
        for row in self.rows.values():
            if wanted in (fold(row.name), fold(getattr(row, "short_name", ""))):
                return row
        sure = [self.rows[each.what, each.pk] for each in match_addressee(name, self.names) if each.sure]
        return sure[0] if len(sure) == 1 else None

    def behind(self, line):
        """Candidates best first; ticked beforehand are sure groups, and sure units where no group fits."""
        if line not in self._behind:
            self._behind[line] = self._propose(line)
        return self._behind[line]

    def _propose(self, line):
        candidates = match_addressee(line, self.names)
        sure = [self.rows[each.what, each.pk] for each in candidates if each.sure]
        groups = [row for row in sure if isinstance(row, UnitGroup)]
        units = [] if groups else [row for row in sure if isinstance(row, Unit)]
        return {"groups": groups, "units": units, "candidates": candidates}

    def one_unit(self, line):
        """The unit a copy line surely means, None when there is none or more than one."""
        units = self.behind(line)["units"]
        return units[0] if len(units) == 1 else None


def bases_in(paper):
    """The bases cited, each linked to the register of legal bases where the number is known there."""
    numbers = [basis.number for basis in paper.bases if basis.number]
    known = {}
    for row in LegalBasis.objects.filter(number__in=numbers).order_by("pk"):
        known[row.number, row.issued_on and row.issued_on.isoformat()] = row
        known[row.number, None] = row
    return [
        {
            "text": basis.text,
            "number": basis.number or "",
            "issued_on": basis.date_iso if basis.date_iso and len(basis.date_iso) == 10 else None,
            "basis": known.get((basis.number, basis.date_iso)) or known.get((basis.number, None)),
        }
        for basis in paper.bases
    ]


def demands_in(paper, *, on, fine=False, addressees=(), book=None):
    """The demands of a paper as rows for `create_dispatch`; owners proposed from its own words, else all addressees."""
    book = book or AddressBook()
    return [owned(row, addressees, book) for row in asked_in(paper, on=on, fine=fine)]


def owned(row, addressees, book):
    """A row of `asked_in` with the owners proposed for it."""
    row = dict(row)
    return row | {"targets": [(owner, "lead") for owner in _owners(row.pop("addressed"), addressees, book)]}


def asked_in(paper, *, on, fine=False):
    """The same without owners: `addressed` is whom its own words address. No query."""
    rows = []
    leaves = {item.start: (path, item) for path, item in paths(paper.items) if not item.items} if fine else {}
    for demand in requirements(paper):
        inner = [(path, item) for start, (path, item) in leaves.items() if demand.start < start < demand.end]
        if not inner:
            rows.append(_row(paper, demand, demand.label or "-", demand.start, demand.end, on))
        for path, item in inner:
            rows.append(_row(paper, replace(demand, text=item.text), path, item.start, item.end, on))
    return rows


def _row(paper, demand, label, start, end, on):
    here = [each for each in paper.deadlines if start <= each.start < end]
    if not here and (start, end) == (demand.start, demand.end) and demand.deadline:
        here = [demand.deadline]
    deadline = next((each for each in here if each.type == "deadline"), None)
    phrase = next((each.phrase for each in [deadline, *here] if each), "")
    meanings = readings(phrase, on) if deadline else ()
    return {
        "label": label[:30],
        "text": words_of(paper.body[start:end]),
        "starts": start,
        "ends": end,
        "due_at": meanings[0].due_at if meanings else None,
        "due_phrase": phrase[:200],
        "every": Cadence.ONCE,
        "evidence_kind": EVIDENCE.get(demand.evidence_kind, EvidenceKind.NONE),
        "must_report": demand.must_report,
        "addressed": demand.addressed,
    }


def _owners(addressed, addressees, book):
    """Groups and units the demand names itself, else those behind the lines of addressees it names. One that names
    nobody, or "các đơn vị", speaks to all addressees; one that names somebody unknown is left to the author."""
    found = book.behind(addressed) if addressed else {"groups": [], "units": []}
    if named := found["groups"] + found["units"]:
        return named
    names = [fold(name).strip() for name in (addressed or "").split(";")]
    lines = addressees
    if not set(re.findall(r"\w+", " ".join(names))) <= EVERYBODY:
        lines = [line for line in addressees if any(_same(name, fold(line["text"])) for name in names if name)]
    return list({(type(row), row.pk): row for line in lines for row in [*line["groups"], *line["units"]]}.values())


def _same(name, line):
    return name in line or line in name
