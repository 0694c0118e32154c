"""People in every relation and rows in every state, made straight in the database: what the table of rights is asked of."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from assignments.models import CalendarLink, Evidence
from assignments.states import AssignmentStatus, RosterStatus
from config.rights.table import table
from directives.models import DispatchVersion, Receipt
from directives.states import DispatchStatus
from notices.models import Notice
from notices.states import NoticeChannel, NoticeStatus
from plans.models import Holiday, LegalBasis, Plan
from plans.states import PlanStatus
from tests import make
from units.models import Contact, Delegation, Invitation, Membership, UnitPeriod
from units.reorganising import Order
from units.services.reorganisation import reorganise
from units.states import Role, UnitKind

LINES = table()[1]
FOREIGN = ("account_", "mfa_", "usersessions_")  # allauth's: everybody's own account, tested in tests/accounts
ASKED = [name for name, line in LINES.items() if not line.is_public() and not name.startswith(FOREIGN)]
PEOPLE = [
    *(
        "specialist",
        "specialist elsewhere",
        "author, now elsewhere",
        "head",
        "head elsewhere, signs by order",
        "leader",
    ),
    *("clerk", "admin", "focal", "unit_leader", "duty", "rival focal", "rival unit_leader", "rival duty", "no rights"),
    *("rights not confirmed", "rights ended", "acting for the head", "acting for the focal", "acting for an admin"),
]
COUNTS = {  # of each object, for the size of the matrix in docs/rights.md; test_rights holds it to the rows
    "unit": 3,
    "name": 3,
    "contact": 3,
    "invitation": 6,
    "group": 1,
    "act": 1,
    "person": 2,
    "role": 1,
    "authority": 1,
    "occasion": 1,
    "plan": 5,
    "item": 5,
    "basis": 2,
    "holiday": 1,
    "paper": 9,
    "draft": 9,
    "demand": 8,
    "proof": 8,
    "roster": 5,
    "calendar": 2,
    "delegation": 2,
    "notice": 10,
    "letter": 5,
}


@dataclass(frozen=True)
class Specimen:
    """A row, the states it is in, and what the table's relations find in it."""

    row: object
    states: frozenset
    unit: frozenset = frozenset()
    division: int | None = None
    self: int | None = None
    author: int | None = None
    signer: int | None = None
    giver: int | None = None
    taker: int | None = None
    more: dict = field(default_factory=dict)

    def __str__(self):
        return f"{type(self.row).__name__} {'+'.join(sorted(self.states))}"


def _act_to_come(cast):
    """A reorganisation whose day has not come: it may still be withdrawn."""
    order, on = Order(names={cast.postal.pk: ("Bưu điện Hải Giang", "")}), timezone.localdate() + timedelta(days=90)
    return reorganise(order, actor=None, now=timezone.now(), kind="rename", on=on, basis="Quyết định số 15/QĐ-UBND")


def people():
    """(cast, {words: user}): everybody who could have a right, and those who must have none."""
    cast = make.cast()
    cast.elsewhere = make.unit(UnitKind.DIVISION, "Phòng Công nghệ thông tin", "CNTT", parent=cast.department)
    cast.signer = make.person(Role.HEAD, cast.elsewhere, "Trưởng phòng được ký thừa lệnh")
    cast.signing = make.authority(cast.signer, cast.department, "TL", "Trưởng phòng", "Giám đốc")
    cast.mover = make.person(Role.SPECIALIST, cast.elsewhere, "Người soạn đã chuyển phòng")
    found = {
        "specialist": cast.specialist,
        "specialist elsewhere": make.person(Role.SPECIALIST, cast.elsewhere),
        "author, now elsewhere": cast.mover,
        "head": cast.head,
        "head elsewhere, signs by order": cast.signer,
        "leader": cast.leader,
        "clerk": cast.clerk,
        "admin": cast.admin,
        "focal": cast.focal,
        "unit_leader": make.person(Role.UNIT_LEADER, cast.telecom),
        "duty": make.person(Role.DUTY, cast.telecom),
        "rival focal": cast.stranger,
        "rival unit_leader": make.person(Role.UNIT_LEADER, cast.rival),
        "rival duty": make.person(Role.DUTY, cast.rival),
        "no rights": _without(cast, "chưa có vai trò"),
        "rights not confirmed": _without(cast, "chờ xác nhận", pending=True),
        "rights ended": _without(cast, "đã thôi", ends_on=timezone.localdate()),
        "acting for the head": _acting(cast, cast.head),
        "acting for the focal": _acting(cast, cast.focal),
        "acting for an admin": _acting(cast, _admin_and_specialist(cast)),
    }
    cast.leaver = found["rights ended"]
    return cast, found


def _admin_and_specialist(cast):
    both = make.person(Role.ADMIN, cast.department)
    Membership.objects.create(user=both, unit=cast.elsewhere, role=Role.SPECIALIST, starts_on=timezone.localdate())
    return both


def _without(cast, name, **change):
    """Somebody of the telecom with no right in force: none at all, or every one changed so."""
    made = make.person(Role.ADMIN, cast.department, f"Người {name}")
    made.contact.unit = cast.telecom
    made.contact.save()
    if not change:
        made.memberships.all().delete()
    elif "pending" in change:
        made.memberships.update(pending=True, granted_by=cast.admin)
    else:
        made.memberships.update(**change)
    return made


def _acting(cast, giver):
    """Somebody without rights of their own who works for `giver`, and says so in this request."""
    taker, now = _without(cast, f"thay {giver}"), timezone.now()
    taker.acting = Delegation.objects.create(
        giver=giver,
        taker=taker,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=1),
        reason="Đi công tác",
        made_at=now,
    )
    return taker


def specimens(cast):
    """{object of the table: its specimens}, at least one in each state."""
    now = timezone.now()
    occasion = make.occasion()
    papers = list(_papers(cast))
    plans = list(_plans(cast, occasion))
    demands, proofs = _demands(cast, now)
    notices = list(_notices(cast, now))
    units = [cast.telecom, cast.division, make.unit(name="Công ty cũ", valid_to=timezone.localdate())]
    return {
        "unit": [_unit(row) for row in units],
        "name": [_unit(UnitPeriod.objects.get(unit=row)) for row in units],
        "contact": [_unit(row) for row in _contacts(cast)],
        "invitation": list(_invitations(cast, now)),
        "group": [Specimen(cast.group, frozenset())],
        "act": [Specimen(_act_to_come(cast), frozenset())],
        "person": [
            Specimen(cast.focal, frozenset(), self=cast.focal.pk),
            Specimen(cast.head, frozenset(), self=cast.head.pk),
        ],
        "role": [Specimen(row, frozenset(), self=row.user_id) for row in cast.focal.memberships.all()],
        "authority": [Specimen(cast.signing, frozenset(), self=cast.signer.pk)],
        "occasion": [Specimen(occasion, frozenset())],
        "plan": plans,
        "item": [_item(plan) for plan in plans],
        "basis": list(_bases(now)),
        "holiday": [
            Specimen(Holiday.objects.create(day=timezone.localdate(), name="Nghỉ", source="TB 1"), frozenset())
        ],
        "paper": papers,
        "draft": papers,
        "demand": demands,
        "proof": proofs,
        "roster": list(_rosters(cast)),
        "calendar": list(_calendars(cast, now)),
        "delegation": list(_delegations(cast, now)),
        "notice": notices,
        "letter": [one for one in notices if "email" in one.states],
    }


def _unit(row):
    """A unit, or what belongs to one."""
    unit = getattr(row, "unit", row)
    kind = "ended" if unit.valid_to else "inside" if unit.kind in UnitKind.INSIDE else "outside"
    left = {"left"} if getattr(row, "left_on", None) else set()
    own = row.user_id if isinstance(row, Contact) else None
    return Specimen(row, frozenset({kind} | left), unit=frozenset({unit.pk}), self=own)


def _contacts(cast):
    left = Contact.objects.create(unit=cast.telecom, name="Người đã thôi", left_on=timezone.localdate())
    return cast.focal.contact, cast.head.contact, left


def _invitations(cast, now):
    """In each condition, and into each role that somebody may invite into."""
    ways = [("waiting", {}), ("expired", {"expires_at": now - timedelta(days=1)}), ("revoked", {"revoked_at": now})]
    made = [(cast.telecom, role, ways[0]) for role in (Role.FOCAL, Role.UNIT_LEADER)]
    made += [(cast.telecom, Role.DUTY, way) for way in ways] + [(cast.division, Role.SPECIALIST, ways[0])]
    for n, (unit, role, (standing, change)) in enumerate(made):
        contact = Contact.objects.create(unit=unit, name=f"Người được mời {n}", email=f"moi{n}@haigiang.example")
        facts = {
            "email": contact.email,
            "created_at": now,
            "sent_at": now - timedelta(days=8),
            "invited_by": cast.admin,
        }
        facts |= {"expires_at": now + timedelta(days=1), "nonce": str(n), "digest": f"{n:064d}"} | change
        row = Invitation.objects.create(contact=contact, unit=unit, role=role, **facts)
        tag = "inside" if unit.kind in UnitKind.INSIDE else role.value
        yield Specimen(row, frozenset({standing, tag}), unit=frozenset({unit.pk}))


def _plans(cast, occasion):
    for status in PlanStatus:
        row = make.plan(cast, of=occasion, status=status)
        Plan.objects.filter(pk=row.pk).update(author=cast.mover)
        row.refresh_from_db()
        yield Specimen(row, frozenset({status.value}), division=cast.division.pk, author=cast.mover.pk)


def _item(plan):
    row = plan.row.items.create(order=1, section="I", text="Gửi danh sách.", due_offset=-3)
    return Specimen(row, plan.states, division=plan.division, author=plan.author)


def _bases(now):
    facts = {"kind": "chỉ thị", "issuer": "UBND tỉnh", "subject": "về thông tin liên lạc"}
    for number, file in (("1/CT", None), ("2/CT", make.stored_file())):
        row = LegalBasis.objects.create(number=number, file=file, **facts)
        yield Specimen(row, frozenset({"filed" if file else "bare"}))


def _papers(cast):
    """A paper to the telecom in each state, by somebody who has since left the division that answers for it."""
    for status in DispatchStatus:
        row = make.dispatch(cast, status.value, addressed=[cast.telecom], author=cast.mover, authority=cast.signing)
        if status in DispatchStatus.ISSUED_ON:
            Receipt.objects.create(
                dispatch=row, unit=cast.telecom, unit_name=cast.telecom.name, version=1, sent_at=row.issued_at
            )
        DispatchVersion.objects.create(
            dispatch=row, version=1, subject=row.subject, body=row.body, author=cast.mover, at=row.created_at
        )
        states = {status.value} | ({"filed"} if row.pdf_id else set()) | ({"scanned"} if row.scan_id else set())
        yield Specimen(
            row,
            frozenset(states),
            unit=frozenset({cast.telecom.pk} if status in DispatchStatus.ISSUED_ON else ()),
            division=cast.division.pk,
            author=cast.mover.pk,
            signer=cast.signer.pk,
        )


def _demands(cast, now):
    """A demand to the telecom in each state, each with its proof; and one to a division of the Sở."""
    demands, proofs = [], []
    wanted = [(status, cast.telecom) for status in AssignmentStatus] + [(AssignmentStatus.SENT, cast.elsewhere)]
    for status, unit in wanted:
        row = make.assignment(cast, status.value, to=unit)
        facts = {"unit": frozenset({unit.pk}), "division": cast.division.pk}
        demands.append(Specimen(row, frozenset({status.value}), **facts))
        proof = Evidence.objects.create(assignment=row, file=make.stored_file(), filed_by=cast.focal, filed_at=now)
        proofs.append(Specimen(proof, frozenset({status.value}), **facts))
    return demands, proofs


def _rosters(cast):
    now = timezone.now()
    wanted = [(status, cast.telecom, cast.focal) for status in RosterStatus]
    for n, (status, unit, person) in enumerate([*wanted, (RosterStatus.DRAFT, cast.division, cast.head)]):
        shift = make.shift(person, now + timedelta(days=n), status=status.value)
        row = make.roster(unit, status.value, shifts=[shift])
        yield Specimen(row, frozenset({status.value}), unit=frozenset({unit.pk}), more={"shift": shift.pk})


def _calendars(cast, now):
    for n, revoked in enumerate((None, now)):
        row = CalendarLink.objects.create(user=cast.focal, token_hash=str(n), made_at=now, revoked_at=revoked)
        yield Specimen(row, frozenset({"revoked" if revoked else "live"}), self=cast.focal.pk)


def _notices(cast, now):
    for status in NoticeStatus:
        for channel in NoticeChannel:
            row = Notice.objects.create(
                key=f"mau-{status}",
                recipient=cast.focal.contact,
                channel=channel,
                subject="Thư",
                text="Nội dung",
                status=status,
                next_try_at=now,
                created_at=now,
                sent_at=now,
            )
            yield Specimen(row, frozenset({status.value, channel.value}), self=cast.focal.pk)


def _delegations(cast, now):
    for days, ended in ((1, None), (5, now)):
        facts = {
            "giver": cast.specialist,
            "taker": cast.mover,
            "made_by": cast.clerk,
            "made_at": now,
            "reason": "Nghỉ phép",
        }
        span = {"starts_at": now - timedelta(hours=days), "ends_at": now + timedelta(days=days), "ended_at": ended}
        row = Delegation.objects.create(**facts, **span)
        keys = {"author": row.made_by_id, "giver": row.giver_id, "taker": row.taker_id}
        yield Specimen(row, frozenset({row.standing(now)}), **keys)
