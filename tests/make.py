"""Rows for tests, made straight in the database: a cast of characters and papers in the state a test needs."""

from datetime import timedelta
from itertools import count
from types import SimpleNamespace

from django.utils import timezone

from assignments.models import Assignment, DutyShift, Roster
from directives.models import Addressee, Dispatch, Receipt, Requirement, RequirementTarget
from directives.states import DispatchStatus
from plans.models import Occasion, Phase, Plan
from units.models import (
    Contact,
    Delegation,
    Membership,
    SigningAuthority,
    StoredFile,
    Unit,
    UnitGroup,
    UnitPeriod,
    User,
)
from units.states import Role, UnitKind
from units.text import fold, person_key, sort_key

_serial = count(1)
PASSWORD = "mat-khau-thu-2026"


def unit(kind=UnitKind.TELECOM, name=None, short_name="", **fields):
    name = name or f"Công ty Viễn thông số {next(_serial)}"
    made = Unit.objects.create(kind=kind, name=name, short_name=short_name, sort_key=sort_key(name), **fields)
    UnitPeriod.objects.create(unit=made, name=name, short_name=short_name, search_key=fold(f"{name} {short_name}"))
    return made


def group(name="Các doanh nghiệp viễn thông", kind=UnitKind.TELECOM, code=None, members=()):
    keys = {"search_key": fold(name), "sort_key": sort_key(name)}
    made = UnitGroup.objects.create(code=code or f"nhom-{next(_serial)}", name=name, kind=kind, **keys)
    made.members.set(members)
    return made


def person(role, of, name=None, username=None, is_focal=False):
    """An account with one role in one unit, and its contact."""
    serial = next(_serial)
    name = name or f"Nguyễn Văn {serial}"
    user = User(username=username or f"nguoi{serial}", full_name=name, email=f"nguoi{serial}@haigiang.example")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, unit=of, role=role, starts_on=timezone.localdate() - timedelta(days=30))
    Contact.objects.create(
        unit=of,
        user=user,
        name=name,
        sort_key=person_key(name),
        search_key=fold(name),
        email=user.email,
        phone="0900000000",
        is_focal=is_focal,
    )
    return user


def authority(user, department, form="none", title="Giám đốc", on_behalf_of=""):
    return SigningAuthority.objects.create(
        user=user,
        unit=department,
        form=form,
        title=title,
        on_behalf_of=on_behalf_of,
        valid_from=timezone.localdate() - timedelta(days=300),
    )


def delegation(giver, taker, at=None, hours=72, **fields):
    """In force since an hour ago, for three days, unless told otherwise."""
    now = timezone.now()
    starts = at or now - timedelta(hours=1)
    facts = {"reason": "Đi công tác", "made_by": giver, "made_at": now} | fields
    return Delegation.objects.create(
        giver=giver, taker=taker, starts_at=starts, ends_at=starts + timedelta(hours=hours), **facts
    )


def cast():
    """The department with one division, its people, three recipient units with their people, and a group of two."""
    province = unit(UnitKind.SUPERIOR, "Ủy ban nhân dân tỉnh Hải Giang", "UBND")
    department = unit(UnitKind.OWN, "Sở Khoa học và Công nghệ", "SKHCN", parent=province, issuing_place="Hải Giang")
    division = unit(UnitKind.DIVISION, "Phòng Bưu chính, Viễn thông", "BCVT", parent=department)
    telecom = unit(UnitKind.TELECOM, "Công ty Viễn thông Sao Biển")
    rival = unit(UnitKind.TELECOM, "Công ty Viễn thông Cánh Buồm")
    postal = unit(UnitKind.POSTAL, "Bưu điện tỉnh Hải Giang")
    leader = person(Role.LEADER, department, "Trần Minh Quang")
    return SimpleNamespace(
        province=province,
        department=department,
        division=division,
        telecom=telecom,
        rival=rival,
        postal=postal,
        group=group("Các doanh nghiệp viễn thông", UnitKind.TELECOM, "telecom"),
        specialist=person(Role.SPECIALIST, division, "Lê Thu Hà"),
        head=person(Role.HEAD, division, "Phạm Quốc Việt"),
        leader=leader,
        clerk=person(Role.CLERK, department, "Ngô Thị Mai"),
        admin=person(Role.ADMIN, department, "Vũ Đức Long"),
        focal=person(Role.FOCAL, telecom, "Đặng Hải Yến", is_focal=True),
        stranger=person(Role.FOCAL, rival, "Bùi Gia Bảo", is_focal=True),
        postal_focal=person(Role.FOCAL, postal, "Hồ Ngọc Lan", is_focal=True),
        authority=authority(leader, department),
    )


def occasion(kind="other", d_day=None, **fields):
    day = d_day or timezone.localdate() + timedelta(days=30)
    made = Occasion.objects.create(
        kind=kind,
        name=fields.pop("name", f"Đợt phục vụ {next(_serial)}"),
        d_day=day,
        starts_on=day - timedelta(days=30),
        ends_on=day + timedelta(days=7),
        **fields,
    )
    start = timezone.make_aware(timezone.datetime(day.year, day.month, day.day))
    for kind_, first, last in (("before", -30, 0), ("during", 0, 1), ("after", 1, 8)):
        Phase.objects.create(
            occasion=made,
            kind=kind_,
            starts_at=start + timedelta(days=first),
            ends_at=start + timedelta(days=last),
            duty_layers=["leader", "shift"],
        )
    return made


def plan(people, of=None, **fields):
    return Plan.objects.create(
        occasion=of or occasion(),
        title=fields.pop("title", "Kế hoạch bảo đảm thông tin liên lạc"),
        division=people.division,
        author=people.specialist,
        created_at=timezone.now(),
        **fields,
    )


BODY = (
    "Thực hiện chỉ đạo của cấp trên, Sở yêu cầu các đơn vị thực hiện:\n"
    "1. Rà soát trạm phát sóng.\n2. Gửi báo cáo về Sở.\nĐề nghị các đơn vị thực hiện./."
)


def dispatch(people, status="draft", addressed=(), groups=(), of=None, **fields):
    """A công văn in the wanted state, with one addressee line and its register facts when the state needs them."""
    now = timezone.now()
    facts = {}
    if status in DispatchStatus.SIGNED_ON:
        facts |= {
            "signed_by": people.leader,
            "signer_name": people.leader.full_name,
            "signed_at": now,
            "signing_way": "hand",
            "sign_lines": ["GIÁM ĐỐC"],
        }
    if status in DispatchStatus.NUMBERED_ON:
        today = timezone.localdate(now)
        facts |= {"number": next(_serial) + 1000, "issued_on": today, "year": today.year}
    if status in DispatchStatus.ISSUED_ON:
        stored = stored_file()
        facts |= {"pdf": stored, "pdf_sha256": stored.sha256, "scan": stored, "issued_at": now}
    made = Dispatch.objects.create(
        **{
            "kind": "công văn",
            "subject": "bảo đảm thông tin liên lạc",
            "body": BODY,
            "place": "Hải Giang",
            "symbol": "SKHCN-BCVT",
            "issuer": people.department,
            "division": people.division,
            "author": people.specialist,
            "authority": people.authority,
            "created_at": now,
            "status": status,
            "occasion": of,
        }
        | facts
        | fields
    )
    line = Addressee.objects.create(dispatch=made, order=1, text="Các doanh nghiệp viễn thông")
    line.units.set(addressed)
    line.groups.set(groups)
    return made


def stored_file(name="van-ban.pdf"):
    serial = next(_serial)
    return StoredFile.objects.create(
        name=name,
        path=f"thu/{serial}",
        content_type="application/pdf",
        size=10,
        sha256=f"{serial:064d}",
        stored_at=timezone.now(),
    )


def requirement(of, label="1", units=(), groups=(), due_at=None, **fields):
    order = of.requirements.count() + 1
    made = Requirement.objects.create(
        dispatch=of,
        order=order,
        label=label,
        text=fields.pop("text", "Gửi danh sách lãnh đạo trực về Sở."),
        due_at=due_at,
        **fields,
    )
    for target in units:
        RequirementTarget.objects.create(requirement=made, unit=target)
    for target in groups:
        RequirementTarget.objects.create(requirement=made, group=target)
    return made


def assignment(people, status="sent", to=None, due_at=None, of=None, **fields):
    """An assignment of an issued paper to one unit, in the wanted state, with its receipt."""
    now = timezone.now()
    to = to or people.telecom
    demand = of or requirement(dispatch(people, "issued", addressed=[to]), units=[to], due_at=due_at)
    Receipt.objects.get_or_create(
        dispatch=demand.dispatch, unit=to, defaults={"unit_name": to.name, "version": 1, "sent_at": now}
    )
    return Assignment.objects.create(
        **{
            "requirement": demand,
            "dispatch": demand.dispatch,
            "unit": to,
            "given_by": people.specialist,
            "first_due_at": due_at,
            "due_at": due_at,
            "armed_at": now,
            "moved_at": now,
            "status": status,
        }
        | fields
    )


def roster(unit, status="draft", of=None, shifts=(), **fields):
    """The roster of a unit, gathering shifts in the state they follow; accepted without a gap unless told otherwise."""
    if status == "accepted":
        fields = {"gap_minutes": 0, "accepted_gap": fields.get("gap_minutes", 0)} | fields
    made = Roster.objects.create(
        occasion=of or occasion(), unit=unit, status=status, **{"moved_at": timezone.now()} | fields
    )
    made.shifts.set(shifts)
    return made


def shift(user, starts_at, hours=8, status="draft", layers=("shift",), **fields):
    """A stretch of duty of a person (an account or a contact), eight hours unless told otherwise."""
    contact = user.contact if isinstance(user, User) else user
    return DutyShift.objects.create(
        unit_id=contact.unit_id,
        contact=contact,
        layers=list(layers),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        **{"status": status, "in_force": status == "accepted"} | fields,
    )
