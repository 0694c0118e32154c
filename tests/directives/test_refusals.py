"""Each verb refused by role, from every wrong state, on an old page; and what the database refuses whoever asks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from directives import services
from directives.models import Dispatch
from directives.states import DISPATCH_MOVES, DispatchStatus
from tests import make
from tests.directives.acts import PDF, REASON, save, scan, walk_to
from units.history import IllegalMove

pytestmark = pytest.mark.django_db

MAY = {
    "submit": {"specialist", "head", "clerk"},
    "review": {"head"},
    "approve": {"leader"},
    "sign": {"leader", "clerk"},
    "number": {"clerk"},
    "void": {"clerk"},
    "scan": {"clerk"},
    "waive": {"clerk", "leader"},
    "issue": {"clerk"},
}
EVERYBODY = {"specialist", "head", "leader", "clerk", "admin", "focal", "stranger"}
STANDS_AT = {
    "submit": "draft",
    "review": "review",
    "approve": "review",
    "sign": "approved",
    "number": "signed",
    "void": "numbered",
    "scan": "numbered",
    "waive": "numbered",
    "issue": "numbered",
}


def do(verb, dispatch, actor, cast, now):
    later = now + timedelta(days=1)
    return {
        "submit": lambda: services.submit_dispatch(dispatch, actor=actor, now=now),
        "review": lambda: services.review_dispatch(dispatch, actor=actor, now=now),
        "approve": lambda: services.approve_dispatch(dispatch, actor=actor, now=now),
        "return": lambda: services.return_dispatch(dispatch, actor=actor, now=now, reason=REASON),
        "sign": lambda: services.sign_dispatch(dispatch, actor=actor, now=now, authority=cast.authority, signed_at=now),
        "number": lambda: services.number_dispatch(dispatch, actor=actor, now=now),
        "void": lambda: services.void_number(dispatch, actor=actor, now=now, reason=REASON),
        "scan": lambda: services.file_scan(dispatch, actor=actor, now=now, upload=scan()),
        "waive": lambda: services.waive_scan(dispatch, actor=actor, now=now, reason=REASON, due_at=later),
        "issue": lambda: services.issue_dispatch(dispatch, actor=actor, now=now),
    }[verb]()


@pytest.mark.parametrize("verb, who", [(verb, who) for verb in MAY for who in sorted(EVERYBODY - MAY[verb])])
def test_refused_by_role(cast, draft, now, verb, who):
    dispatch = walk_to(draft, cast, now, STANDS_AT[verb])
    with pytest.raises(PermissionDenied):
        do(verb, dispatch, getattr(cast, who), cast, now)
    assert Dispatch.objects.get().status == STANDS_AT[verb]


@pytest.mark.parametrize(
    "status, who, allowed",
    [
        *[("review", who, who in {"specialist", "head", "leader"}) for who in sorted(EVERYBODY)],
        *[("approved", who, who in {"head", "leader"}) for who in sorted(EVERYBODY)],
        *[("signed", who, who in {"head", "leader", "clerk"}) for who in sorted(EVERYBODY)],
    ],
)
def test_who_may_return_depends_on_the_step(cast, draft, now, status, who, allowed):
    dispatch = walk_to(draft, cast, now, status)
    if allowed:
        assert do("return", dispatch, getattr(cast, who), cast, now).status == "draft"
    else:
        with pytest.raises(PermissionDenied):
            do("return", dispatch, getattr(cast, who), cast, now)


TARGETS = {"submit": "review", "approve": "approved", "sign": "signed", "number": "numbered", "issue": "issued"}
ACTORS = {"submit": "specialist", "approve": "leader", "return": "leader", "sign": "leader"}
WRONG = [
    (verb, status)
    for verb, target in TARGETS.items()
    for status in DISPATCH_MOVES
    if target not in DISPATCH_MOVES[status]
]
WRONG += [("return", status) for status in DISPATCH_MOVES if status not in DispatchStatus.RETURNABLE]
WRONG += [("void", status) for status in DISPATCH_MOVES if status != "numbered"]
WRONG += [("waive", status) for status in DISPATCH_MOVES if status != "numbered"]
WRONG += [("scan", status) for status in DISPATCH_MOVES if status != "numbered"]


@pytest.mark.parametrize("verb, status", WRONG)
def test_refused_from_the_wrong_state(cast, now, verb, status):
    standing = "issued" if status in DispatchStatus.ISSUED_ON else status
    dispatch = make.dispatch(cast, standing, groups=[cast.group])
    Dispatch.objects.filter(pk=dispatch.pk).update(status=status)
    with pytest.raises(IllegalMove):
        do(verb, dispatch, getattr(cast, ACTORS.get(verb, "clerk")), cast, now)
    assert Dispatch.objects.get().status == status


@pytest.mark.parametrize("verb", [*TARGETS, "void", "waive", "scan"])
def test_a_second_press_on_an_old_page_does_nothing(cast, draft, now, verb):
    dispatch = walk_to(draft, cast, now, STANDS_AT[verb])
    if verb == "issue":
        services.file_pdf(dispatch, pdf=PDF, now=now)
        services.file_scan(dispatch, actor=cast.clerk, now=now, upload=scan())
    actor = getattr(cast, ACTORS.get(verb, "clerk"))
    do(verb, dispatch, actor, cast, now)
    if verb == "scan":  # replaced as often as need be, until the paper is issued
        do(verb, dispatch, actor, cast, now)
        services.file_pdf(dispatch, pdf=PDF, now=now)
        services.issue_dispatch(dispatch, actor=cast.clerk, now=now)
    entries = dispatch.history.count()
    with pytest.raises(IllegalMove):
        do(verb, dispatch, actor, cast, now)
    assert dispatch.history.count() == entries


@pytest.mark.parametrize("status", [status for status in DISPATCH_MOVES if status != "draft"])
def test_only_a_draft_is_edited(cast, now, parts, status):
    standing = "issued" if status in DispatchStatus.ISSUED_ON else status
    dispatch = make.dispatch(cast, standing)
    Dispatch.objects.filter(pk=dispatch.pk).update(status=status)
    with pytest.raises(ValidationError) as refusal:
        save(dispatch, parts, actor=cast.specialist, now=now)
    assert refusal.value.code == "not_editable"


@pytest.mark.parametrize(
    "status, change",
    [
        ("approved", {"status": "numbered", "number": 7, "year": 2026, "issued_on": "2026-11-22"}),
        ("approved", {"number": 7, "year": 2026}),
        ("approved", {"status": "signed"}),
        ("signed", {"status": "numbered"}),
        ("numbered", {"status": "issued", "issued_at": "2026-11-22T03:00:00Z"}),
        ("signed", {"body": "khác"}),
        ("signed", {"subject": "khác"}),
        ("numbered", {"sign_lines": ["KT. GIÁM ĐỐC"]}),
        ("issued", {"body": "khác"}),
        ("issued", {"number": 9999}),
        ("issued", {"issued_on": "2020-01-01"}),
        ("issued", {"pdf_sha256": "0" * 64}),
        ("issued", {"signed_at": "2020-01-01T00:00:00Z"}),
        ("issued", {"scan": None}),
        ("issued", {"signed_by": "head"}),
        ("issued", {"signing_way": "khác"}),
        ("issued", {"authority": None}),
        ("issued", {"status": "numbered"}),
        ("issued", {"status": "draft", "number": None}),
        ("draft", {"status": "lost"}),
        ("draft", {"reviewed_at": "2020-01-01T00:00:00Z"}),
    ],
)
def test_the_database_refuses_the_impossible(cast, status, change):
    dispatch = make.dispatch(cast, status)
    change = {name: cast.head if value == "head" else value for name, value in change.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(pk=dispatch.pk).update(**change)


def test_versions_are_never_rewritten(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.versions.update(body="khác")
