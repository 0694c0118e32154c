"""What notices say. Each function is one message: it returns the subject and the text, whose first line says what to do."""

from django.utils import timezone

from notices.ladder import LATE, last_day


def moment(due_at):
    """A deadline as people say it: 'hết ngày 19/01/2020', or with the hour when there is one."""
    local = timezone.localtime(due_at)
    if local.hour == 0 and local.minute == 0:
        return f"hết ngày {last_day(due_at):%d/%m/%Y}"
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def short(text, limit=160):
    """The start of a demand, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + "…"


def paper_received(code, subject, demands, nearest):
    """To the focal person: a paper with demands has come."""
    if not demands:
        return f"Văn bản mới: {code}", f"Mời xem văn bản {code} “{short(subject)}” Sở gửi đơn vị để biết."
    due = f" Hạn gần nhất: {moment(nearest)}." if nearest else ""
    return (
        f"Văn bản mới {code}: {demands} yêu cầu",
        f"Đề nghị tiếp nhận {demands} yêu cầu của văn bản {code} “{short(subject)}”.{due}",
    )


def due_soon(rung, text, unit, due_at):
    """To the focal person, before and at the deadline."""
    if rung == LATE:
        return (
            f"Quá hạn: {short(text, 90)}",
            f"Yêu cầu đã quá hạn ({moment(due_at)}). Đề nghị nộp minh chứng ngay hoặc báo vướng mắc: {short(text)}",
        )
    when = {0: "Hôm nay là hạn cuối", 1: "Còn 1 ngày"}.get(rung, f"Còn {rung} ngày")
    return (
        f"{when}: {short(text, 90)}",
        f"Đề nghị hoàn thành và nộp minh chứng trước khi {moment(due_at)}: {short(text)}"
        if "hết ngày" not in moment(due_at)
        else f"Đề nghị hoàn thành và nộp minh chứng đến {moment(due_at)}: {short(text)}",
    )


def due_for_giver(rung, text, unit, due_at):
    """To the giver: only when it matters, that is when a unit is late."""
    return (
        f"{unit} quá hạn: {short(text, 80)}",
        f"Đề nghị đôn đốc {unit}: yêu cầu hạn {moment(due_at)} chưa hoàn thành. {short(text)}",
    )


ASSIGNMENT_MOVED = {
    # (before, after): (to the unit?, subject, first words)
    ("accepted", "submitted"): (False, "{unit} đã nộp kết quả", "Mời xem minh chứng và xác nhận hoặc trả lại."),
    ("sent", "questioned"): (False, "{unit} có vướng mắc", "Đề nghị trả lời vướng mắc của đơn vị."),
    ("accepted", "questioned"): (False, "{unit} có vướng mắc", "Đề nghị trả lời vướng mắc của đơn vị."),
    ("sent", "declined"): (False, "{unit} báo không thực hiện được", "Đề nghị xem lý do và giao lại hoặc hủy."),
    ("accepted", "declined"): (False, "{unit} báo không thực hiện được", "Đề nghị xem lý do và giao lại hoặc hủy."),
    ("questioned", "sent"): (True, "Sở đã trả lời vướng mắc", "Mời xem câu trả lời và tiếp tục thực hiện."),
    ("questioned", "accepted"): (True, "Sở đã trả lời vướng mắc", "Mời xem câu trả lời và tiếp tục thực hiện."),
    ("submitted", "accepted"): (True, "Sở trả lại kết quả", "Đề nghị bổ sung theo lý do Sở nêu rồi nộp lại."),
    ("submitted", "closed"): (
        True,
        "Sở đã xác nhận hoàn thành",
        "Yêu cầu đã hoàn thành, đơn vị không phải làm gì thêm.",
    ),
    ("closed", "accepted"): (True, "Sở mở lại yêu cầu", "Đề nghị xem lý do và thực hiện tiếp."),
    ("declined", "sent"): (True, "Sở giao lại yêu cầu", "Đề nghị xem lý do và tiếp nhận lại."),
    ("sent", "cancelled"): (True, "Sở hủy yêu cầu", "Đơn vị không phải thực hiện yêu cầu này nữa."),
    ("accepted", "cancelled"): (True, "Sở hủy yêu cầu", "Đơn vị không phải thực hiện yêu cầu này nữa."),
    ("questioned", "cancelled"): (True, "Sở hủy yêu cầu", "Đơn vị không phải thực hiện yêu cầu này nữa."),
    ("submitted", "cancelled"): (True, "Sở hủy yêu cầu", "Đơn vị không phải thực hiện yêu cầu này nữa."),
}


def assignment_moved(before, after, unit, text, note):
    """(to the unit?, subject, text) of a move worth telling, or None."""
    found = ASSIGNMENT_MOVED.get((before, after))
    if found is None:
        return None
    to_unit, subject, first = found
    said = f" Nội dung: {short(note, 300)}" if note else ""
    return to_unit, f"{subject.format(unit=unit)}: {short(text, 80)}", f"{first}{said}\nYêu cầu: {short(text)}"


def extension_asked(unit, text, wanted_at, reason):
    """To the giver: a unit asks for more time."""
    return (
        f"{unit} đề nghị gia hạn: {short(text, 80)}",
        f"Đề nghị xem xét gia hạn đến {moment(wanted_at)}. Lý do: {short(reason, 300)}\nYêu cầu: {short(text)}",
    )


def extension_decided(granted, text, wanted_at, answer):
    """To the unit: the Sở's decision."""
    word = "đồng ý gia hạn" if granted else "không đồng ý gia hạn"
    until = f" Hạn mới: {moment(wanted_at)}." if granted else " Hạn cũ giữ nguyên."
    return f"Sở {word}: {short(text, 80)}", f"Sở {word}.{until} {short(answer, 300)}\nYêu cầu: {short(text)}".strip()


PAPER_MOVED = {
    # (before, after): (who, subject, first words)
    ("draft", "review"): ("heads", "Chờ xem xét", "Mời xem xét dự thảo."),
    ("review", "draft"): ("author", "Dự thảo được trả lại", "Đề nghị sửa theo lý do nêu dưới đây."),
    ("approved", "draft"): ("author", "Dự thảo được trả lại", "Đề nghị sửa theo lý do nêu dưới đây."),
    ("signed", "draft"): ("author", "Dự thảo được trả lại", "Đề nghị sửa theo lý do nêu dưới đây."),
    ("numbered", "draft"): ("author", "Số đã hủy, dự thảo được trả lại", "Đề nghị sửa theo lý do nêu dưới đây."),
    ("review", "approved"): ("author", "Dự thảo đã duyệt", "Dự thảo đã được duyệt."),
    ("approved", "signed"): ("clerks", "Đã ký, chờ cấp số", "Đề nghị cấp số và ban hành đúng thời hạn."),
    ("numbered", "issued"): ("author", "Đã ban hành", "Văn bản đã ban hành và giao đến các đơn vị."),
}
