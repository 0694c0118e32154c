"""What has happened in the province so far, told verb by verb with the times it happened at.

Last year's Tết is over. The by-election is under way: its plan and dispatch are issued and units have answered in every
way. Tết is being prepared: its plan waits for approval, and papers stand at every step before issue.
"""

from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assignments.models import Assignment
from assignments.services import answers, decisions, extensions
from assignments.services.issue import issue_dispatch
from assignments.states import AssignmentStatus
from directives import services as papers
from directives.selectors.rows import draft_values
from directives.sweeps import file_pdfs
from notices.models import Notice
from notices.services import claim_mail, note_sent
from notices.states import NoticeStatus
from notices.sweeps import history, read_history, remind_assignments, reminders
from plans import services as plans
from plans.calendar.lunar import can_chi, tet
from plans.states import EvidenceKind
from reports.demo.duty import roster_election, storm
from reports.demo.invitations import invite_people
from reports.demo.last_tet import last_tet
from reports.demo.rights import give_and_lend
from reports.demo.scan import blank_scan
from units.services.contacts import prove_contact
from units.services.sweeps import finish_sweep
from units.states import UnitKind

LETTER = (Path(__file__).parent / "letter.txt").read_text(encoding="utf-8")


class Story:
    """The tellers of one province: `at(days)` is nine in the morning that many days from now."""

    def __init__(self, province, now):
        self.province, self.now = province, now
        self.people = province.people
        self.division = province.units["BCVT"]

    def at(self, days, hour=9, minute=0):
        local = timezone.localtime(self.now) + timedelta(days=days)
        return min(local.replace(hour=hour, minute=minute, second=0, microsecond=0), self.now)

    def who(self, username, days, hour=9, minute=0):
        return {"actor": self.people[username], "now": self.at(days, hour, minute)}


def tell_story(province, *, now):
    """From floor 1 up, everything through the verbs; about ten seconds."""
    story = Story(province, now)
    last_tet(story, _next_tet(now), lambda draft, day: _issue(story, draft, day=day, hour=9, signer="quang.tm"))
    election = _election(story)
    _answers(story, election)
    roster_election(story, election)
    _tet(story)
    _papers_under_way(story, election)
    storm(story, lambda text, occasion: _letter(story, text, occasion))
    _prove_contacts(story)
    invite_people(story)
    give_and_lend(story)
    _say(story)


def _say(story):
    """What people were told since yesterday stands in their lists; its letters went out then."""
    for sweep in (history, reminders):
        finish_sweep(sweep.NAME, now=story.at(-1, 8), mark=story.at(-1, 8))
    for day, hour in ((-1, 9), (-1, 13), (-1, 18), (0, 8), (0, 23)):
        now = story.at(day, hour)
        read_history(now=now)
        remind_assignments(now=now)
        for notice in Notice.objects.filter(status=NoticeStatus.PENDING):
            note_sent(claim_mail(notice, now=now)[1], now=now)


def _election(story):
    today = timezone.localdate(story.now)
    d_day = today + timedelta(days=44 + (6 - (today + timedelta(days=44)).weekday()) % 7)
    basis = plans.save_basis(
        kind="kế hoạch",
        number="15/KH-UBBC",
        issued_on=today - timedelta(days=40),
        issuer="Ủy ban bầu cử tỉnh Hải Giang",
        subject=f"tổ chức bầu cử bổ sung đại biểu Hội đồng nhân dân tỉnh ngày {d_day:%d/%m/%Y}",
        **story.who("ha.lt", -24),
    )
    occasion = plans.create_occasion(
        kind="election",
        name="Bầu cử bổ sung đại biểu HĐND tỉnh",
        d_day=d_day,
        starts_on=today - timedelta(days=25),
        ends_on=d_day + timedelta(days=10),
        bases=[basis],
        **story.who("ha.lt", -24),
    )
    plan = plans.create_plan(occasion, outline="election", division=story.division, **story.who("ha.lt", -23))
    plan = plans.submit_plan(plan, **story.who("ha.lt", -22))
    plan = plans.approve_plan(plan, **story.who("quang.tm", -21))
    for kind, hour in (("kế hoạch", 9), ("công văn", 10)):
        draft = papers.create_from_plan(plan, kind=kind, **story.who("ha.lt", -21, hour))
        _issue(story, draft, day=-20, hour=hour, signer="quang.tm")
    return occasion


def _issue(story, draft, *, day, hour, signer):
    """Submit, review, approve, sign, number, file, scan and issue within one morning."""
    draft = papers.submit_dispatch(draft, **story.who("ha.lt", day, hour))
    draft = papers.review_dispatch(draft, **story.who("viet.pq", day, hour, 5))
    draft = papers.approve_dispatch(draft, **story.who(signer, day, hour, 15))
    draft = papers.sign_dispatch(
        draft, authority=draft.authority, signed_at=story.at(day, hour, 20), **story.who(signer, day, hour, 25)
    )
    draft = papers.number_dispatch(draft, **story.who("mai.nt", day, hour, 30))
    file_pdfs(now=story.at(day, hour, 31))
    draft.refresh_from_db()
    draft = papers.file_scan(
        draft, upload=SimpleUploadedFile("ban-quet.pdf", blank_scan(draft)), **story.who("mai.nt", day, hour, 40)
    )
    return issue_dispatch(draft, **story.who("mai.nt", day, hour, 45))


def _letter(story, text, occasion):
    """An urgent letter, written and sent out the day before."""
    draft = papers.create_from_text(text, division=story.division, occasion=occasion, **story.who("ha.lt", -1, 7))
    _issue(story, draft, day=-1, hour=8, signer="quang.tm")


def _answers(story, occasion):
    """Units with an account answer in every way. Two enterprises and every fifth commune are behind; the rest keep up."""
    for rank, (short, user) in enumerate(story.province.voices.items()):
        unit = story.province.units[short]
        keen = rank % 5 != 1
        rows = Assignment.objects.filter(occasion=occasion, unit=unit, occurrence=None).order_by("due_at", "pk")
        for n, assignment in enumerate(rows.select_related("requirement")):
            if assignment.requirement.evidence_kind == EvidenceKind.ROSTER:
                continue  # answered by the roster itself
            _answer(story, assignment, user, rank + n, keen=keen)

    given_back = Assignment.objects.filter(occasion=occasion, status=AssignmentStatus.DECLINED).order_by("pk").first()
    decisions.reroute_assignment(
        given_back,
        unit=story.province.units["Hải Đăng"],
        reason="Tuyến này do doanh nghiệp đang khai thác quản lý.",
        **story.who("viet.pq", -9, 8),
    )


def _answer(story, assignment, user, n, *, keen):
    if not keen and n % 3 == 2:
        return
    assignment = answers.accept_assignment(assignment, actor=user, now=story.at(-19, 10 + n % 6))
    soon = assignment.due_at is not None and assignment.due_at < story.now + timedelta(days=6)
    step = n % 9 if keen else 8
    if soon and keen:
        _deliver(story, assignment, user, n)
    elif soon:
        return
    elif step == 3:
        answers.ask_assignment(
            assignment,
            question="Đề nghị Sở cho biết danh sách khu vực bỏ phiếu để đơn vị khảo sát vùng phủ.",
            actor=user,
            now=story.at(-12, 15),
        )
    elif step == 4:
        answers.decline_assignment(
            assignment,
            reason="Đơn vị không có hạ tầng tại địa bàn này, đề nghị giao doanh nghiệp đang quản lý tuyến.",
            actor=user,
            now=story.at(-11, 14),
        )
    elif step in (0, 1, 5):
        _deliver(story, assignment, user, n)
    elif step == 2 and assignment.due_at is not None:
        extensions.ask_extension(
            assignment,
            wanted_at=assignment.due_at + timedelta(days=3),
            reason="Vật tư dự phòng về chậm, đơn vị cần thêm ba ngày để hoàn thành kiểm tra.",
            actor=user,
            now=story.at(-2, 16),
        )


def _deliver(story, assignment, user, n):
    head, day = "viet.pq", -10 + n % 7
    text = "Đơn vị đã hoàn thành, gửi kèm kết quả thực hiện để Sở xem xét."
    if assignment.requirement.evidence_kind == EvidenceKind.FIGURE:
        text = "Đã kiểm tra 128/130 trạm; 2 trạm còn lại xong trong tuần."
    assignment = answers.submit_assignment(assignment, text=text, actor=user, now=story.at(day, 10))
    if n % 5 == 3:
        return
    if n % 5 == 4:
        decisions.return_assignment(
            assignment,
            reason="Đề nghị bổ sung số điện thoại trực và nguồn điện dự phòng của từng điểm.",
            **story.who(head, day, 15),
        )
        return
    decisions.close_assignment(
        assignment,
        note="Kết quả đạt yêu cầu; phần phối hợp của đơn vị khác theo dõi riêng.",
        **story.who(head, day, 15),
    )


def _next_tet(now):
    today = timezone.localdate(now)
    return next(year for year in (today.year, today.year + 1) if tet(year) > today)


def _tet(story):
    today, year = timezone.localdate(story.now), _next_tet(story.now)
    d_day = tet(year)
    occasion = plans.create_occasion(
        kind="tet",
        name=f"Tết Nguyên đán {can_chi(year)} {year}",
        d_day=d_day,
        starts_on=min(today, d_day - timedelta(days=45)),
        ends_on=d_day + timedelta(days=10),
        **story.who("khoa.dv", -6),
    )
    plan = plans.create_plan(occasion, outline="tet", division=story.division, **story.who("ha.lt", -5))
    plans.submit_plan(plan, **story.who("ha.lt", -1))


def _papers_under_way(story, occasion):
    """One paper at every step between draft and issue."""
    today = timezone.localdate(story.now)
    facts = {
        "month": f"{today.month:02d}" if today.month < 3 else str(today.month),
        "year": today.year,
        "first": f"{today + timedelta(days=12):%d/%m/%Y}",
        "second": f"{today + timedelta(days=20):%d/%m/%Y}",
    }
    subjects = [
        "tăng cường kiểm soát tin nhắn rác, cuộc gọi lừa đảo dịp cuối năm",
        "phối hợp ngăn chặn cuộc gọi, tin nhắn mạo danh cơ quan nhà nước",
        "cử đầu mối phối hợp xử lý thuê bao phát tán tin nhắn rác",
        "cảnh báo lừa đảo qua tin nhắn giao hàng tại các điểm phục vụ bưu chính",
        "xử lý thuê bao có dấu hiệu lừa đảo qua điện thoại và tin nhắn",
    ]
    for step, subject in enumerate(subjects):
        text = LETTER.format(**facts).replace(subjects[0], subject)
        draft = papers.create_from_text(text, division=story.division, **story.who("ha.lt", -4, 8 + step))
        if step == 1:
            draft = _sent_back(story, draft)
        if step >= 1:
            draft = papers.submit_dispatch(draft, **story.who("ha.lt", -3, 8))
        if step >= 2:
            draft = papers.review_dispatch(draft, **story.who("viet.pq", -3, 9))
            draft = papers.approve_dispatch(draft, **story.who("quang.tm", -3, 10))
        if step >= 3:
            draft = papers.sign_dispatch(
                draft, authority=draft.authority, signed_at=story.at(-1, 8), **story.who("mai.nt", -1, 9)
            )
        if step >= 4:
            papers.number_dispatch(draft, **story.who("mai.nt", -1, 10))
    file_pdfs(now=story.now)


def _sent_back(story, draft):
    """The head read it, wanted more, and finds what was changed when it comes again."""
    draft = papers.submit_dispatch(draft, **story.who("ha.lt", -4, 13))
    papers.see_version(draft, **story.who("viet.pq", -4, 14))
    draft = papers.return_dispatch(
        draft,
        reason="Bổ sung việc tuyên truyền cho người dân và thời hạn của đầu mối phối hợp.",
        **story.who("viet.pq", -4, 14, 20),
    )
    values = draft_values(draft)
    values["body"] = (
        values["body"]
        .replace("3. Các doanh nghiệp cử", "4. Các doanh nghiệp cử")
        .replace("để phối hợp giải quyết./.", "qua đầu mối nêu trên để kịp thời giải quyết./.")
        .replace(
            "\n4. ",
            "\n3. Doanh nghiệp viễn thông nhắn tin cảnh báo tới toàn bộ thuê bao trên địa bàn ít nhất mỗi tuần một lần.\n4. ",
        )
    )
    for demand in values["requirements"]:
        demand["label"] = demand["label"].replace("3", "4")
    values["annexes"] = values["annexes"].replace("| 4 | Đầu số", "| 4 | Tin nhắn cảnh báo đã gửi | | |\n| 5 | Đầu số")
    note = "Bổ sung tuyên truyền theo ý kiến trưởng phòng"
    return papers.save_draft(draft, **values, note=note, **story.who("ha.lt", -4, 16))


def _prove_contacts(story):
    """Half of the enterprises' people were reached lately; the others are the open task of R02."""
    for n, unit in enumerate(story.province.units.values()):
        if unit.kind in UnitKind.ENTERPRISES and n % 2:
            for contact in unit.contacts.all():
                prove_contact(contact, **story.who("viet.pq", -n % 9 - 1))
