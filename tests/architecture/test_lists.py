"""Every list costs the same number of queries however long it is. A new list must be put in the table here."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from directives.models import Dispatch, Receipt, Register, RegisterEntry, Requirement
from notices.models import Notice
from plans.models import Holiday, LegalBasis, Occasion
from plans.services import return_plan
from tests import make
from units.models import Delegation
from units.reorganising import Order
from units.services.invitations import invite_person
from units.services.journal import write_entry
from units.services.people import grant_role
from units.services.reorganisation import reorganise
from units.states import Role, UnitKind

FEW, MANY = 10, 100
_serial = count(1)


def units(cast, n):
    for _ in range(n):
        make.unit(UnitKind.COMMUNE, parent=cast.province)


def groups(cast, n):
    for _ in range(n):
        make.group(f"Nhóm thử {next(_serial)}", kind="", members=[cast.telecom, cast.rival])


def reorganisations(cast, n):
    """Each ends a unit and leaves a person there to settle."""
    for _ in range(n):
        old = make.unit(UnitKind.COMMUNE)
        order = Order(ends={old.pk: [cast.telecom.pk, cast.rival.pk]})
        on = timezone.localdate()
        reorganise(order, actor=None, now=timezone.now(), kind="split", on=on, basis="Quyết định số 15/QĐ-UBND")
        make.person(Role.FOCAL, old)


def people(cast, n):
    for _ in range(n):
        make.person(Role.FOCAL, make.unit(), is_focal=True)


def colleagues(cast, n):
    for _ in range(n):
        make.person(Role.DUTY, cast.telecom, is_focal=True)


def invitations(cast, n):
    for _ in range(n):
        serial = next(_serial)
        invite_person(
            cast.telecom,
            actor=cast.admin,
            now=timezone.now(),
            role=Role.DUTY,
            name="Người được mời",
            email=f"moi{serial}@haigiang.example",
        )


def grants(cast, n):
    for _ in range(n):
        asked = {"unit": cast.telecom, "role": Role.DUTY}
        grant_role(make.person(Role.DUTY, cast.rival), actor=cast.admin, now=timezone.now(), **asked)


def occasions(cast, n):
    for _ in range(n):
        make.occasion()


def plans(cast, n):
    for _ in range(n):
        make.plan(cast)


def bases(cast, n):
    for _ in range(n):
        LegalBasis.objects.create(
            number=f"{next(_serial)}/UBND-KT", issued_on=date(2026, 1, 1), issuer="UBND tỉnh", subject="Về việc thử"
        )


def holidays(cast, n):
    first = date(timezone.localdate().year, 1, 1) + timedelta(days=Holiday.objects.count())
    for later in range(n):
        day = first + timedelta(days=later)
        Holiday.objects.create(day=day, name="Nghỉ thử", source="Thông báo thử")


def papers(cast, n):
    for _ in range(n):
        make.dispatch(cast, "issued", addressed=[cast.telecom], of=make.occasion())


def numbers(cast, n):
    book, _ = Register.objects.get_or_create(issuer=cast.department, year=timezone.localdate().year)
    for _ in range(n):
        paper = make.dispatch(cast, "issued", addressed=[cast.telecom])
        RegisterEntry.objects.create(
            register=book,
            number=paper.number,
            dispatch=paper,
            symbol=paper.symbol,
            issued_on=paper.issued_on,
            what=paper.subject,
            signer_name=paper.signer_name,
            taken_by=cast.clerk,
            taken_at=paper.signed_at,
        )


def assignments(cast, n):
    for _ in range(n):
        make.assignment(cast, "accepted", due_at=timezone.now() + timedelta(days=3), occasion=make.occasion())


def rosters(cast, n):
    served = Occasion.objects.first() or make.occasion()
    for _ in range(n):
        make.roster(make.unit(), of=served)


def owed_rosters(cast, n):
    asked = Requirement.objects.first() or make.requirement(
        make.dispatch(cast, "issued", addressed=[cast.telecom]), units=[cast.telecom], evidence_kind="roster"
    )
    for later in range(n):
        day = timezone.localdate() + timedelta(days=later)
        make.assignment(
            cast, "sent", of=asked, occasion=make.occasion(), occurrence=day - timedelta(days=500 * (n > FEW))
        )


def receipts(cast, n):
    paper = Dispatch.objects.first() or make.dispatch(cast, "issued")
    for _ in range(n):
        to = make.unit()
        person = make.person(Role.FOCAL, to)
        now = timezone.now()
        Receipt.objects.create(
            dispatch=paper, unit=to, unit_name=to.name, version=1, sent_at=now, seen_at=now, seen_by=person
        )
    return paper.pk


def notices(channel, status):
    def made(cast, n):
        now = timezone.now()
        for _ in range(n):
            serial = next(_serial)
            contact = cast.leader.contact if channel == "app" else make.person(Role.FOCAL, make.unit()).contact
            Notice.objects.create(
                key=f"thu:{serial}",
                recipient=contact,
                channel=channel,
                subject=f"Việc {serial}",
                text="Nội dung",
                status=status,
                sent_at=now if status == "sent" else None,
                created_at=now,
                next_try_at=now,
            )

    return made


def own_shifts(cast, n):
    start = timezone.now() + timedelta(days=1)
    for _ in range(n):
        begins = start + timedelta(hours=8 * next(_serial))
        make.roster(
            cast.telecom, "accepted", of=make.occasion(), shifts=[make.shift(cast.focal, begins, status="accepted")]
        )


def delegations(cast, n):
    for _ in range(n):
        make.delegation(cast.head, cast.clerk, at=timezone.now() + timedelta(days=next(_serial)), hours=1)


def acts(cast, n):
    """As many of every kind as there are pages' worth of rows."""
    cast.specialist.acting = Delegation.objects.first() or make.delegation(cast.head, cast.specialist)
    for _ in range(n):
        write_entry(make.unit(), "Sửa thông tin.", actor=cast.specialist, now=timezone.now())
        return_plan(make.plan(cast, status="review"), actor=cast.specialist, now=timezone.now(), reason="Thiếu căn cứ.")
    return cast.specialist.acting.pk


LISTS = {  # address: (who opens it, what fills it, query); one list may be two to two kinds of people
    "units:unit_list": [("leader", units, "")],
    "units:group_list": [("leader", groups, "")],
    "units:reorganisation_list": [("leader", reorganisations, "")],
    "units:person_list": [("admin", people, "")],
    "units:proof_list": [("leader", people, ""), ("focal", colleagues, "?who=all")],
    "units:invitation_list": [("admin", invitations, ""), ("focal", invitations, "?state=waiting")],
    "units:delegation_list": [("clerk", delegations, "")],
    "reports:delegation_detail": [("head", acts, "?xem=1")],
    "units:grant_list": [("leader", grants, "")],
    "plans:occasion_list": [("leader", occasions, "")],
    "plans:plan_list": [("leader", plans, "")],
    "plans:basis_list": [("leader", bases, "")],
    "plans:holiday_list": [("admin", holidays, "")],
    "directives:dispatch_list": [("specialist", papers, ""), ("focal", assignments, "")],
    "directives:earlier_list": [("specialist", papers, "")],
    "directives:register": [("clerk", numbers, "")],
    "assignments:assignment_list": [("leader", assignments, "?trang-thai=mo"), ("focal", assignments, "")],
    "assignments:roster_list": [
        ("leader", rosters, ""),
        ("focal", owed_rosters, "?trang-thai=chua-lap"),
    ],
    "assignments:receipt_list": [("clerk", receipts, "")],
    "assignments:my_calendar": [("focal", own_shifts, "")],
    "directives:dispatch_print": [("specialist", papers, "")],
    "notices:notice_list": [("leader", notices("app", "sent"), "")],
    "notices:outbox": [("admin", notices("email", "failed"), "")],
}
CASES = [(name, *case) for name, cases in LISTS.items() for case in cases]


def asked(client, url):
    """The statements one opening of the page costs, the second time: the first may fill a cache or a receipt."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    return page.content.decode(), [query["sql"] for query in queries]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "who", "fill", "query"), CASES, ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_long_list_asks_no_more_than_a_short_one(client, name, who, fill, query):
    cast = make.cast()
    client.force_login(getattr(cast, who))

    def opened(n):
        pk = fill(cast, n)
        return asked(client, reverse(name, args=[pk] if pk else []) + query)

    short, few = opened(FEW)
    long, many = opened(MANY - FEW)
    assert len(long) > len(short), "the rows do not show"
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))


def names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def test_every_list_is_measured():
    ours = {name for name in names(get_resolver()) if ":" in name}
    assert {name for name in ours if name.endswith("_list")} <= set(LISTS)
    assert set(LISTS) <= ours
