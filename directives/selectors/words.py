"""Demands and lines of a draft in words, one line each, so that its versions can be compared."""

from directives.deadlines import daily_phrase, in_words


def demand_words(dispatch):
    """One line a demand: label | text | owners | deadline | proof. Three queries."""
    lines = []
    for demand in dispatch.requirements.order_by("order").prefetch_related("targets__unit", "targets__group"):
        owners = "; ".join(str(target) for target in demand.targets.all()) or "chưa có đơn vị thực hiện"
        words = (demand.label, demand.text, owners, when_words(demand), proof_words(demand))
        lines.append(" | ".join(words))
    return lines


def line_words(line):
    """A line of addressees or copies as `draft_values` gives it: what is printed | who it is sent to."""
    sent = [*line.get("groups", ()), *line.get("units", ()), *filter(None, [line.get("unit")])]
    nobody = "không gửi bản điện tử" if "unit" in line else "chưa gắn với đơn vị nào"
    return f"{line['text']} | {'; '.join(map(str, sent)) or nobody}"


def when_words(demand):
    if demand.every:
        return daily_phrase(demand.repeat_from, demand.repeat_until, demand.due_time)
    return in_words(demand.due_at) if demand.due_at else "không có hạn"


def proof_words(demand):
    proof = demand.get_evidence_kind_display()
    return f"{proof}, phải báo cáo" if demand.must_report else proof
