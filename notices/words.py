"""What notices say. Each function is one message: it returns the subject and the text, whose first line says what to do."""

from django.utils import timezone

from assignments.duty import gap_words, length_words, span_words
from notices.ladder import LATE, last_day
from units.when import period_words


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
    ("sent", "declined"): (
        False,
        "{unit} báo không thực hiện được",
        "Đề nghị xem lý do và giao lại, chuyển đơn vị khác hoặc hủy.",
    ),
    ("accepted", "declined"): (
        False,
        "{unit} báo không thực hiện được",
        "Đề nghị xem lý do và giao lại, chuyển đơn vị khác hoặc hủy.",
    ),
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
    ("declined", "cancelled"): (True, "Sở hủy yêu cầu", "Đơn vị không phải thực hiện yêu cầu này nữa."),
    ("", "sent"): (True, "Sở chuyển giao yêu cầu", "Đề nghị xem yêu cầu và tiếp nhận."),
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


GAPS_NAMED = 5


def gaps_named(gaps):
    """The first gaps, a line each, and how many more there are."""
    lines = [f"- {gap_words(gap)}." for gap in gaps[:GAPS_NAMED]]
    if len(gaps) > GAPS_NAMED:
        lines.append(f"- và {len(gaps) - GAPS_NAMED} chỗ khác.")
    return "\n".join(lines)


ROSTER_MOVED = {
    # (before, after): (to the unit?, subject, first words)
    ("draft", "submitted"): (False, "{unit} đã gửi lịch trực", "Mời xem và duyệt hoặc trả lại lịch trực của đơn vị."),
    ("returned", "submitted"): (False, "{unit} đã gửi lại lịch trực", "Mời xem và duyệt hoặc trả lại lịch trực."),
    ("submitted", "returned"): (True, "Sở trả lại lịch trực", "Đề nghị sửa lịch trực theo lý do Sở nêu rồi gửi lại."),
    ("accepted", "returned"): (True, "Sở mở lại lịch trực", "Đề nghị sửa lịch trực theo lý do Sở nêu rồi gửi lại."),
    ("submitted", "accepted"): (
        True,
        "Sở đã duyệt lịch trực",
        "Lịch trực đã duyệt, đơn vị không phải làm gì thêm; người trực được báo ca vào tối hôm trước.",
    ),
}


def roster_moved(before, after, unit, occasion, note, gaps):
    """(to the unit?, subject, text) of a move of a roster worth telling, or None; what it still lacks is named."""
    found = ROSTER_MOVED.get((before, after))
    if found is None:
        return None
    to_unit, subject, first = found
    lines = [first]
    if note and to_unit:
        lines.append(f"{'Lý do chấp nhận phần thiếu' if after == 'accepted' else 'Lý do'}: {short(note, 300)}")
    if gaps:
        lines.append(f"Còn thiếu so với yêu cầu của đợt:\n{gaps_named(gaps)}")
    return to_unit, f"{subject.format(unit=unit)}: {short(occasion, 90)}", "\n".join(lines)


def roster_gaps_found(occasion, gaps, minutes):
    """To the unit, after it sent a roster that leaves something empty."""
    return (
        f"Lịch trực còn thiếu người: {short(occasion, 90)}",
        f"Đề nghị bố trí thêm người trực, hoặc báo Sở lý do chưa bố trí được: lịch trực vừa gửi còn thiếu "
        f"{length_words(minutes)} trực.\n{gaps_named(gaps)}",
    )


def roster_needs_changed(occasion, gaps):
    """To the unit whose roster was accepted before its occasion came to require more."""
    return (
        f"Đợt đổi yêu cầu, lịch trực còn thiếu người: {short(occasion, 90)}",
        f"Đề nghị bố trí thêm người và báo Sở mở lại lịch trực để bổ sung: yêu cầu trực của đợt đã đổi sau khi lịch được duyệt, "
        f"nay còn thiếu {length_words(sum(gap.minutes for gap in gaps))} trực.\n{gaps_named(gaps)}",
    )


def roster_due(rung, occasion, standing, due_at):
    """To the unit, where no demand of a paper reminds of the roster already; `due_at` is when duty begins."""
    local = timezone.localtime(due_at)
    if rung == LATE:
        return (
            f"Lịch trực chưa gửi: {short(occasion, 90)}",
            f"Đề nghị gửi ngay lịch trực đợt {short(occasion)}: thời gian phải trực đã bắt đầu từ {local:%H:%M} ngày "
            f"{local:%d/%m/%Y}. {standing}",
        )
    when = {0: "Hôm nay là hạn cuối", 1: "Còn 1 ngày"}.get(rung, f"Còn {rung} ngày")
    return (
        f"{when} gửi lịch trực: {short(occasion, 90)}",
        f"Đề nghị hoàn thành và gửi lịch trực đợt {short(occasion)} trước {local:%H:%M} ngày {local:%d/%m/%Y}, khi bắt đầu "
        f"phải trực. {standing}",
    )


def roster_standing(status, gap_minutes):
    """What a unit's roster still wants, in one sentence; `status` is None where none was begun."""
    if status is None:
        return "Lịch trực: đơn vị chưa lập."
    lacks = f"còn thiếu {length_words(gap_minutes)} trực" if gap_minutes else "đã đủ người" if gap_minutes == 0 else ""
    where = {"draft": "đang lập, chưa gửi", "returned": "Sở đã trả lại, chưa gửi lại"}.get(status, "đã gửi Sở")
    return f"Lịch trực: {', '.join(filter(None, [where, lacks]))}."


def _duty_lines(layers, place, unit, occasions, ask):
    return "\n".join(
        [
            f"Loại trực: {layers}.",
            *([f"Nơi trực: {place}."] if place else []),
            f"Đơn vị: {unit}. Đợt: {occasions}.",
            f"Nếu không trực được, xin báo ngay {ask or 'người phụ trách lịch trực của đơn vị'} để bố trí người thay.",
        ]
    )


def shift_starts(starts_at, ends_at, **about):
    """To the person on duty, the evening before."""
    hours = span_words(starts_at, ends_at)
    return f"Ca trực của anh/chị: {hours}", f"Mời anh/chị có mặt trực ca {hours}.\n{_duty_lines(**about)}"


def shift_changed(starts_at, ends_at, was, **about):
    """To the same person, once the roster that says otherwise was accepted; `was` are the hours told before."""
    hours = span_words(starts_at, ends_at)
    before = f" Trước đã báo: {span_words(*was)}." if was != (starts_at, ends_at) else ""
    return (
        f"Ca trực của anh/chị đã đổi: {hours}",
        f"Ca trực của anh/chị đã đổi: mời có mặt trực ca {hours}.{before}\n{_duty_lines(**about)}",
    )


def shift_gone(was, unit, nearest):
    """To the person who no longer stands there; `nearest` are the hours of their next shift, or None."""
    then = f" Ca trực kế tiếp của anh/chị: {span_words(*nearest)}." if nearest else ""
    return (
        f"Anh/chị không còn ca trực {span_words(*was)}",
        f"Anh/chị không phải trực ca {span_words(*was)} nữa: lịch trực của {unit} đã đổi.{then}",
    )


def duty_unreached(people):
    """To the unit: whom nobody could write to. `people` are pairs (name, hours)."""
    lines = "\n".join(f"- {name}: {hours}." for name, hours in people)
    return (
        f"{len(people)} người trực chưa có thư điện tử",
        f"Đề nghị báo trực tiếp cho người trực dưới đây vì danh bạ chưa có thư điện tử của họ, rồi bổ sung vào danh bạ.\n{lines}",
    )


def acted_for(entry):
    """After a notice of an act: in whose place it was done, when it was. Nothing otherwise."""
    return f"\nNgười thực hiện: {entry.actor}, xử lý thay {entry.under.giver}." if entry.under else ""


def delegation_made(row):
    """To both people and the administrators."""
    by = "" if row.made_by_id == row.giver_id else f" Người lập: {row.made_by or 'hệ thống'}."
    return (
        f"Ủy quyền: {row.taker} xử lý thay {row.giver}",
        f"{row.taker} được xử lý công việc của {row.giver} trên hệ thống {period_words(row.starts_at, row.ends_at)}.{by}\n"
        "Người xử lý thay bấm tên mình ở góc trên, chọn “Xử lý thay”. Ai thấy việc này không đúng, đề nghị kết thúc ngay "
        "ở trang Ủy quyền.",
    )


def delegation_ended(row):
    """To both people: where the giver reads what was done."""
    return (
        f"Đã hết ủy quyền: {row.taker} thôi xử lý thay {row.giver}",
        f"Mời {row.giver} mở trang Ủy quyền để xem lại những việc {row.taker} đã làm thay.",
    )
