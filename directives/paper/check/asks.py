"""Demands that cannot be followed up: without owner, time, proof (the demands are found by `demands`)."""

import re
from collections.abc import Iterator

from directives.paper.check.rule import HINT, WARNING, Remark, rule
from directives.paper.check.sheet import Sheet, Task, walk
from directives.paper.demands import Demand, owner_of, proof_in
from directives.paper.model import Span

_RESULTS = re.compile(r"\b(?:kết quả|tình hình)\b")


def _place(demand: Demand) -> str:
    if not demand.label:
        return "nội dung"
    return demand.label if demand.label.startswith("Điều") else f"mục {demand.label}"


def _span(demand: Demand) -> Span:
    first = demand.text.split("\n", 1)[0]
    return Span("body", demand.start, demand.start + len(first))


def _listed(sheet: Sheet) -> list[Demand]:
    return [each for each in sheet.demands if each.label]


def _loose(sheet: Sheet) -> list[Demand]:
    return [each for each in sheet.demands if not each.label]


def _count(tasks: list[Task], every: list[Task]) -> str:
    if len(every) == 1:
        return "Yêu cầu"
    return f"Cả {len(every)} việc" if len(tasks) == len(every) else f"{len(tasks)}/{len(every)} việc"


@rule("demand-owner", WARNING, "giao việc: rõ người")
def demand_owner(sheet: Sheet) -> Iterator[Remark]:
    """Each demand of a paper to several names who is to act."""
    if len(sheet.paper.recipients) == 1:
        return
    inside = {(item.start, item.end): item for item in walk(sheet.paper.items)}
    for demand in _listed(sheet):
        item = inside.get((demand.start, demand.end))
        if demand.addressed or (item and any(owner_of(each) for each in walk(item.items))):
            continue
        yield Remark(_place(demand), "Yêu cầu không nêu đơn vị thực hiện: hiểu là mọi nơi nhận", _span(demand))


@rule("demand-date", WARNING, "giao việc: rõ thời hạn")
def demand_date(sheet: Sheet) -> Iterator[Remark]:
    """Each task of a demand has a deadline, a cadence or a period, of its own or from the line above it."""
    if any(each.deadline and each.deadline.type == "deadline" for each in _loose(sheet)):
        return
    starts = [each.start for each in sheet.paper.deadlines if each.type not in ("milestone", "effective")]
    for demand in _listed(sheet):
        tasks = sheet.tasks(demand)
        within = [start for start in starts if demand.start <= start < demand.end]
        own = [at for at in within if not any(task.span.start <= at < task.span.end for task in tasks)]
        bare = [each for each in tasks if not any(each.span.start <= at < each.span.end for at in within)]
        if bare and not own and not (demand.deadline and len(tasks) == 1):
            yield Remark(_place(demand), f"{_count(bare, tasks)} chưa có thời hạn", _span(demand))


@rule("demand-proof", HINT, "giao việc: rõ sản phẩm, báo cáo")
def demand_proof(sheet: Sheet) -> Iterator[Remark]:
    """Each task says what is to be filed or reported, of its own or from the line above it."""
    if any(each.must_report and _RESULTS.search(each.text) for each in _loose(sheet)):
        return
    for demand in _listed(sheet):
        tasks = sheet.tasks(demand)
        head = demand.text[: max(0, tasks[0].span.start - demand.start)] if len(tasks) > 1 else ""
        bare = [each for each in tasks if not proof_in(each.text)]
        if bare and not proof_in(head):
            message = f"{_count(bare, tasks)} chưa nêu minh chứng hoặc báo cáo kết quả"
            yield Remark(_place(demand), message, _span(demand))
