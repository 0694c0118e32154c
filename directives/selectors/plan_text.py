"""An approved plan put into the words of a paper: as a plan of kind KH, or as a dispatch whose points are its demands."""

import re
from dataclasses import dataclass, field

from directives.deadlines import daily_phrase, phrase_of
from directives.models import Dispatch
from directives.paper.markers import find_marker
from directives.states import DispatchKind, DispatchStatus
from plans.selectors import item_days, item_due
from plans.states import Cadence, EvidenceKind, TargetRole
from units.states import UnitKind
from units.text import nfc

LETTERS = "abcdđeghiklmnopqrstuvxy"  # NĐ 30/2020 PL I.II.6.đ: the Vietnamese alphabet, without its marked vowels
PROOF = {
    EvidenceKind.DOCUMENT: "gửi văn bản, phương án",
    EvidenceKind.REPORT: "gửi báo cáo",
    EvidenceKind.LIST: "gửi danh sách",
    EvidenceKind.PHOTO: "gửi hình ảnh",
    EvidenceKind.FIGURE: "gửi số liệu",
    EvidenceKind.ROSTER: "gửi lịch trực",
}


@dataclass
class PlanPaper:
    """What `create_dispatch` needs. `left_out` are demands that no outside unit owes: they stay the Sở's own work."""

    subject: str
    body: str
    addressees: list[dict]
    copies: list[dict]
    requirements: list[dict] = field(default_factory=list)
    left_out: list = field(default_factory=list)


@dataclass
class Demand:
    """A plan's item with its owners and its time, as a paper says it."""

    item: object
    lead: list
    support: list
    due_at: object
    days: tuple | None

    def when(self):
        if self.days:
            return daily_phrase(*self.days, self.item.due_time)
        return phrase_of(self.due_at) if self.due_at else ""

    def row(self, label, text):
        """The demand as `create_dispatch` takes it."""
        first, last = self.days or (None, None)
        owners = [(each, TargetRole.LEAD) for each in self.lead] + [(each, TargetRole.SUPPORT) for each in self.support]
        return {
            "label": label,
            "text": text,
            "due_at": None if self.days else self.due_at,
            "due_phrase": self.when()[:200],
            "every": Cadence.DAY if self.days else Cadence.ONCE,
            "repeat_from": first,
            "repeat_until": last,
            "due_time": self.item.due_time if self.days else None,
            "evidence_kind": self.item.evidence_kind,
            "must_report": self.item.must_report,
            "targets": [(owner, role) for owner, role in owners if not is_inside(owner)],
            "plan_item": self.item,
        }


def demands_of_plan(plan):
    """The plan's items in order, with owners and dates worked out from D-day. Three queries."""
    d_day, found = plan.occasion.d_day, []
    for item in plan.items.order_by("order").prefetch_related("targets__group", "targets__unit"):
        lead, support = [], []
        for target in item.targets.all():
            (lead if target.role == TargetRole.LEAD else support).append(target.group or target.unit)
        found.append(Demand(item, lead, support, item_due(item, d_day), item_days(item, d_day)))
    return found


def directing_letter(plan, issuer):
    """A công văn: one numbered item for each set of owners, one lettered point for each demand."""
    demands = demands_of_plan(plan)
    outside = [each for each in demands if any(not is_inside(owner) for owner in each.lead)]
    lines = [_opening(plan, issuer)]
    requirements = []
    for number, (owners, owed) in enumerate(_by_owners(outside), 1):
        lines.append(f"{number}. {'; '.join(map(str, owners))}:")
        for place, demand in enumerate(owed):
            letter = LETTERS[place] if place < len(LETTERS) else f"{number}.{place + 1}"
            text = f"{letter}) {_point(demand)}" if place < len(LETTERS) else f"{letter}. {_point(demand)}"
            label = f"{number}.{letter}" if place < len(LETTERS) else letter
            lines.append(text)
            requirements.append(demand.row(label, _point(demand)))
    lines.append(
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về "
        f"{issuer.name} (qua {plan.division.name}) để được hướng dẫn, giải quyết./."
    )
    return PlanPaper(
        subject=f"thực hiện Kế hoạch {_lower(_title(plan))}"[:500],
        body="\n".join(lines),
        addressees=[_line(owner) for owner in _owners(outside)],
        copies=[{"text": "Như trên"}, *_copies(plan, issuer)],
        requirements=requirements,
        left_out=[each.item for each in demands if each not in outside],
    )


def printed_plan(plan, issuer):
    """A paper of kind KH: purpose, tasks by section with owner and time, organisation."""
    demands = demands_of_plan(plan)
    lines = [f"Căn cứ {_bare(basis.citation())};" for basis in plan.bases.order_by("issued_on", "pk")]
    lines.append(f"{issuer.name} ban hành Kế hoạch {_lower(_title(plan))} với các nội dung như sau:")
    lines += ["I. MỤC ĐÍCH, YÊU CẦU", *_paragraphs(plan.purpose), "II. NỘI DUNG NHIỆM VỤ"]
    for number, (section, owed) in enumerate(_by_section(demands), 1):
        lines.append(f"{number}. {section}")
        for place, demand in enumerate(owed):
            mark = f"{LETTERS[place]})" if place < len(LETTERS) else "-"
            lines.append(f"{mark} {_task(demand)}")
    lines += ["III. TỔ CHỨC THỰC HIỆN", *_paragraphs(plan.organisation)]
    lines[-1] = f"{lines[-1].rstrip(' .;')}./."
    owners = _owners(demands)
    return PlanPaper(
        subject=_title(plan),
        body="\n".join(lines),
        addressees=[_line(owner) for owner in owners],
        copies=[{"text": f"{owner} (để t/h)"} for owner in owners] + _copies(plan, issuer),
    )


def is_inside(owner):
    return getattr(owner, "kind", "") in UnitKind.INSIDE


def _opening(plan, issuer):
    cited = [_bare(basis.citation()) for basis in plan.bases.order_by("issued_on", "pk")]
    issued = Dispatch.objects.filter(plan=plan, kind=DispatchKind.KE_HOACH, status=DispatchStatus.ISSUED)
    for paper in issued.order_by("pk"):
        cited.append(
            f"Kế hoạch số {paper.code()} ngày {paper.issued_on:%d/%m/%Y} của {issuer.name} {_lower(paper.subject)}"
        )
    start = f"Thực hiện {'; '.join(cited)}; để" if cited else "Để"
    return (
        f"{start} bảo đảm thông tin liên lạc phục vụ {plan.occasion.name}, {issuer.name} yêu cầu các cơ quan, đơn vị, "
        "doanh nghiệp thực hiện các nội dung sau:"
    )


def _by_owners(demands):
    groups = {}
    for demand in demands:
        owners = [owner for owner in demand.lead if not is_inside(owner)]
        key = tuple(sorted((type(owner).__name__, owner.pk) for owner in owners))
        groups.setdefault(key, (owners, []))[1].append(demand)
    return list(groups.values())


def _by_section(demands):
    sections = {}
    for demand in demands:
        sections.setdefault(demand.item.section, []).append(demand)
    return [(_unmarked(section), owed) for section, owed in sections.items()]


def _owners(demands):
    """Everybody outside the Sở who leads or supports, in the order in which the demands name them."""
    seen = {}
    for demand in demands:
        for owner in [*demand.lead, *demand.support]:
            if not is_inside(owner):
                seen.setdefault((type(owner).__name__, owner.pk), owner)
    return list(seen.values())


def _line(owner):
    is_group = type(owner).__name__ == "UnitGroup"
    return {"text": str(owner), "groups": [owner] if is_group else [], "units": [] if is_group else [owner]}


def _copies(plan, issuer):
    above = [{"text": f"{issuer.parent.name} (b/c)", "unit": issuer.parent}] if issuer.parent else []
    return [*above, {"text": "Giám đốc, các Phó Giám đốc Sở"}, {"text": f"Lưu: VT, {plan.division.short_name}"}]


def _point(demand):
    """One demand as a sentence of the letter: what, by when, which proof, with whom."""
    parts = [_bare(_one_line(demand.item.text))]
    when = demand.when()
    if when:
        parts.append(when if demand.days else f"hoàn thành {when}")
    words = ", ".join(parts)
    if demand.support:
        words += f"; phối hợp: {', '.join(map(str, demand.support))}"
    proof = PROOF.get(demand.item.evidence_kind) or ("báo cáo kết quả" if demand.item.must_report else "")
    return f"{words}; {proof} về Sở." if proof else f"{words}."


def _task(demand):
    words = [_bare(_one_line(demand.item.text))]
    if demand.lead:
        words.append(f"chủ trì: {', '.join(map(str, demand.lead))}")
    if demand.support:
        words.append(f"phối hợp: {', '.join(map(str, demand.support))}")
    if demand.when():
        words.append(f"thời hạn: {demand.when()}")
    return "; ".join(words) + "."


def _title(plan):
    """The title without the name of the kind, which the paper prints by itself."""
    title = re.sub(r"^kế hoạch\s+", "", _one_line(plan.title), flags=re.IGNORECASE)
    return title[:1].upper() + title[1:]


def _unmarked(section):
    """A section's title without a number of its own."""
    text = _one_line(section)
    marker = find_marker(text)
    return text[marker.at :] if marker else text


def _paragraphs(text):
    return [line for line in (_one_line(raw) for raw in text.splitlines()) if line]


def _one_line(text):
    return " ".join(nfc(text).split())


def _bare(text):
    return text.rstrip(" .;,")


def _lower(text):
    return text[:1].lower() + text[1:]
