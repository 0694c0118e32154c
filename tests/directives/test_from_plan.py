"""One press from an approved plan: the plan as it prints, or a letter whose every point is a demand."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from directives import services
from directives.models import Dispatch
from directives.paper.draft import read_body
from directives.selectors import recipients, to_paper
from directives.selectors.places import paths
from plans.models import LegalBasis, PlanItem, PlanTarget
from tests import make
from tests.directives.acts import PDF, scan, walk_to
from units.states import UnitKind

pytestmark = pytest.mark.django_db
D_DAY = date(2027, 2, 6)


@pytest.fixture
def postal_group(cast):
    return make.group("Các doanh nghiệp bưu chính", UnitKind.POSTAL, "postal")


@pytest.fixture
def plan(cast, postal_group):
    made = make.plan(
        cast,
        of=make.occasion(kind="tet", d_day=D_DAY, name="Tết Nguyên đán Đinh Mùi năm 2027"),
        status="approved",
        title="Kế hoạch Bảo đảm thông tin liên lạc Tết Đinh Mùi",
        purpose="Giữ mạng lưới thông suốt.\nKhông để gián đoạn.",
        organisation="Phòng Bưu chính, Viễn thông theo dõi, đôn đốc.",
    )
    made.bases.add(
        LegalBasis.objects.create(
            kind="chỉ thị",
            number="53-CT/TU",
            issued_on=date(2026, 12, 18),
            issuer="Ban Thường vụ Tỉnh ủy",
            subject="về tổ chức Tết",
            search_key="x",
        )
    )
    rows = [
        ("I. Trước Tết", "Kiểm tra trạm phát sóng.", {"due_offset": -14, "evidence_kind": "report"}, [cast.group], []),
        (
            "I. Trước Tết",
            "Gửi danh sách trực",
            {"due_offset": -7, "due_time": time(16), "evidence_kind": "list"},
            [cast.group],
            [],
        ),
        (
            "I. Trước Tết",
            "Kiểm tra bưu cục",
            {"due_offset": -7, "must_report": True, "evidence_kind": "none"},
            [postal_group],
            [cast.group],
        ),
        (
            "II. Trong Tết",
            "Báo cáo tình hình mạng",
            {"every": "day", "repeat_from": -1, "repeat_until": 3, "due_time": time(16)},
            [cast.group],
            [],
        ),
        ("II. Trong Tết", "Theo dõi, đôn đốc", {}, [cast.division], []),
    ]
    for order, (section, text, fields, lead, support) in enumerate(rows, 1):
        item = PlanItem.objects.create(plan=made, order=order, section=section, text=text, **fields)
        for targets, role in ((lead, "lead"), (support, "support")):
            for target in targets:
                side = "group" if hasattr(target, "members") else "unit"
                PlanTarget.objects.create(item=item, role=role, **{side: target})
    return made


def make_letter(plan, cast, now, kind="công văn"):
    return services.create_from_plan(plan, actor=cast.specialist, now=now, kind=kind)


def test_the_letter_orders_each_demand_once_at_its_place(cast, plan, postal_group, now):
    letter = make_letter(plan, cast, now)
    assert (letter.symbol, letter.occasion, letter.plan, letter.place) == (
        "SKHCN-BCVT",
        plan.occasion,
        plan,
        "Hải Giang",
    )
    demands = list(letter.requirements.order_by("order"))
    assert [letter.body[row.starts : row.ends] for row in demands] == [
        "a) Kiểm tra trạm phát sóng, hoàn thành chậm nhất ngày 23/01/2027; gửi báo cáo về Sở.",
        "b) Gửi danh sách trực, hoàn thành trước 16 giờ 00 ngày 30/01/2027; gửi danh sách về Sở.",
        "c) Báo cáo tình hình mạng, trước 16 giờ 00 hằng ngày, từ ngày 05/02/2027 đến hết ngày 09/02/2027; "
        "gửi văn bản, phương án về Sở.",
        "a) Kiểm tra bưu cục, hoàn thành chậm nhất ngày 30/01/2027; phối hợp: Các doanh nghiệp viễn thông; "
        "báo cáo kết quả về Sở.",
    ]
    assert [row.label for row in demands] == ["1.a", "1.b", "1.c", "2.a"]
    assert [row.due_at and row.due_at.isoformat() for row in demands] == [
        "2027-01-23T17:00:00+00:00",
        "2027-01-30T09:00:00+00:00",
        None,
        "2027-01-30T17:00:00+00:00",
    ]
    daily = demands[2]
    assert (daily.every, daily.repeat_from, daily.repeat_until, daily.due_time) == (
        "day",
        date(2027, 2, 5),
        date(2027, 2, 9),
        time(16),
    )
    owners = [[(str(target), target.role) for target in row.targets.order_by("pk")] for row in demands]
    assert owners[3] == [("Các doanh nghiệp bưu chính", "lead"), ("Các doanh nghiệp viễn thông", "support")]
    assert [row.plan_item.text for row in demands][2] == "Báo cáo tình hình mạng"
    assert "Theo dõi, đôn đốc" not in letter.body
    assert [line.text for line in letter.addressees.order_by("order")] == [
        "Các doanh nghiệp viễn thông",
        "Các doanh nghiệp bưu chính",
    ]
    assert [row.number for row in letter.bases.all()] == ["53-CT/TU"]
    assert letter.bases.get().basis is not None


def test_the_letter_reads_back_as_it_was_written(cast, plan, now):
    letter = make_letter(plan, cast, now)
    found = {path: (item.start, item.end) for path, item in paths(read_body(letter.body).items)}
    for row in letter.requirements.all():
        assert found[row.label] == (row.starts, row.ends)


def test_more_points_than_letters_are_numbered(cast, plan, now):
    for order in range(6, 40):
        item = PlanItem.objects.create(plan=plan, order=order, section="II. Trong Tết", text=f"Việc thứ {order}")
        PlanTarget.objects.create(item=item, group=cast.group)
    letter = make_letter(plan, cast, now)
    found = {path: letter.body[item.start : item.end] for path, item in paths(read_body(letter.body).items)}
    for row in letter.requirements.all():
        assert row.text in found[row.label]
        assert letter.body[row.starts : row.ends].endswith(row.text)


def test_the_plan_prints_as_a_paper_of_its_kind(cast, plan, now):
    printed = make_letter(plan, cast, now, kind="kế hoạch")
    assert (printed.symbol, printed.subject) == ("KH-SKHCN", "Bảo đảm thông tin liên lạc Tết Đinh Mùi")
    assert printed.body.split("\n") == [
        "Căn cứ Chỉ thị số 53-CT/TU ngày 18/12/2026 của Ban Thường vụ Tỉnh ủy về tổ chức Tết;",
        "Sở Khoa học và Công nghệ ban hành Kế hoạch bảo đảm thông tin liên lạc Tết Đinh Mùi với các nội dung như sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Giữ mạng lưới thông suốt.",
        "Không để gián đoạn.",
        "II. NỘI DUNG NHIỆM VỤ",
        "1. Trước Tết",
        "a) Kiểm tra trạm phát sóng; chủ trì: Các doanh nghiệp viễn thông; thời hạn: chậm nhất ngày 23/01/2027.",
        "b) Gửi danh sách trực; chủ trì: Các doanh nghiệp viễn thông; thời hạn: trước 16 giờ 00 ngày 30/01/2027.",
        "c) Kiểm tra bưu cục; chủ trì: Các doanh nghiệp bưu chính; phối hợp: Các doanh nghiệp viễn thông; "
        "thời hạn: chậm nhất ngày 30/01/2027.",
        "2. Trong Tết",
        "a) Báo cáo tình hình mạng; chủ trì: Các doanh nghiệp viễn thông; thời hạn: trước 16 giờ 00 hằng ngày, "
        "từ ngày 05/02/2027 đến hết ngày 09/02/2027.",
        "b) Theo dõi, đôn đốc; chủ trì: Phòng Bưu chính, Viễn thông.",
        "III. TỔ CHỨC THỰC HIỆN",
        "Phòng Bưu chính, Viễn thông theo dõi, đôn đốc./.",
    ]
    assert not printed.requirements.exists()
    assert to_paper(printed).recipients == ()
    assert [str(unit) for unit, _ in recipients(printed, D_DAY)] == [
        "Bưu điện tỉnh Hải Giang",
        "Công ty Viễn thông Cánh Buồm",
        "Công ty Viễn thông Sao Biển",
        "Ủy ban nhân dân tỉnh Hải Giang",
    ]


def test_issuing_the_paper_issues_the_plan_and_the_letter_cites_it(cast, plan, now):
    paper = walk_to(make_letter(plan, cast, now, kind="kế hoạch"), cast, now, "numbered")
    services.file_pdf(paper, pdf=PDF, now=now)
    services.file_scan(paper, actor=cast.clerk, now=now, upload=scan())
    issued = services.issue_dispatch(paper, actor=cast.clerk, now=now)
    plan.refresh_from_db()
    assert plan.status == "issued"
    letter = make_letter(plan, cast, now)
    assert f"Kế hoạch số {issued.code()}" in letter.body
    assert f"{issued.number:02d}/KH-SKHCN" in [row.number for row in letter.bases.all()]


@pytest.mark.parametrize("status", ["draft", "review", "closed"])
def test_only_an_approved_plan_becomes_a_paper(cast, plan, now, status):
    plan.status = status
    plan.save()
    with pytest.raises(ValidationError) as refusal:
        make_letter(plan, cast, now)
    assert refusal.value.code == "plan_not_approved"


def test_a_second_press_leads_to_the_paper_already_begun(client, cast, plan, now):
    client.force_login(cast.specialist)
    url = reverse("directives:from_plan", args=[plan.pk])
    first = client.post(url, {"kind": "công văn"})
    assert client.post(url, {"kind": "công văn"}).url == first.url
    assert Dispatch.objects.count() == 1


def test_refused_by_role_and_for_strangers(client, cast, plan, now):
    with pytest.raises(PermissionDenied):
        services.create_from_plan(plan, actor=cast.leader, now=now, kind="công văn")
    client.force_login(cast.focal)
    assert client.post(reverse("directives:from_plan", args=[plan.pk]), {"kind": "công văn"}).status_code == 404
    client.force_login(cast.specialist)
    assert client.get(reverse("directives:from_plan", args=[plan.pk])).status_code == 405
    assert client.post(reverse("directives:from_plan", args=[plan.pk]), {}).url == plan.get_absolute_url()
    assert not Dispatch.objects.exists()


def test_a_plan_that_asks_nothing_of_outsiders_makes_no_letter(cast, plan, now):
    plan.items.exclude(text="Theo dõi, đôn đốc").delete()
    with pytest.raises(ValidationError) as refusal:
        make_letter(plan, cast, now)
    assert refusal.value.code == "no_demands"
