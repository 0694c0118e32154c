"""Findings of the checker beside the text, and their repairs, on the pages where a draft is written."""

import re

from django.db.models import Q
from django.utils import timezone

from directives.models import Dispatch
from directives.paper import read
from directives.selectors import checker_on, look_over, to_paper
from directives.selectors.mending import EVERY, mend, read_body_again, rewritten, whole_text
from directives.selectors.printed import as_printed
from directives.states import DispatchStatus
from units.selectors import own_department

FIX = "fix:"
TYPED = re.compile(r"subject|(?:addressees|copies|requirements|bases)-\d+-(?:text|due_phrase|number)")
BODY = ("body",)
JUDGED = frozenset({DispatchStatus.DRAFT, DispatchStatus.REVIEW, DispatchStatus.APPROVED})
NOT_THERE = (
    "Chỗ này không còn như lúc kiểm tra nên hệ thống chưa sửa gì. Danh sách dưới đây vừa được kiểm tra lại; "
    "những chỗ đã gắn, đã nhập vẫn giữ nguyên."
)


def wants_fix(act):
    return act.startswith(FIX)


def mend_pasted(data, text, checker):
    """The pasted text with what the button asks for repaired, and the page's fields brought along: what still says what
    was read says the repaired words now, what was typed stays."""
    before = read(text)
    paper, made = mend(before, data["act"].removeprefix(FIX), look=checker.findings)
    return whole_text(paper) if made else text, _brought_along(data, before, paper), said_of(made, data["act"])


def mend_draft(data, draft, dispatch, checker):
    """The same of a draft, in its body; demands and bases follow."""
    before = draft.paper(dispatch or blank())
    wanted = data["act"].removeprefix(FIX)
    paper, made = mend(before, wanted, look=checker.findings, again=read_body_again, parts=BODY)
    data = _brought_along(data, before, paper)
    if made:
        data["body"] = paper.body
    return data, said_of(made, data["act"])


def blank():
    """The paper of a draft that is not stored yet."""
    return Dispatch(issuer=own_department(), created_at=timezone.now())


def _brought_along(data, before, after):
    data, changed = data.copy(), rewritten(before, after)
    for name in [name for name in data if TYPED.fullmatch(name)]:
        data[name] = "\n".join(changed.get(line, line) for line in data[name].splitlines())
    if "body" in data:
        data["body"] = "\n".join(changed.get(line.strip(), line) for line in data["body"].splitlines())
    return data


def said_of(made, act):
    """What the repair did, in a sentence with its tone."""
    if not made:
        return "warn", NOT_THERE
    if act == FIX + EVERY:
        return "done", f"Đã sửa {len(made)} chỗ chắc chắn. Hãy đọc lại trước khi lưu."
    return "done", f"Đã sửa 1 chỗ ở {made[0].where}."


def check_stored(dispatch, on):
    """A stored paper on its way to the signature, judged as it would be printed; None once it is signed."""
    if dispatch.status not in JUDGED:
        return None
    sent = dispatch.addressees.filter(Q(groups__isnull=False) | Q(units__isnull=False))
    mapped = sent.values_list("text", flat=True)
    return look_over(
        as_printed(to_paper(dispatch, on=on)), checker_on(on, ours=True).knowing(mapped).watching(dispatch)
    )
