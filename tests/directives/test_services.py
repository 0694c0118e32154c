"""The life of a paper, verb by verb: what each does, and the conditions each sets."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directives import services
from directives.models import Dispatch, DispatchVersion
from directives.selectors import recipients, to_paper
from tests import make
from tests.directives.acts import BODY, PDF, REASON, save, scan, walk_to
from units.history import IllegalMove
from units.models import StoredFile
from units.states import Role

pytestmark = pytest.mark.django_db


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


def test_the_parts_a_letter_stands_on_are_refused_when_missing(cast, now, parts):
    cast.division.periods.update(short_name="")
    type(cast.division).objects.filter(pk=cast.division.pk).update(short_name="")
    cast.division.refresh_from_db()
    with pytest.raises(ValidationError, match="tên viết tắt"):
        services.create_dispatch(
            actor=cast.specialist, now=now, kind="công văn", subject="x", body="y", division=cast.division, **parts
        )
    assert not Dispatch.objects.exists()


def test_a_typed_paper_takes_the_symbol_of_its_kind(cast, now):
    plan = services.create_dispatch(
        actor=cast.specialist, now=now, kind="kế hoạch", subject="Phục vụ Tết", body="Nội dung.", division=cast.division
    )
    assert plan.symbol == "KH-SKHCN"
    assert to_paper(plan).recipient_label is None


def test_no_authority_is_assumed_where_the_head_is_in_doubt(cast, now):
    make.authority(cast.head, cast.department, form="Q", title="Giám đốc")
    paper = services.create_dispatch(
        actor=cast.specialist, now=now, kind="thông báo", subject="x", body="y", division=cast.division
    )
    assert paper.authority is None
    with pytest.raises(ValidationError) as refusal:
        services.submit_dispatch(paper, actor=cast.specialist, now=now)
    assert refusal.value.code == "no_authority"


def test_each_save_is_a_version_and_a_stale_one_is_refused(cast, draft, parts, now):
    saved = save(draft, parts, actor=cast.head, now=now, subject="bảo đảm thông tin dịp Tết")
    assert (saved.version, saved.search_key.count("dip tet")) == (2, 1)
    with pytest.raises(ValidationError) as refusal:
        save(draft, parts, actor=cast.specialist, now=now, version=1, subject="lời của người đến sau")
    assert refusal.value.code == "stale"
    assert "Phạm Quốc Việt đã lưu bản 2" in refusal.value.messages[0]
    assert list(draft.versions.order_by("version").values_list("version", "subject", "author__full_name")) == [
        (1, "bảo đảm thông tin liên lạc", "Lê Thu Hà"),
        (2, "bảo đảm thông tin dịp Tết", "Phạm Quốc Việt"),
    ]
    assert Dispatch.objects.get().subject == "bảo đảm thông tin dịp Tết"


def test_demands_follow_their_words_when_the_body_changes(cast, draft, parts, now):
    body = BODY.replace("1. Các", "1. Việc mới chèn vào trước.\n2. Các").replace("2. Bưu", "3. Bưu")
    saved = save(draft, parts, actor=cast.specialist, now=now, body=body)
    first, second = saved.requirements.order_by("order")
    assert saved.body[first.starts : first.ends].startswith("2. Các doanh nghiệp")
    assert saved.body[second.starts : second.ends].startswith("3. Bưu điện tỉnh")


@pytest.mark.parametrize("text", ["MẬT\nSố: 01\nKính gửi: Sở", "TUYỆT MẬT\n1. Nội dung"])
def test_secret_papers_are_refused_by_the_verb_itself(cast, draft, parts, now, text):
    with pytest.raises(ValidationError) as refusal:
        services.create_from_text(text, actor=cast.specialist, now=now, division=cast.division)
    assert refusal.value.code == "secret"
    with pytest.raises(ValidationError):
        save(draft, parts, actor=cast.specialist, now=now, body=text)
    assert DispatchVersion.objects.count() == Dispatch.objects.count() == 1


def test_the_head_reviews_and_the_paper_stays(cast, draft, now):
    waiting = services.submit_dispatch(draft, actor=cast.specialist, now=now)
    seen = services.review_dispatch(waiting, actor=cast.head, now=now, note="đủ căn cứ")
    assert (seen.status, seen.reviewed_by, seen.reviewed_at) == ("review", cast.head, now)
    with pytest.raises(IllegalMove):
        services.review_dispatch(seen, actor=cast.head, now=now)
    back = services.return_dispatch(seen, actor=cast.leader, now=now, reason=REASON)
    assert back.reviewed_by is None
    own = services.submit_dispatch(back, actor=cast.head, now=now)
    assert own.reviewed_by == cast.head


@pytest.mark.parametrize("status", ["review", "approved", "signed"])
def test_returned_papers_are_drafts_without_signature(cast, draft, now, status):
    dispatch = walk_to(draft, cast, now, status)
    back = services.return_dispatch(dispatch, actor=cast.leader, now=now, reason=REASON)
    back.refresh_from_db()
    assert (back.status, back.signed_at, back.signer_name, back.sign_lines) == ("draft", None, "", [])
    assert back.history.order_by("-pk").first().note == REASON
    assert walk_to(back, cast, now, "signed").sign_lines == ["GIÁM ĐỐC"]


def test_a_return_without_a_real_reason_is_refused(cast, draft, now):
    dispatch = walk_to(draft, cast, now, "review")
    with pytest.raises(ValidationError) as refusal:
        services.return_dispatch(dispatch, actor=cast.head, now=now, reason=" sai   rồi ")
    assert refusal.value.code == "reason"


def test_the_block_is_derived_from_the_authority_in_force(cast, draft, parts, now):
    deputy = make.person(Role.LEADER, cast.department, "Lý Thanh Hòa")
    kt = make.authority(deputy, cast.department, form="KT", title="Phó Giám đốc", on_behalf_of="Giám đốc")
    draft = save(draft, parts, actor=cast.specialist, now=now, authority=kt)
    approved = walk_to(draft, cast, now, "approved")
    assert to_paper(approved).signer.lines == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    for wrong, code in ((cast.authority, "other_authority"),):
        with pytest.raises(ValidationError) as refusal:
            services.sign_dispatch(approved, actor=cast.clerk, now=now, authority=wrong, signed_at=now)
        assert refusal.value.code == code
    signed = services.sign_dispatch(approved, actor=cast.clerk, now=now, authority=kt, signed_at=now)
    assert (signed.sign_lines, signed.signer_name, signed.signed_by, signed.signing_way) == (
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        "Lý Thanh Hòa",
        deputy,
        "hand",
    )


@pytest.mark.parametrize(
    "change, code",
    [
        ({"valid_to": -1}, "expired_authority"),
        ({"valid_from": 1}, "expired_authority"),
        ({"unit": "province"}, "wrong_authority"),
    ],
)
def test_a_wrong_or_expired_authority_cannot_sign(cast, draft, now, change, code):
    approved = walk_to(draft, cast, now, "approved")
    for name, value in change.items():
        day = timezone.localdate(now) + timedelta(days=value) if isinstance(value, int) else getattr(cast, value)
        setattr(cast.authority, name, day)
    cast.authority.save()
    with pytest.raises(ValidationError) as refusal:
        services.sign_dispatch(approved, actor=cast.leader, now=now, authority=cast.authority, signed_at=now)
    assert refusal.value.code == code
    assert Dispatch.objects.get().status == "approved"


@pytest.mark.parametrize(
    "ago, code", [(timedelta(minutes=-1), "signed_in_future"), (timedelta(minutes=2), "signed_before_approval")]
)
def test_the_time_of_signing_must_be_possible(cast, draft, now, ago, code):
    approved = walk_to(draft, cast, now, "approved")
    with pytest.raises(ValidationError) as refusal:
        services.sign_dispatch(approved, actor=cast.leader, now=now, authority=cast.authority, signed_at=now - ago)
    assert refusal.value.code == code


def test_a_whole_minute_is_not_before_the_approval_within_it(cast, draft, now):
    approved = walk_to(draft, cast, now, "approved")
    minute = now.replace(second=0, microsecond=0)
    signed = services.sign_dispatch(approved, actor=cast.leader, now=now, authority=cast.authority, signed_at=minute)
    assert signed.signed_at == minute


def test_scan_or_named_waiver_before_issue(cast, draft, now):
    numbered = walk_to(draft, cast, now, "numbered")
    with pytest.raises(ValidationError) as refusal:
        services.issue_dispatch(numbered, actor=cast.clerk, now=now)
    assert refusal.value.code == "incomplete"
    services.file_pdf(numbered, pdf=PDF, now=now)
    for due_at in (now, now + timedelta(days=31)):
        with pytest.raises(ValidationError, match="Hạn nộp bản quét"):
            services.waive_scan(numbered, actor=cast.leader, now=now, reason=REASON, due_at=due_at)
    services.waive_scan(numbered, actor=cast.leader, now=now, reason=REASON, due_at=now + timedelta(days=1))
    issued = services.issue_dispatch(numbered, actor=cast.clerk, now=now)
    assert (issued.scan, issued.scan_waived_by) == (None, cast.leader)
    later = services.file_scan(issued, actor=cast.clerk, now=now, upload=scan())
    assert later.scan.name == "ban-quet.pdf"
    with pytest.raises(IllegalMove):
        services.file_scan(later, actor=cast.clerk, now=now, upload=scan())


def test_a_scan_is_what_it_says_it_is(cast, draft, now):
    numbered = walk_to(draft, cast, now, "numbered")
    with pytest.raises(ValidationError, match="không đúng loại"):
        services.file_scan(numbered, actor=cast.clerk, now=now, upload=scan("quet.pdf", b"chi la chu"))
    assert not StoredFile.objects.exists()


def test_a_letter_that_reaches_nobody_is_not_issued(cast, now):
    paper = services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="x",
        body="y",
        division=cast.division,
        addressees=[{"text": "Hội người chơi diều"}],
    )
    numbered = walk_to(paper, cast, now, "numbered")
    services.file_pdf(numbered, pdf=PDF, now=now)
    services.file_scan(numbered, actor=cast.clerk, now=now, upload=scan())
    with pytest.raises(ValidationError) as refusal:
        services.issue_dispatch(numbered, actor=cast.clerk, now=now)
    assert refusal.value.code == "no_recipients"


def test_seen_is_noted_once_on_the_own_receipt(cast, now):
    issued = make.dispatch(cast, "issued", addressed=[cast.telecom])
    for unit in (cast.telecom, cast.rival):
        issued.receipts.create(unit=unit, unit_name=unit.name, version=1, sent_at=now)
    services.see_dispatch(issued, actor=cast.focal, now=now)
    services.see_dispatch(issued, actor=cast.focal, now=now + timedelta(hours=1))
    services.see_dispatch(issued, actor=cast.specialist, now=now)
    assert list(issued.receipts.order_by("pk").values_list("seen_at", "seen_by")) == [
        (now, cast.focal.pk),
        (None, None),
    ]
