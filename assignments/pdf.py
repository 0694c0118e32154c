"""Rosters on paper: the list of one unit as an annex, or those of a whole occasion as one volume."""

from django.utils import timezone

from assignments import coverage, rules
from assignments.duty import gap_words, length_words, span_words
from assignments.states import RosterStatus
from directives.pdf.listing import Column, Listing, print_listings
from units.phones import phone_words
from units.templatetags.ui import long_day

GAPS_NAMED = 8
NUMBER = Column("TT", 4.5, centred=True)
COLUMNS = (
    NUMBER,
    Column("Họ và tên", 17),
    Column("Chức vụ", 15),
    Column("Loại trực", 15),
    Column("Thời gian", 19, centred=True),
    Column("Nơi trực", 15),
    Column("Điện thoại", 12, centred=True),
    Column("Ghi chú", 12),
)
PLACE, PHONE = 5, 6
SUMMARY = (
    NUMBER,
    Column("Đơn vị", 40),
    Column("Tình trạng", 14),
    Column("Số ca", 8, centred=True),
    Column("Số người", 9, centred=True),
    Column("Còn thiếu", 16),
    Column("Trang", 8, centred=True),
)
LATE = (NUMBER, Column("Đơn vị", 60), Column("Loại đơn vị", 35))


def roster_pdf(printed, viewer, now):
    """PDF bytes of one unit's list (`selectors.prints.PrintedRoster`), as `viewer` may see it."""
    listing = roster_listing(printed, viewer, now, label="Phụ lục")
    return print_listings([listing], title=f"Lịch trực {printed.roster.unit} – {printed.roster.occasion}")[0]


def occasion_pdf(occasion, printed, owing, viewer, now):
    """PDF bytes of all lists of an occasion: a summary with the page of each, the lists, and who has sent none."""
    listings = [roster_listing(one, viewer, now) for one in printed]
    mark = f"{occasion} · in lúc {_moment(now)}"
    if owing:
        listings.append(
            Listing(
                name="Đơn vị chưa gửi lịch trực",
                label="",
                title=["Đơn vị chưa gửi lịch trực", str(occasion)],
                remark=f"(Tính đến {_moment(now)})",
                facts=[],
                columns=LATE,
                rows=[(str(n), unit.name, unit.get_kind_display()) for n, unit in enumerate(owing, 1)],
                mark=mark,
            )
        )

    def contents(starts):
        return _summary(occasion, printed, owing, starts, now, mark)

    return print_listings(listings, title=f"Lịch trực – {occasion}", contents=contents)[0]


def roster_listing(printed, viewer, now, label=""):
    """The list of a unit. Without the right to see personal numbers their column is left out, and the paper says so; that of
    places is left out where none is named."""
    roster = printed.roster
    phones = rules.can_see_duty_phones(viewer, roster.unit_id)
    rows = [
        (
            str(number),
            shift.contact.name,
            shift.contact.position,
            ", ".join(shift.layer_words()),
            span_words(shift.starts_at, shift.ends_at).replace("ngày ", "ngày\u00a0"),
            shift.place,
            phone_words(shift.contact.phone),
            shift.note,
        )
        for number, shift in enumerate(printed.shifts, 1)
    ]
    named = any(row[PLACE] for row in rows)
    shown = [at for at in range(len(COLUMNS)) if (phones or at != PHONE) and (named or at != PLACE)]
    columns, rows = [COLUMNS[at] for at in shown], [[row[at] for at in shown] for row in rows]
    facts = [f"Đơn vị: {roster.unit.name}.", _period(printed)]
    if roster.status != RosterStatus.ACCEPTED:
        facts.append(f"Tình trạng: {roster.get_status_display()}; chưa phải lịch trực đã được Sở duyệt.")
    return Listing(
        name=roster.unit.name,
        label=label,
        title=["Lịch trực bảo đảm thông tin liên lạc", str(roster.occasion)],
        remark=_remark(printed),
        facts=facts,
        columns=columns,
        rows=rows,
        notes=_notes(printed, phones),
        mark=f"{roster.unit.name} · cập nhật {_moment(roster.moved_at)} · in lúc {_moment(now)}",
    )


def _moment(at):
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"


def _remark(printed):
    if printed.paper is None:
        occasion = printed.roster.occasion
        return f"(Từ ngày {occasion.starts_on:%d/%m/%Y} đến ngày {occasion.ends_on:%d/%m/%Y})"
    paper = printed.paper
    return f"(Theo {paper.get_kind_display().lower()} số {paper.code()} {long_day(paper.issued_on)} của {paper.issuer.name})"


def _period(printed):
    if not printed.shifts:
        return "Chưa có ca trực nào."
    first, last = printed.shifts[0].starts_at, max(shift.ends_at for shift in printed.shifts)
    return f"Thời gian trực: {span_words(first, last)}; {len(printed.shifts)} ca, {printed.people()} người."


def _notes(printed, phones):
    roster, notes = printed.roster, []
    if printed.gaps:
        length = length_words(coverage.minutes(printed.gaps))
        if roster.waived_by and roster.status == RosterStatus.ACCEPTED and not roster.lacks_more_than_accepted():
            notes.append(f"Phần trực còn thiếu ({length}) được {roster.waived_by} chấp nhận: {roster.waiver_reason}")
        else:
            notes.append(f"Còn thiếu {length} trực so với yêu cầu của đợt:")
        notes += [f"- {gap_words(gap)}." for gap in printed.gaps[:GAPS_NAMED]]
        if len(printed.gaps) > GAPS_NAMED:
            notes.append(f"- và {len(printed.gaps) - GAPS_NAMED} khoảng khác.")
    if not phones:
        notes.append("Số điện thoại chỉ in cho lãnh đạo và người của đơn vị.")
    return notes


def _summary(occasion, printed, owing, starts, now, mark):
    rows = [
        (
            str(number),
            one.roster.unit.name,
            one.roster.get_status_display(),
            str(len(one.shifts)),
            str(one.people()),
            length_words(coverage.minutes(one.gaps)) if one.gaps else "đủ",
            str(start),
        )
        for number, (one, start) in enumerate(zip(printed, starts, strict=False), 1)
    ]
    accepted = sum(one.roster.status == RosterStatus.ACCEPTED for one in printed)
    return Listing(
        name="Tổng hợp",
        label="Phụ lục",
        title=["Tổng hợp lịch trực bảo đảm thông tin liên lạc", str(occasion)],
        remark=f"(Tính đến {_moment(now)})",
        facts=[
            f"{len(printed)} đơn vị đã gửi lịch trực, trong đó {accepted} lịch đã được Sở duyệt; "
            f"{len(owing)} đơn vị chưa gửi{f' (danh sách ở trang {starts[len(printed)]})' if owing else ''}."
        ],
        columns=SUMMARY,
        rows=rows,
        mark=mark,
    )
