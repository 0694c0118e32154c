"""The life of a paper, verb by verb: done, and refused by role, by state, on a stale copy."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from directives import services
from directives.models import Dispatch, DispatchVersion
from directives.selectors import recipients, to_paper
from directives.states import DISPATCH_MOVES, DispatchStatus
from tests import make
from units.history import IllegalMove
from units.models import StoredFile
from units.states import Role

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
BODY = (
    "Căn cứ Kế hoạch số 41/KH-UBND ngày 02/11/2026 của Ủy ban nhân dân tỉnh về bảo đảm thông tin;\n"
    "Sở yêu cầu các đơn vị thực hiện:\n"
    "1. Các doanh nghiệp viễn thông: kiểm tra trạm phát sóng trước ngày 20/01/2027.\n"
    "2. Bưu điện tỉnh: giữ an toàn thư công, báo cáo về Sở chậm nhất ngày 25/01/2027."
)
REASON = "Thiếu hạn hoàn thành ở mục 2."


def scan(name="ban-quet.pdf", data=PDF):
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def demand(label, text, *targets, **fields):
    return {"label": label, "text": text, "targets": [(target, "lead") for target in targets]} | fields


@pytest.fixture
def parts(cast):
    lines = BODY.split("\n")
    return {
        "addressees": [
            {"text": "Các doanh nghiệp viễn thông", "groups": [cast.group], "units": []},
            {"text": "Bưu điện tỉnh Hải Giang", "groups": [], "units": [cast.postal]},
        ],
        "copies": [{"text": "Như trên", "unit": None}, {"text": "UBND tỉnh (b/c)", "unit": cast.province}],
        "requirements": [demand("1", lines[2][3:], cast.group), demand("2", lines[3][3:], cast.postal, must_report=True)],
    }


@pytest.fixture
def draft(cast, now, parts):
    return services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="bảo đảm thông tin liên lạc",
        body=BODY,
        division=cast.division,
        **parts,
    )


def save(draft, parts, *, actor, now, version=1, **fields):
    kept = {name: getattr(draft, name) for name in ("kind", "subject", "body", "division", "urgency", "authority")}
    return services.save_draft(draft, actor=actor, now=now, version=version, **parts, **(kept | fields))


def walk_to(dispatch, cast, now, status):
    """The paper moved by the people who move it, up to `status`."""
    steps = {
        "review": lambda d: services.submit_dispatch(d, actor=cast.specialist, now=now),
        "approved": lambda d: services.approve_dispatch(d, actor=cast.leader, now=now),
        "signed": lambda d: services.sign_dispatch(
            d, actor=cast.leader, now=now, authority=cast.authority, signed_at=now
        ),
        "numbered": lambda d: services.number_dispatch(d, actor=cast.clerk, now=now),
    }
    for name, step in steps.items():
        if dispatch.status == status:
            break
        dispatch = step(dispatch)
        assert dispatch.status == name
    return dispatch


def test_a_paper_walks_from_draft_to_issue(cast, draft, now):
    assert draft.symbol == "SKHCN-BCVT"
    assert draft.place == "Hải Giang"
    assert draft.authority == cast.authority
    numbered = walk_to(draft, cast, now, "numbered")
    assert (numbered.number, numbered.issued_on) == (1, timezone.localdate(now))
    assert services.file_pdf(numbered, pdf=PDF, now=now)
    services.file_scan(numbered, actor=cast.clerk, now=now, upload=scan())
    issued = services.issue_dispatch(numbered, actor=cast.clerk, now=now)
    assert issued.status == "issued"
    assert issued.issued_at == now
    moves = issued.history.order_by("pk").values_list("before", "after")
    assert [pair for pair in moves if pair[0] != pair[1]] == [
        ("", "draft"),
        ("draft", "review"),
        ("review", "approved"),
        ("approved", "signed"),
        ("signed", "numbered"),
        ("numbered", "issued"),
    ]
    assert recipients(issued, timezone.localdate(now)) == [
        (cast.postal, False),
        (cast.rival, False),
        (cast.telecom, False),
        (cast.province, True),
    ]


def test_requirements_are_traced_to_their_words(draft):
    assert [draft.body[row.starts : row.ends] for row in draft.requirements.order_by("order")] == BODY.split("\n")[2:]
    assert list(draft.bases.values_list("number", flat=True)) == ["41/KH-UBND"]
