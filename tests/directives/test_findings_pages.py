"""What the checker says stands on the pages: beside the text, with repairs that lose nothing, to the reviewer too."""

from collections import Counter
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from directives import services
from directives.models import Dispatch
from directives.paper.check import KnownBasis
from directives.selectors import checker_on
from directives.selectors.province import registry_on
from plans.models import Holiday, LegalBasis
from tests import make
from tests.directives.acts import walk_to
from tests.directives.pasted import LETTER, fields
from units.models import UnitPeriod
from units.states import UnitKind

pytestmark = pytest.mark.django_db
PASTE = "/van-ban/dan-van-ban/"
SLIPS = LETTER.replace("bến xe, chợ hoa;", "bến xe , chợ hoa;").replace("thư công, không", "thư công,không")


@pytest.fixture
def read(client, cast):
    client.force_login(cast.specialist)

    def reading(text=SLIPS, **more):
        return client.post(PASTE, {"text": text, "act": "read"} | more)

    return reading


@pytest.fixture
def draft(cast, now):
    return services.create_from_text(SLIPS, actor=cast.specialist, now=now, division=cast.division)


def fix_of(response, rule):
    return next(f"fix:{note.key}" for note in response.context["checked"].notes if note.key.startswith(rule))


def rules(response):
    return [each.rule for each in response.context["checked"].findings]


def edit_url(draft):
    return reverse("directives:dispatch_edit", args=[draft.pk])


# --- what the checker knows -------------------------------------------------------------------------------------------


def test_the_checker_knows_units_groups_and_bases_of_the_day(cast):
    made = make.unit(UnitKind.CABLE, "Công ty Cáp Bình Minh", "Cáp Bình Minh", valid_from=date(2025, 1, 1))
    UnitPeriod.objects.filter(unit=made).update(valid_from=date(2026, 1, 1))
    UnitPeriod.objects.create(
        unit=made, name="Công ty Cáp Hoàng Hôn", search_key="x", valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1)
    )
    new = LegalBasis.objects.create(number="5/KH-UBND", issued_on=date(2026, 3, 2), issuer="UBND tỉnh", subject="mới")
    LegalBasis.objects.create(
        number="1/KH-UBND", issued_on=date(2025, 3, 2), issuer="UBND tỉnh", subject="cũ", superseded_by=new
    )
    before, after = registry_on(date(2025, 12, 31)), registry_on(date(2026, 1, 1))
    assert {"Công ty Cáp Hoàng Hôn"} == before.bodies - after.bodies
    assert {"Công ty Cáp Bình Minh", "Cáp Bình Minh"} == after.bodies - before.bodies
    assert {cast.group.name, cast.postal.name, cast.department.name} <= after.bodies
    assert not registry_on(date(2024, 1, 1)).bodies & {"Công ty Cáp Bình Minh", "Công ty Cáp Hoàng Hôn"}
    make.unit(UnitKind.DISTRICT, "Ủy ban nhân dân huyện Sông Cũ", valid_to=date(2025, 7, 1))
    assert (
        "Ủy ban nhân dân huyện Sông Cũ" in registry_on(date(2025, 6, 30)).bodies - registry_on(date(2025, 7, 1)).bodies
    )
    assert set(after.bases) == {
        KnownBasis("1/KH-UBND", "2025-03-02", "5/KH-UBND", date(2026, 3, 2)),
        KnownBasis("5/KH-UBND", "2026-03-02"),
    }


def test_the_checker_knows_the_days_off_entered_here(cast):
    day = date(2027, 1, 19)
    assert checker_on(day).calendar.day_off(day) is None
    Holiday.objects.create(day=day, is_day_off=True, name="Nghỉ bù", source="QĐ của UBND tỉnh")
    assert checker_on(day).calendar.day_off(day) == "Nghỉ bù"


@pytest.mark.parametrize("many", [False, True])
def test_the_checker_asks_four_times_however_large_the_province(cast, many, django_assert_num_queries):
    if many:
        for number in range(30):
            make.unit(UnitKind.COMMUNE, f"Ủy ban nhân dân xã {number}")
            LegalBasis.objects.create(number=f"{number}/KH-UBND", issuer="UBND tỉnh", subject="về Tết")
    with django_assert_num_queries(4):
        checker_on(timezone.localdate())


# --- pasting ----------------------------------------------------------------------------------------------------------


def test_each_finding_stands_beside_its_place(read):
    response = read()
    page = response.content.decode()
    checked = response.context["checked"]
    assert {"head-absent", "body-unknown", "space-before", "space-after", "demand-date"} <= set(rules(response))
    for note in checked.notes:
        assert f'id="phat-hien-{note.number}"' in page
        assert (f'id="cho-{note.number}" href="#phat-hien-{note.number}"' in page) == note.placed
    assert page.count(">Sửa giúp<") == checked.certain == 2
    assert "“Đội chiếu bóng lưu động vùng cao” không khớp với đơn vị hoặc nhóm nào trong danh mục." in page
    assert "Sửa tất cả 2 chỗ chắc chắn" in page
    assert f'action="{PASTE}"' in page  # without it a saved draft opens at the place of the last repair


def test_a_line_that_was_given_its_unit_is_known(client, cast, read):
    data = fields(read()) | {"text": SLIPS, "act": "check", "addressees-2-owners-more": cast.rival.name}
    assert "body-unknown" not in rules(client.post(PASTE, data))


def test_a_repair_changes_the_text_and_what_was_read_of_it_and_nothing_typed(client, cast, read):
    first = read()
    data = fields(first) | {"text": SLIPS, "act": fix_of(first, "space-after")}
    data |= {
        "subject": "trích yếu của tôi",
        "requirements-2-text": "Lời của tôi.",
        "requirements-1-evidence_kind": "photo",
    }
    data["requirements-0-lead"] = [f"unit-{cast.rival.pk}"]
    data["addressees-2-owners-more"] = cast.rival.name
    data["body"] = data["body"].replace("Để mạng lưới", "Để toàn mạng lưới")
    response = client.post(PASTE, data)
    after = fields(response)
    assert "thư công, không để" in response.context["paste"]["text"].value()
    assert "thư công, không để" in after["requirements-1-text"]
    assert after["requirements-1-evidence_kind"] == "photo"
    assert "thư công, không để" in after["body"]
    assert "Để toàn mạng lưới" in after["body"]
    assert (after["subject"], after["requirements-2-text"]) == ("trích yếu của tôi", "Lời của tôi.")
    assert after["requirements-0-lead"] == [f"unit-{cast.rival.pk}"]
    assert after["addressees-2-owners"] == [f"unit-{cast.rival.pk}"]
    gone = Counter(rules(first)) - Counter(rules(response))
    assert (gone, len(rules(response))) == (Counter({"space-after": 1, "body-unknown": 1}), len(rules(first)) - 2)
    assert "Đã sửa 1 chỗ ở mục 2." in response.content.decode()
    assert not Dispatch.objects.exists()


def test_all_certain_places_are_repaired_at_once(client, read):
    first = read()
    response = client.post(PASTE, fields(first) | {"text": SLIPS, "act": "fix:all"})
    assert response.context["checked"].certain == 0
    assert "Đã sửa 2 chỗ chắc chắn." in response.content.decode()
    client.post(PASTE, fields(response) | {"text": response.context["paste"]["text"].value(), "act": "save"})
    saved = Dispatch.objects.get()
    assert "bến xe, chợ hoa" in saved.body
    assert "thư công, không" in saved.requirements.get(label="2").text
    assert all(row.ends > row.starts for row in saved.requirements.all())


def test_a_repair_of_another_text_changes_nothing_and_says_so(client, read):
    first = read()
    text = SLIPS.replace("công,không", "công; không").strip()
    data = fields(first) | {"text": text, "act": fix_of(first, "space-after")}
    response = client.post(PASTE, data)
    assert response.context["paste"]["text"].value() == data["text"]
    kept = fields(response)
    assert {name: str(kept.get(name)) for name in fields(first)} == {name: str(data[name]) for name in fields(first)}
    assert "chưa sửa gì" in response.content.decode()


def test_a_secret_text_is_refused_whatever_the_button(client, read):
    data = fields(read()) | {"text": "TỐI MẬT\n\n" + SLIPS, "act": "fix:all"}
    response = client.post(PASTE, data)
    assert response.status_code == 422
    assert "chợ hoa" not in response.content.decode()


def test_a_text_without_a_head_says_what_was_not_looked_at(read):
    page = read("Các đơn vị tổ chức trực trong dịp tết Nguyên đán.").content.decode()
    assert "Chưa kiểm tra: " in page
    assert "quy tắc về phần đầu và phần cuối trang" in page


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_the_edit_page_judges_what_is_typed_and_stores_nothing(client, cast, draft):
    client.force_login(cast.specialist)
    opened = client.get(edit_url(draft))
    assert {"space-before", "space-after"} <= set(rules(opened))
    assert not {"head-absent", "end-mark", "number-absent"} & set(rules(opened))
    data = fields(opened) | {"act": "check", "body": "Căn cứ tình hình , Sở yêu cầu.", "subject": ""}
    response = client.post(edit_url(draft), data)
    assert {"space-before", "subject-absent"} <= set(rules(response))
    assert "space-after" not in rules(response)
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_repair_on_the_edit_page_keeps_what_was_mapped(client, cast, draft):
    client.force_login(cast.specialist)
    opened = client.get(edit_url(draft))
    data = fields(opened) | {"act": "fix:all", "subject": "trích yếu đang gõ", "requirements-1-evidence_kind": "photo"}
    after = client.post(edit_url(draft), data)
    kept = fields(after)
    assert "thư công, không" in kept["body"]
    assert "thư công, không" in kept["requirements-1-text"]
    assert (kept["subject"], kept["requirements-1-evidence_kind"]) == ("trích yếu đang gõ", "photo")
    assert after.context["checked"].certain == 0
    draft.refresh_from_db()
    assert draft.version == 1
    client.post(edit_url(draft), kept | {"act": "save"})
    draft.refresh_from_db()
    assert (draft.version, "bến xe, chợ hoa" in draft.body) == (2, True)


def test_the_edit_page_knows_the_lines_that_were_given_their_units(client, cast, draft):
    client.force_login(cast.specialist)
    opened = client.get(edit_url(draft))
    assert "body-unknown" in rules(opened)
    data = fields(opened) | {"act": "check", "addressees-2-owners-more": cast.rival.name}
    assert "body-unknown" not in rules(client.post(edit_url(draft), data))


def test_a_repair_is_made_in_letters_of_any_composition(client, cast, draft):
    client.force_login(cast.specialist)
    opened = fields(client.get(edit_url(draft)))
    data = opened | {"act": "fix:all", "body": normalize("NFD", opened["body"])}
    assert "thư công, không" in fields(client.post(edit_url(draft), data))["body"]


def test_a_new_page_has_nothing_to_judge_until_something_is_written(client, cast):
    client.force_login(cast.specialist)
    opened = client.get("/van-ban/soan/")
    assert opened.context["checked"] is None
    data = fields(opened) | {"act": "check", "body": "Các đơn vị trực ,báo cáo."}
    assert client.post("/van-ban/soan/", data).context["checked"].findings


@pytest.mark.parametrize("status", ["draft", "review", "approved", "signed"])
def test_the_paper_shows_its_findings_until_it_is_signed(client, cast, now, draft, status):
    draft = walk_to(draft, cast, now, status)
    for person in (cast.head, cast.leader):
        client.force_login(person)
        response = client.get(draft.get_absolute_url())
        page, checked = response.content.decode(), response.context["checked"]
        assert (checked is None) == (status == "signed") == ('id="soat"' not in page)
        if checked:
            placed = {note.number for note in checked.notes if note.placed}
            assert placed == {note.number for note in checked.notes if f'id="cho-{note.number}"' in page} != set()
            assert ("Sửa giúp" in page) == (status == "draft" and person == cast.head)


def test_errors_are_told_before_the_act_and_stop_nobody(client, cast, now):
    text = SLIPS.replace("- Lưu: VT, BCVT.", "- Công an tỉnh.")
    draft = services.create_from_text(text, actor=cast.specialist, now=now, division=cast.division)
    client.force_login(cast.specialist)
    url = reverse("directives:dispatch_submit", args=[draft.pk])
    response = client.get(f"{url}?ban=1")
    errors = response.context["checked"].errors
    page = response.content.decode()
    assert "copies-file" in {key.key.partition("-foot")[0] for key in errors}
    assert f"{len(errors)} lỗi" in page
    assert [note.says for note in errors if escape(note.says) not in page] == []
    client.post(url, {"version": 1})
    draft.refresh_from_db()
    assert draft.status == "review"
    client.force_login(cast.head)
    for where in (draft.get_absolute_url(), reverse("directives:dispatch_review", args=[draft.pk])):
        assert f"{len(errors)} lỗi" in client.get(where).content.decode()


def test_a_draft_without_a_fault_is_told_so_warmly(client, cast, now):
    text = "Sở Khoa học và Công nghệ báo cáo kết quả bảo đảm thông tin liên lạc năm 2026./."
    draft = services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="báo cáo",
        subject="Kết quả bảo đảm thông tin liên lạc năm 2026",
        body=text,
        division=cast.division,
        copies=[{"text": "Ủy ban nhân dân tỉnh"}, {"text": "Lưu: VT, BCVT"}],
    )
    client.force_login(cast.specialist)
    assert "Không có chỗ nào phải sửa" in client.get(draft.get_absolute_url()).content.decode()
    act = reverse("directives:dispatch_submit", args=[draft.pk]) + "?ban=1"
    assert "không có chỗ nào phải sửa" in client.get(act).content.decode()


# --- demands as chips ---------------------------------------------------------------------------------------------------


def test_a_demand_says_in_a_line_who_when_and_which_proof(client, cast, read):
    data = fields(read(LETTER)) | {"text": LETTER, "act": "check"}
    last = client.post(PASTE, data).context["draft"].requirements[3]
    assert (last.lead_words(), last.support_words()) == ("Các doanh nghiệp viễn thông", "")
    assert (last.due_words(), last.proof_words()) == ("hết ngày 19/01/2027", "Lịch trực, phải báo cáo")
    other = last.meanings()[1][0]
    day = timezone.localdate() + timedelta(days=9)
    for more, words in (
        ({"reading": other}, "hết ngày 20/01/2027"),
        ({"due_on": "2027-01-15", "hour": "16:30"}, "16:30 ngày 15/01/2027"),
        ({"due_on": "hôm nào"}, "hết ngày 19/01/2027"),
        ({"due_phrase": "", "reading": ""}, ""),
        ({"every": "day"}, "hằng ngày"),
        (
            {"every": "day", "repeat_from": f"{day:%Y-%m-%d}", "repeat_until": f"{day:%Y-%m-%d}", "hour": "16:00"},
            f"trước 16 giờ 00 hằng ngày, từ ngày {day:%d/%m/%Y} đến hết ngày {day:%d/%m/%Y}",
        ),
    ):
        changed = data | {f"requirements-3-{name}": value for name, value in more.items()}
        assert client.post(PASTE, changed).context["draft"].requirements[3].due_words() == words, more


def test_a_demand_on_somebody_unknown_is_left_to_the_author(client, cast, read):
    asked = "5. Đội chiếu bóng lưu động vùng cao: chiếu phim tuyên truyền.\n\n6. Các cơ quan, đơn vị phối hợp thực hiện.\n\n"
    text = LETTER.replace("Sở Khoa học và Công nghệ đề nghị", f"{asked}Sở Khoa học và Công nghệ đề nghị")
    first = read(text)
    everybody = "Các doanh nghiệp viễn thông; Bưu điện tỉnh Hải Giang"
    assert [form.lead_words() for form in first.context["draft"].requirements][4:] == ["", everybody]
    assert "chưa có đơn vị</span>" in first.content.decode()
    data = fields(first) | {"text": text, "act": "reread", "addressees-2-owners-more": cast.rival.name}
    again = client.post(PASTE, data).context["draft"].requirements
    assert [form.lead_words() for form in again][4:] == [cast.rival.name, everybody]  # what was typed is kept


def test_an_addressee_shows_how_well_its_units_fit(read):
    page = read(LETTER).content.decode()
    assert page.count("<small>đúng tên</small>") == 2
    assert page.count("chưa gắn với đơn vị nào") == 1


@pytest.mark.parametrize("page", ["paste", "edit", "detail"])
def test_pages_ask_equally_often_for_many_findings(client, cast, now, page):
    client.force_login(cast.specialist)

    def asked(text):
        if page == "paste":
            act = lambda: client.post(PASTE, {"text": text, "act": "read"})  # noqa: E731
        else:
            draft = services.create_from_text(text, actor=cast.specialist, now=now, division=cast.division)
            url = draft.get_absolute_url() if page == "detail" else edit_url(draft)
            act = lambda: client.get(url)  # noqa: E731
        act()
        with CaptureQueriesContext(connection) as queries:
            assert act().context["checked"].notes
        return len(queries)

    few = asked(SLIPS)
    more = "".join(f"{n}. Các doanh nghiệp viễn thông trực , báo cáo.\n\n" for n in range(5, 25))
    assert asked(SLIPS.replace("Sở Khoa học và Công nghệ đề nghị", f"{more}Sở Khoa học và Công nghệ đề nghị")) == few
