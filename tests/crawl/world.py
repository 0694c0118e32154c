"""A small province in which everything has happened once, made by the verbs that people use."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assignments import services as work
from assignments.models import Assignment
from directives import services as papers
from directives.models import Dispatch
from directives.sweeps import file_pdfs
from notices.models import Notice
from notices.sweeps import read_history, remind_assignments, send_pending_notices
from plans import services as plans
from plans.states import DutyKind, PlanStatus
from tests import make
from tests.directives.acts import BODY, PDF, demand
from tests.files import PNG
from units.models import Invitation
from units.reorganising import Order
from units.services.delegations import delegate
from units.services.invitations import accept_invitation, invite_person, revoke_invitation
from units.services.people import grant_role
from units.services.reorganisation import reorganise
from units.services.settling import withdraw_act
from units.services.units import rename_unit
from units.states import Role, UnitKind

ROLES = ("specialist", "head", "leader", "clerk", "admin", "focal", "unit_leader", "duty", "stranger")
REASON = "Đề nghị bổ sung số điện thoại trực của từng điểm."


def scan(name="ban-quet.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def build():
    """The people, and whatever they have done; `people` holds one of every role."""
    cast = make.cast()
    now = timezone.now()
    cast.duty = make.person(Role.DUTY, cast.telecom, "Nguyễn Văn Tâm")
    cast.unit_leader = make.person(Role.UNIT_LEADER, cast.telecom, "Đỗ Minh Khôi")
    cast.group.members.set([cast.telecom, cast.rival])
    _address_book(cast, now)
    occasion, plan = _plans(cast, now)
    issued = _papers(cast, now, occasion, plan)
    _answers(cast, now, issued)
    _rosters(cast, now, occasion)
    _absent(cast, now)
    for sweep in (read_history, remind_assignments, send_pending_notices):
        sweep(now=now + timedelta(minutes=1))
    Notice.objects.filter(pk=Notice.objects.filter(channel="email").first().pk).update(status="failed", error="550")
    return SimpleNamespace(people={role: getattr(cast, role) for role in ROLES}, cast=cast, now=now, occasion=occasion)


def _absent(cast, now):
    """Each person's work is done by a colleague, so that everybody gives, takes, or both."""
    for giver, taker in ((cast.head, cast.specialist), (cast.leader, cast.clerk), (cast.focal, cast.unit_leader)):
        delegate(actor=giver, now=now, giver=giver, taker=taker, ends_at=now + timedelta(days=3), reason="Đi công tác")


def _address_book(cast, now):
    commune = make.unit(UnitKind.COMMUNE, "Ủy ban nhân dân xã An Bình")
    make.unit(UnitKind.PRESS, "Báo Hải Giang")
    rename_unit(
        commune,
        actor=cast.admin,
        now=now,
        name="Ủy ban nhân dân phường An Bình",
        short_name="",
        on=timezone.localdate(),
    )
    _reorganised(cast, now)
    idle = make.person(Role.FOCAL, commune, is_focal=True)
    idle.memberships.update(ends_on=timezone.localdate())
    _invitations(cast, now)
    grant_role(cast.postal_focal, actor=None, now=now, unit=cast.postal, role=Role.UNIT_LEADER)


def _invitations(cast, now):
    """One in each condition: waiting, long expired and asked for anew, refused by the mail server, taken back, accepted."""
    by = {"actor": cast.specialist, "now": now}
    rows = [
        invite_person(
            cast.telecom,
            role=Role.DUTY,
            name=f"Trực ca {word}",
            email=f"moi{n}@haigiang.example",
            phone="0912345678",
            **by,
        )
        for n, word in enumerate(["Đang", "Quá", "Lạc", "Thôi", "Mở"])
    ]
    before = {"sent_at": now - timedelta(days=9), "expires_at": now - timedelta(days=2), "asked_at": now}
    Invitation.objects.filter(pk=rows[1].pk).update(**before)
    Invitation.objects.filter(pk=rows[2].pk).update(bounced_at=now)
    revoke_invitation(rows[3], **by)
    accept_invitation(rows[4], now=now, password="biển-lặng-gió-êm-47")


def _reorganised(cast, now):
    """One act in force that leaves things to settle, one to come, one withdrawn."""
    today = timezone.localdate()
    old = make.unit(UnitKind.TELECOM, "Công ty Viễn thông cũ", valid_from=today - timedelta(days=900))
    make.person(Role.DUTY, old)
    by = {"actor": cast.head, "now": now, "basis": "Quyết định số 15/QĐ-UBND"}
    reorganise(Order(ends={old.pk: [cast.telecom.pk, cast.rival.pk]}), kind="split", on=today, **by)
    later = Order(names={cast.rival.pk: ("Công ty Viễn thông Cánh Buồm Xanh", "")})
    reorganise(later, kind="rename", on=today + timedelta(days=40), **by)
    ending = Order(ends={make.unit(name="Công ty còn lại").pk: []})
    act = reorganise(ending, kind="end", on=today + timedelta(days=50), **by)
    withdraw_act(act, actor=cast.head, now=now, reason="Ghi nhầm ngày")


def _plans(cast, now):
    """An occasion past its plan, one with a draft, one bare; a basis with its file and one without; a day off."""
    today = timezone.localdate()
    facts = {"kind": "chỉ thị", "issued_on": today, "issuer": "UBND tỉnh Hải Giang"}
    by = {"actor": cast.specialist, "now": now}
    basis = plans.save_basis(number="05/CT-UBND", subject="về thông tin liên lạc", file=scan(), **facts, **by)
    plans.save_basis(number="06/CT-UBND", subject="về an toàn mạng", **facts, **by)
    sunday = today + timedelta(days=60 + (6 - (today + timedelta(days=60)).weekday()) % 7)
    frame = {"starts_on": today - timedelta(days=20), "ends_on": sunday + timedelta(days=9)}
    occasion = plans.create_occasion(kind="election", name="Bầu cử", d_day=sunday, bases=[basis], **frame, **by)
    plan = plans.create_plan(occasion, outline="election", division=cast.division, **by)
    plan = plans.approve_plan(plans.submit_plan(plan, **by), actor=cast.leader, now=now)
    other = plans.create_occasion(kind="other", name="Lễ hội biển", d_day=sunday, **frame, **by)
    plans.create_plan(other, outline="election", division=cast.division, title="Kế hoạch nháp", **by)
    for status in (PlanStatus.REVIEW, PlanStatus.ISSUED, PlanStatus.CLOSED):
        make.plan(cast, of=other, status=status, title=f"Kế hoạch {status.label.lower()}").items.create(
            order=1, section="I", text="Gửi danh sách.", due_offset=-3
        )
    make.occasion(name="Đợt đã qua", d_day=today - timedelta(days=90))
    plans.save_holiday(day=today, is_day_off=True, name="Nghỉ bù", source="Thông báo 1", actor=cast.admin, now=now)
    return occasion, plan


def _papers(cast, now, occasion, plan):
    """Papers at every step; the issued one has demands of every shape, a daily one among them."""
    papers.create_from_plan(plan, kind="kế hoạch", actor=cast.specialist, now=now)
    text = f"V/v bảo đảm thông tin liên lạc\nKính gửi: Bưu điện tỉnh.\n{BODY}"
    papers.create_from_text(text, actor=cast.specialist, now=now, division=cast.division)
    for status in ("review", "approved", "signed"):
        make.dispatch(cast, status, addressed=[cast.telecom], groups=[cast.group], of=occasion, urgency="khẩn")
    papers.number_dispatch(make.dispatch(cast, "signed", addressed=[cast.rival]), actor=cast.clerk, now=now)
    waived = papers.number_dispatch(make.dispatch(cast, "signed", addressed=[cast.rival]), actor=cast.clerk, now=now)
    voided = papers.number_dispatch(make.dispatch(cast, "signed", addressed=[cast.rival]), actor=cast.clerk, now=now)
    papers.void_number(voided, actor=cast.clerk, now=now, reason="Đánh nhầm trích yếu, phải in lại.")
    everyone = [cast.group, cast.postal]
    today = timezone.localdate()
    demands = [
        demand(str(n), f"Việc số {n}.", *everyone, due_at=due)
        for n, due in enumerate([now - timedelta(days=2), now + timedelta(days=3), None] * 3, 1)
    ]
    daily = {"every": "day", "repeat_from": today, "repeat_until": today + timedelta(days=3)}
    draft = papers.create_dispatch(
        actor=cast.specialist,
        now=now - timedelta(days=9),
        kind="công văn",
        subject="bảo đảm thông tin liên lạc phục vụ bầu cử",
        body=BODY,
        division=cast.division,
        occasion=occasion,
        addressees=[{"text": "Các doanh nghiệp", "groups": [cast.group], "units": [cast.postal]}],
        copies=[{"text": "UBND tỉnh (b/c)", "unit": cast.province}],
        requirements=[*demands, demand("10", "Báo cáo hằng ngày.", cast.group, must_report=True, **daily)],
    )
    draft = papers.submit_dispatch(draft, actor=cast.specialist, now=now - timedelta(days=9))
    draft = papers.review_dispatch(draft, actor=cast.head, now=now - timedelta(days=9))
    draft = papers.approve_dispatch(draft, actor=cast.leader, now=now - timedelta(days=9))
    early = now - timedelta(days=8)
    draft = papers.sign_dispatch(draft, actor=cast.leader, now=early, authority=cast.authority, signed_at=early)
    draft = papers.number_dispatch(draft, actor=cast.clerk, now=early)
    file_pdfs(now=now)
    papers.file_scan(Dispatch.objects.get(pk=draft.pk), actor=cast.clerk, now=now, upload=scan())
    waived = papers.waive_scan(
        Dispatch.objects.get(pk=waived.pk),
        actor=cast.clerk,
        now=now,
        reason="Con dấu đang chuyển giữa hai trụ sở.",
        due_at=now + timedelta(days=2),
    )
    work.issue_dispatch(waived, actor=cast.clerk, now=now)
    return work.issue_dispatch(Dispatch.objects.get(pk=draft.pk), actor=cast.clerk, now=now)


def _answers(cast, now, issued):
    """The telecom's demands in every state, with proof of each kind and a request for more time; the rest untouched."""
    unit, sö = {"actor": cast.focal, "now": now}, {"actor": cast.head, "now": now}
    rows = iter(Assignment.objects.filter(dispatch=issued, unit=cast.telecom, occurrence=None).order_by("pk"))

    def accepted():
        return work.accept_assignment(next(rows), **unit)

    def submitted():
        row = accepted()
        work.file_evidence(row, link="https://vien-thong.example/bao-cao", **unit)
        work.file_evidence(row, upload=SimpleUploadedFile("ảnh trạm.png", PNG, content_type="image/png"), **unit)
        return work.submit_assignment(row, text="Đã kiểm tra 128/130 trạm.", **unit)

    work.ask_assignment(accepted(), question="Đề nghị Sở cho biết danh sách khu vực bỏ phiếu.", **unit)
    work.ask_extension(accepted(), wanted_at=now + timedelta(days=9), reason="Vật tư dự phòng về chậm.", **unit)
    work.decline_assignment(next(rows), reason="Đơn vị không có hạ tầng tại địa bàn này.", **unit)
    submitted()
    work.close_assignment(submitted(), note="Đạt.", **sö)
    work.return_assignment(submitted(), reason=REASON, **sö)
    work.cancel_assignment(next(rows), reason="Nội dung đã chuyển cho đơn vị khác thực hiện.", **sö)


def _rosters(cast, now, occasion):
    """A roster in every state, people on duty at this moment, one post for two occasions, and a calendar that reads it."""
    today, sö = timezone.localdate(now), {"actor": cast.head, "now": now}
    storm = make.occasion(name="Ứng phó bão", d_day=today)
    everything = list(DutyKind.values)
    filed = [
        (cast.telecom, storm, [cast.duty, cast.focal], everything, "accepted"),
        (cast.telecom, occasion, [cast.duty], ["shift"], "returned"),
        (cast.rival, storm, [cast.stranger], ["leader"], "accepted"),
        (cast.rival, occasion, [cast.stranger], ["leader", "response"], "submitted"),
        (cast.postal, storm, [cast.postal_focal], ["shift"], "draft"),
    ]
    for unit, served, people, layers, status in filed:
        roster = work.open_roster(served, unit, **sö)
        contacts = [getattr(person, "contact", person) for person in people]
        turns = {"people": contacts, "layers": layers, "starts_on": today, "ends_on": today + timedelta(days=1)}
        if served == occasion:
            turns |= {"starts_on": occasion.d_day, "ends_on": occasion.d_day}
        work.fill_pattern(roster, pattern="24", place="Trung tâm điều hành", **turns, **sö)
        if status != "draft":
            roster = work.submit_roster(roster, **sö)
        if status == "accepted":
            work.accept_roster(roster, waiver_reason="Đơn vị chỉ phải trực lãnh đạo.", **sö)
        if status == "returned":
            work.return_roster(roster, reason=REASON, **sö)
    work.make_link(actor=cast.duty, now=now)
