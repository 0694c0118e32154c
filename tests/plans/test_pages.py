"""Every page of this floor as people of each role see it; strangers, empty posts, and queries that do not grow."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans import services
from plans.models import Holiday, LegalBasis, Occasion, Plan, PlanItem
from tests import make
from tests.files import PDF

pytestmark = pytest.mark.django_db
LISTS = ["occasion_list", "plan_list", "basis_list", "holiday_list"]


@pytest.fixture
def rows(cast, now):
    """An election with a plan from its template, a basis with a file, an override."""
    day = date(2027, 3, 14)
    basis = services.save_basis(
        actor=cast.clerk,
        now=now,
        kind="chỉ thị",
        number="05/CT-UBND",
        issued_on=date(2026, 10, 1),
        issuer="Ủy ban nhân dân tỉnh Hải Giang",
        subject="về bảo đảm thông tin liên lạc",
    )
    occasion = services.create_occasion(
        actor=cast.head,
        now=now,
        kind="election",
        name="Bầu cử bổ sung 2027",
        d_day=day,
        starts_on=day - timedelta(days=75),
        ends_on=day + timedelta(days=7),
        bases=[basis],
    )
    plan = services.create_plan(occasion, actor=cast.specialist, now=now, outline="election", division=cast.division)
    holiday = services.save_holiday(
        actor=cast.clerk, now=now, day=date(2027, 2, 9), is_day_off=True, name="Nghỉ thêm", source="TB 01/TB-BNV"
    )
    return {"occasion": occasion, "plan": plan, "basis": basis, "item": plan.items.first(), "holiday": holiday}


def pages(rows):
    of = {
        "occasion": ["occasion_detail", "occasion_edit", "occasion_move"],
        "plan": ["plan_detail", "plan_edit", "item_new", "plan_return"],
        "item": ["item_edit"],
        "basis": ["basis_detail", "basis_edit"],
        "holiday": ["holiday_edit"],
    }
    for row, names in of.items():
        for name in names:
            yield name, reverse(f"plans:{name}", args=[rows[row].pk])


def test_the_head_opens_every_page(client, cast, rows):
    client.force_login(cast.head)
    for name in [*LISTS, "occasion_new", "plan_new", "basis_new", "holiday_new"]:
        assert client.get(reverse(f"plans:{name}")).status_code == 200, name
    for name, url in pages(rows):
        assert client.get(url).status_code == 200, name


@pytest.mark.parametrize("who", ["specialist", "leader", "clerk", "admin"])
def test_everybody_of_the_department_reads(client, cast, rows, who):
    client.force_login(getattr(cast, who))
    for name in LISTS:
        assert client.get(reverse(f"plans:{name}")).status_code == 200, name
    for name in ("occasion_detail", "plan_detail", "basis_detail"):
        row = rows[name.split("_")[0]]
        assert client.get(reverse(f"plans:{name}", args=[row.pk])).status_code == 200, name


def test_strangers_find_nothing(client, cast, rows):
    """People of recipient units get 404 for every row and 403 for the lists, whatever the method."""
    client.force_login(cast.focal)
    for name in [*LISTS, "occasion_new", "plan_new", "basis_new", "holiday_new"]:
        assert client.get(reverse(f"plans:{name}")).status_code == 403, name
    for name, url in pages(rows):
        assert client.get(url).status_code == 404, name
        assert client.post(url).status_code in (404, 405), name
    for name in ("plan_submit", "plan_approve", "plan_close"):
        assert client.post(reverse(f"plans:{name}", args=[rows["plan"].pk])).status_code == 404
    for name in ("item_remove", "item_up", "item_down"):
        assert client.post(reverse(f"plans:{name}", args=[rows["item"].pk])).status_code == 404
    assert client.post(reverse("plans:holiday_remove", args=[rows["holiday"].pk])).status_code == 404
    assert client.get(reverse("plans:basis_file", args=[rows["basis"].pk])).status_code == 404


def test_verbs_are_not_done_by_looking(client, cast, rows):
    client.force_login(cast.leader)
    for name in ("plan_submit", "plan_approve", "plan_close"):
        assert client.get(reverse(f"plans:{name}", args=[rows["plan"].pk])).status_code == 405
    for name in ("item_remove", "item_up", "item_down"):
        assert client.get(reverse(f"plans:{name}", args=[rows["item"].pk])).status_code == 405


def test_people_without_the_right_are_refused(client, cast, rows):
    client.force_login(cast.clerk)
    for name in ("occasion_edit", "occasion_move"):
        assert client.get(reverse(f"plans:{name}", args=[rows["occasion"].pk])).status_code == 403
    for name in ("plan_edit", "item_new", "plan_return"):
        assert client.get(reverse(f"plans:{name}", args=[rows["plan"].pk])).status_code == 403
    page = client.get(rows["plan"].get_absolute_url()).content.decode()
    for name, row in (("plan_submit", "plan"), ("item_edit", "item")):
        assert reverse(f"plans:{name}", args=[rows[row].pk]) not in page


@pytest.mark.parametrize("who", ["specialist", "head", "clerk", "leader", "admin"])
def test_papers_are_offered_to_whoever_drafts_them_while_there_is_one_to_make(client, cast, rows, who):
    plan = rows["plan"]
    client.force_login(getattr(cast, who))
    drafts = who in ("specialist", "head", "clerk")
    for status, offered in {
        "review": [],
        "approved": ["kế hoạch", "công văn"],
        "issued": ["công văn"],
        "closed": [],
    }.items():
        Plan.objects.filter(pk=plan.pk).update(status=status)
        page = client.get(plan.get_absolute_url()).content.decode()
        assert re.findall(r'name="kind" value="([^"]+)"', page) == (offered if drafts else [])


FORMS = [
    ("occasion_new", None, 200),
    ("occasion_edit", "occasion", 200),
    ("occasion_move", "occasion", 200),
    ("plan_new", None, 200),
    ("plan_edit", "plan", 200),
    ("plan_return", "plan", 200),
    ("plan_submit", "plan", 302),
    ("item_new", "plan", 200),
    ("item_edit", "item", 200),
    ("item_remove", "item", 302),
    ("item_up", "item", 302),
    ("basis_new", None, 200),
    ("basis_edit", "basis", 200),
    ("holiday_new", None, 200),
    ("holiday_edit", "holiday", 200),
]


def everything():
    tables = (Occasion, Plan, PlanItem, LegalBasis, Holiday)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize(("name", "row", "status"), FORMS)
def test_an_empty_post_changes_nothing_and_says_what_is_missing(client, cast, rows, name, row, status):
    client.force_login(cast.head)
    before = everything()
    answer = client.post(reverse(f"plans:{name}", args=[rows[row].pk] if row else []), follow=True)
    assert everything() == before
    page = answer.content.decode()
    assert "note-late" in page
    assert bool(answer.redirect_chain) == (status == 302)


def test_a_new_occasion_in_two_steps_without_scripts(client, cast):
    client.force_login(cast.specialist)
    page = client.get(reverse("plans:occasion_new"), {"kind": "tet", "year": 2027})
    form = page.context["form"]
    sent = {name: form.initial[name] for name in ("kind", "name", "d_day")}
    assert sent == {"kind": "tet", "name": "Tết Nguyên đán Đinh Mùi năm 2027", "d_day": "2027-02-06"}
    sent |= {
        "starts_on": "2026-12-23",
        "ends_on": "2027-02-15",
        "during_from": "2027-02-04T08:30",
        "during_until": "2027-02-12T00:00",
        "layers_during": ["leader", "shift"],
    }
    answer = client.post(reverse("plans:occasion_new"), sent)
    occasion = Occasion.objects.get()
    assert answer.url == occasion.get_absolute_url()
    during = occasion.phases.get(kind="during")
    assert (during.starts_at.isoformat(), during.duty_layers) == ("2027-02-04T01:30:00+00:00", ["leader", "shift"])
    assert occasion.phases.count() == 3


def test_an_unknown_election_day_is_asked_for_and_a_weekday_is_warned_of(client, cast):
    client.force_login(cast.specialist)
    url = reverse("plans:occasion_new")
    assert "hãy nhập ngày bầu cử" in client.get(url, {"kind": "election", "year": 2029}).content.decode()
    page = client.get(url, {"kind": "election", "d_day": "2029-05-14"}).content.decode()
    assert "Ngày bầu cử phải là Chủ nhật" in page and "Lập đợt" in page
    assert "không phải mùng 1 Tết" in client.get(url, {"kind": "tet", "d_day": "2027-02-07"}).content.decode()


def test_what_is_coming_is_offered_until_it_is_entered(client, cast, now):
    client.force_login(cast.specialist)
    url = reverse("plans:occasion_new")
    offered = {one.kind: one for one in client.get(url).context["suggestions"]}
    assert {"tet", "national_day"} <= set(offered)
    tet = offered["tet"]
    services.create_occasion(
        actor=cast.head,
        now=now,
        kind="tet",
        name=tet.name,
        d_day=tet.d_day,
        starts_on=tet.d_day - timedelta(days=30),
        ends_on=tet.d_day + timedelta(days=9),
    )
    again = {one.kind: one.d_day for one in client.get(url).context["suggestions"]}
    assert again.get("tet") != tet.d_day and again["national_day"] == offered["national_day"].d_day


def test_moving_d_day_shows_first_and_saves_only_what_was_shown(client, cast, rows):
    client.force_login(cast.head)
    occasion = rows["occasion"]
    url = reverse("plans:occasion_move", args=[occasion.pk])
    page = client.get(url, {"d_day": "2027-03-21"})
    assert page.context["changed"] == rows["plan"].items.count()
    assert "hết ngày" in page.content.decode()
    occasion.refresh_from_db()
    assert occasion.d_day == date(2027, 3, 14)
    answer = client.post(url, {"d_day": "2027-03-21", "seen": "2027-03-07"})
    occasion.refresh_from_db()
    assert answer.status_code == 200 and occasion.d_day == date(2027, 3, 14)
    assert "vừa được người khác chuyển" in answer.content.decode()
    assert client.post(url, {"d_day": "2027-03-21", "seen": "2027-03-14"}).url == occasion.get_absolute_url()
    occasion.refresh_from_db()
    assert occasion.d_day == date(2027, 3, 21)


def test_an_issued_plan_is_said_to_keep_its_printed_dates(client, cast, rows):
    client.force_login(cast.head)
    url = reverse("plans:occasion_move", args=[rows["occasion"].pk])
    warning = "văn bản và nhiệm vụ đã giao giữ nguyên thời hạn"
    assert warning not in client.get(url, {"d_day": "2027-03-21"}).content.decode()
    Plan.objects.update(status="issued")
    assert warning in client.get(url, {"d_day": "2027-03-21"}).content.decode()


def test_an_occasion_page_shows_law_holidays_and_history(client, cast, rows):
    client.force_login(cast.leader)
    page = client.get(rows["occasion"].get_absolute_url()).content.decode()
    for words in ("Điều 32", "Luật số 83/2025/QH15", "Nghỉ thêm", "Lập đợt “Bầu cử bổ sung 2027”", "05/CT-UBND"):
        assert words in page, words


def test_only_a_nationwide_election_is_said_to_have_these_days(client, cast, rows):
    client.force_login(cast.leader)
    url, doubt = rows["occasion"].get_absolute_url(), "Bầu cử bổ sung có quy định và thời hạn riêng"
    assert doubt in client.get(url).content.decode()
    Occasion.objects.filter(pk=rows["occasion"].pk).update(starts_on="2026-01-01", d_day="2026-03-15")
    assert doubt not in client.get(url).content.decode()


def test_a_demand_is_edited_from_its_page(client, cast, rows):
    client.force_login(cast.specialist)
    item = rows["item"]
    sent = {
        "version": 1,
        "section": item.section,
        "text": "Gửi danh sách lãnh đạo trực.",
        "timing": "offset",
        "days": 3,
        "side": "after",
        "due_at": "2027-01-01T00:00",
        "evidence_kind": "roster",
        "lead": [f"g{cast.group.pk}"],
        "support": [f"u{cast.postal.pk}"],
    }
    url = reverse("plans:item_edit", args=[item.pk])
    assert client.post(url, sent).status_code == 302
    item.refresh_from_db()
    assert (item.due_offset, item.due_at, item.evidence_kind) == (3, None, "roster")
    assert {(target.group_id or 0, target.unit_id or 0) for target in item.targets.all()} == {
        (cast.group.pk, 0),
        (0, cast.postal.pk),
    }
    stale = client.post(url, sent | {"text": "Bản cũ."})
    assert "nội dung trên trang này đã cũ" in stale.content.decode()
    both = client.post(url, sent | {"version": 2, "support": [f"g{cast.group.pk}"]})
    assert "vừa chủ trì vừa phối hợp" in both.content.decode()
    daily = sent | {"version": 2, "timing": "daily", "first_day": "2027-03-12", "last_day": "2027-03-16"}
    assert client.post(url, daily | {"daily_time": "16:00"}).status_code == 302
    item.refresh_from_db()
    assert (item.every, item.repeat_from, item.repeat_until, item.due_offset) == ("day", -2, 2, None)
    again = client.get(url).context["form"].initial
    assert (again["timing"], again["first_day"], again["last_day"]) == ("daily", date(2027, 3, 12), date(2027, 3, 16))


def test_a_plan_walks_from_draft_to_approved_in_the_browser(client, cast, rows):
    plan = rows["plan"]

    def press(who, name, **sent):
        client.force_login(getattr(cast, who))
        answer = client.post(reverse(f"plans:{name}", args=[plan.pk]), sent, follow=True)
        plan.refresh_from_db()
        return answer.content.decode()

    press("specialist", "plan_submit", version=1)
    assert plan.status == "review"
    assert "có người vừa xử lý trước" in press("specialist", "plan_submit", version=1)
    assert "ít nhất 10 ký tự" in press("head", "plan_return", reason="chưa được")
    press("head", "plan_return", reason="Bổ sung thời hạn cho mục 3.")
    assert plan.status == "draft"
    why = "<strong>Kế hoạch được trả lại</strong>"
    assert why in client.get(plan.get_absolute_url()).content.decode()
    assert "Bổ sung thời hạn cho mục 3." in press("specialist", "plan_submit", version=1)
    assert why not in client.get(plan.get_absolute_url()).content.decode()
    press("specialist", "plan_return", reason="Tôi rút lại để sửa thêm mục 4.")
    assert plan.status == "draft"
    assert why not in client.get(plan.get_absolute_url()).content.decode()
    press("specialist", "plan_submit", version=1)
    assert "Đã duyệt kế hoạch" in press("leader", "plan_approve", version=1)
    assert plan.status == "approved"
    paper = make.dispatch(cast, plan=plan, of=plan.occasion, subject="giao việc Tết")
    assert (
        f'href="{paper.get_absolute_url()}">Giao việc Tết</a>' in client.get(plan.get_absolute_url()).content.decode()
    )


def sent_by(page):
    """What a browser sends back from the page as it stands."""
    shown = page.content.decode()
    values = {field.html_name: (field.value(), field.field.widget) for field in page.context["form"]}
    return {
        name: widget.format_value(value) if hasattr(widget, "format_value") and not isinstance(value, list) else value
        for name, (value, widget) in values.items()
        if value not in (None, "", []) and f'name="{name}"' in shown
    }


@pytest.mark.parametrize(
    ("name", "row", "field", "model"),
    [
        ("basis_edit", "basis", "subject", LegalBasis),
        ("holiday_edit", "holiday", "name", Holiday),
        ("occasion_edit", "occasion", "name", Occasion),
    ],
)
def test_an_old_page_overwrites_nothing_and_keeps_what_was_typed(client, cast, rows, name, row, field, model):
    address = reverse(f"plans:{name}", args=[rows[row].pk])
    client.force_login(cast.head)
    sent = sent_by(client.get(address))
    assert client.post(address, sent | {field: "Người thứ nhất"}).status_code == 302
    old = client.post(address, sent | {field: "Từ trang cũ"})
    assert old.status_code == 200
    assert "có người vừa sửa" in old.content.decode() and "Từ trang cũ" in old.content.decode()
    assert getattr(model.objects.get(pk=rows[row].pk), field) == "Người thứ nhất"
    assert client.post(address, sent_by(client.get(address)) | {field: "Từ trang mới"}).status_code == 302
    assert client.post(address, {key: value for key, value in sent.items() if key != "seen"}).status_code == 200
    assert getattr(model.objects.get(pk=rows[row].pk), field) == "Từ trang mới"


def test_an_old_page_of_an_occasion_does_not_bring_back_a_layer(client, cast, rows, now):
    address = reverse("plans:occasion_edit", args=[rows["occasion"].pk])
    client.force_login(cast.head)
    sent = sent_by(client.get(address))
    phase = rows["occasion"].phases.get(kind="during")
    phase.duty_layers = ["leader"]
    phase.save()
    assert client.post(address, sent).status_code == 200
    phase.refresh_from_db()
    assert phase.duty_layers == ["leader"]


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_edge_of_the_calendar_is_refused_not_fatal(client, cast, rows, edge):
    """The first and last day a browser can send overflow as soon as anything is added to them."""
    client.force_login(cast.head)
    before = everything()
    moment = f"{edge}T00:00"
    occasion = {"kind": "other", "name": "X", "d_day": edge, "starts_on": edge, "ends_on": edge}
    occasion |= {"during_from": moment, "during_until": moment}
    demand = {"version": 1, "section": "I", "text": "Gửi danh sách.", "evidence_kind": "list"}
    sent = [
        ("occasion_new", None, occasion),
        ("occasion_edit", "occasion", occasion),
        ("occasion_move", "occasion", {"d_day": edge, "seen": "2027-03-14"}),
        ("item_new", "plan", demand | {"timing": "fixed", "due_at": moment}),
        ("item_new", "plan", demand | {"timing": "daily", "first_day": edge, "last_day": edge}),
        ("holiday_new", None, {"day": edge, "is_day_off": "1", "name": "Nghỉ", "source": "TB 1"}),
        ("basis_new", None, {"kind": "công văn", "number": "1/X", "issued_on": edge, "issuer": "X", "subject": "X"}),
    ]
    for name, row, given in sent:
        answer = client.post(reverse(f"plans:{name}", args=[rows[row].pk] if row else []), given)
        assert answer.status_code == 200, name
    for name, row in (("occasion_new", None), ("occasion_move", "occasion")):
        address = reverse(f"plans:{name}", args=[rows[row].pk] if row else [])
        assert client.get(address, {"kind": "tet", "d_day": edge}).status_code == 200, name
    assert everything() == before


def test_a_daily_demand_ends_within_120_days(client, cast, rows):
    client.force_login(cast.specialist)
    url = reverse("plans:item_new", args=[rows["plan"].pk])
    sent = {"version": 1, "section": "I", "text": "Báo cáo.", "timing": "daily", "evidence_kind": "report"}
    sent |= {"first_day": "2027-01-01", "lead": [f"g{cast.group.pk}"]}
    assert "nhiều nhất 120 ngày" in client.post(url, sent | {"last_day": "2027-05-01"}).content.decode()
    far = sent | {"first_day": "2030-01-01", "last_day": "2030-01-02"}
    assert "không quá 400 ngày" in client.post(url, far).content.decode()
    assert client.post(url, sent | {"last_day": "2027-04-30"}).status_code == 302


@pytest.mark.parametrize("asked", ["²", "9" * 30, "9" * 5000, "x", "-1", "\x00"])
def test_a_list_and_a_new_plan_survive_any_address(client, cast, rows, asked):
    client.force_login(cast.head)
    for name in [*LISTS, "plan_new", "basis_new", "holiday_new", "occasion_new"]:
        given = dict.fromkeys(("dot", "nam", "q", "kind", "status", "tab", "force", "page", "ngay", "year"), asked)
        answer = client.get(reverse(f"plans:{name}"), given)
        assert answer.status_code == 200, name


def test_an_upload_is_stored_and_comes_back_as_an_attachment(client, cast, rows):
    client.force_login(cast.clerk)
    facts = {"kind": "công văn", "number": "12/BKHCN", "issuer": "Bộ KHCN", "subject": "về Tết"}
    sent = facts | {"file": SimpleUploadedFile("Công văn 12.pdf", PDF)}
    assert client.post(reverse("plans:basis_new"), sent).status_code == 302
    basis = LegalBasis.objects.get(number="12/BKHCN")
    answer = client.get(reverse("plans:basis_file", args=[basis.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Disposition"].startswith("attachment")
    bad = client.post(
        reverse("plans:basis_new"),
        facts | {"number": "13/BKHCN", "file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00" * 3000)},
    )
    assert "không đúng loại" in bad.content.decode() and not LegalBasis.objects.filter(number="13/BKHCN").exists()


def test_lists_find_without_accents_and_by_tab(client, cast, rows):
    client.force_login(cast.head)

    def shown(name, **asked):
        return list(client.get(reverse(f"plans:{name}"), asked).context["page"].object_list)

    past = make.occasion(d_day=date(2024, 9, 2), kind="national_day", search_key="quoc khanh 2024")
    assert shown("occasion_list", tab="qua") == [past]
    assert shown("occasion_list", tab="tat-ca", q="bau cu bo SUNG") == [rows["occasion"]]
    assert shown("occasion_list", tab="tat-ca", q="quốc khánh", kind="national_day") == [past]
    assert shown("occasion_list", tab="tat-ca", q="bão") == []
    assert shown("plan_list", q="thong tin lien lac", status="draft") == [rows["plan"]]
    assert shown("plan_list", dot=past.pk) == []
    assert shown("basis_list", q="thong tin LIEN lac", force="con") == [rows["basis"]]
    assert shown("basis_list", force="het") == []


def test_empty_lists_say_what_would_fill_them(client, cast):
    client.force_login(cast.head)
    for name, words in (
        ("occasion_list", "Lập đợt mới"),
        ("plan_list", "Lập kế hoạch"),
        ("basis_list", "Nhập văn bản"),
    ):
        page = client.get(reverse(f"plans:{name}")).content.decode()
        assert "empty-title" in page and words in page


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_pages_cost_the_same_however_many_rows(client, cast, rows, now, django_assert_max_num_queries):
    client.force_login(cast.head)
    urls = [
        *(f"{reverse(f'plans:{name}')}?tab=tat-ca" for name in LISTS),
        *(rows[name].get_absolute_url() for name in ("occasion", "plan", "basis")),
        reverse("plans:item_edit", args=[rows["item"].pk]),
        f"{reverse('plans:occasion_move', args=[rows['occasion'].pk])}?d_day=2027-03-21",
    ]
    for url in urls:  # whatever is remembered between requests is remembered now
        client.get(url)
    before = [queries(client, url, django_assert_max_num_queries) for url in urls]
    for number in range(5):
        make.occasion(name=f"Đợt {number}")
        make.unit()
        make.dispatch(cast, of=rows["occasion"])
        plan = services.create_plan(
            rows["occasion"], actor=cast.specialist, now=now, outline="tet", division=cast.division
        )
        plan.bases.add(rows["basis"])
        services.save_basis(
            actor=cast.clerk, now=now, kind="công văn", number=f"{number}/CV", issuer="Bộ", subject="về Tết"
        )
        services.save_item(
            rows["plan"],
            actor=cast.specialist,
            now=now,
            section="Thêm",
            text=f"Việc {number}.",
            targets=[(cast.postal, "support"), (cast.group, "lead")],
        )
    assert [queries(client, url, django_assert_max_num_queries) for url in urls] == before
