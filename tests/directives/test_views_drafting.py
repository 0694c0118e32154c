"""Pasting, writing, editing: what is found is shown, what is refused loses nothing, what is secret leaves no trace."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from directives import services
from directives.models import Dispatch, DispatchVersion
from plans.models import LegalBasis
from tests.directives.pasted import LETTER, MARKED, fields

pytestmark = pytest.mark.django_db
PASTE = "/van-ban/dan-van-ban/"
REAL = Path(settings.BASE_DIR).parent / "shared" / "corpus" / "003_b0c87bf86f63b0cf.txt"


@pytest.fixture
def read(client, cast):
    client.force_login(cast.specialist)

    def reading(text=LETTER, **more):
        return client.post(PASTE, {"text": text, "act": "read"} | more)

    return reading


def test_the_page_shows_what_it_found_and_what_is_missing(cast, read):
    basis = LegalBasis.objects.create(
        kind="chỉ thị", number="53-CT/TU", issued_on="2026-12-18", issuer="Tỉnh ủy", subject="về Tết", search_key="x"
    )
    response = read()
    found = response.context["found"]
    assert response.status_code == 200
    assert found.paper.number == "/SKHCN-BCVT"
    assert found.paper.date_iso == "2027-01"
    assert found.missing() == ["số văn bản (sẽ cấp sau khi ký)", "ngày ký"]
    assert [len(item.items) for item in found.paper.items] == [2, 1, 0, 0]
    assert [(row["groups"], row["units"]) for row in found.addressees] == [
        ([cast.group], []),
        ([], [cast.postal]),
        ([], []),
    ]
    assert [(row["number"], row["basis"]) for row in found.bases] == [("53-CT/TU", basis), ("4953/UBND-THNV", None)]
    owners = [[str(owner) for owner, _ in row["targets"]] for row in found.requirements]
    assert owners == [
        ["Các doanh nghiệp viễn thông"],
        ["Bưu điện tỉnh Hải Giang"],
        ["Các doanh nghiệp viễn thông", "Bưu điện tỉnh Hải Giang"],
        ["Các doanh nghiệp viễn thông"],
    ]
    page = response.content.decode()
    assert "hết ngày 19/01/2027 – đúng câu chữ" in page
    assert "hết ngày 20/01/2027 – tính cả ngày 20/01" in page
    assert "Văn bản không ghi: số văn bản" in page
    assert not Dispatch.objects.exists()


def test_confirming_makes_the_draft_with_the_readings_chosen(client, cast, read):
    data = fields(read()) | {"text": LETTER, "act": "save"}
    data["addressees-2-owners-more"] = "Công ty Viễn thông Cánh Buồm"
    data["requirements-3-evidence_kind"] = "roster"
    response = client.post(PASTE, data)
    dispatch = Dispatch.objects.get()
    assert response.url == dispatch.get_absolute_url()
    assert dispatch.subject == "bảo đảm thông tin liên lạc phục vụ Tết Nguyên đán Đinh Mùi năm 2027"
    assert dispatch.symbol == "SKHCN-BCVT"
    assert [list(line.units.all()) for line in dispatch.addressees.order_by("order")] == [
        [],
        [cast.postal],
        [cast.rival],
    ]
    last = dispatch.requirements.get(label="4")
    assert last.due_at.isoformat() == "2027-01-19T17:00:00+00:00"
    assert (last.due_phrase, last.evidence_kind, last.must_report) == ("trước ngày 20/01/2027", "roster", True)
    assert dispatch.body[last.starts : last.ends] == f"4. {last.text}"
    assert [row.text for row in dispatch.copies.order_by("order")] == ["Như trên", "UBND tỉnh (b/c)", "Lưu: VT, BCVT"]


def test_the_other_reading_and_another_day_are_the_authors_choice(client, cast, read):
    data = fields(read()) | {"text": LETTER, "act": "save"}
    choices = [value for value, _, _ in read().context["draft"].requirements[3].meanings()]
    client.post(PASTE, data | {"requirements-3-reading": choices[1]})
    client.post(PASTE, data | {"requirements-3-due_on": "2027-01-15", "requirements-3-hour": "16:30"})
    dues = [row.requirements.get(label="4").due_at.isoformat() for row in Dispatch.objects.order_by("pk")]
    assert dues == ["2027-01-20T17:00:00+00:00", "2027-01-15T09:30:00+00:00"]


def test_points_may_be_demands_of_their_own(read):
    found = read(fine="on").context["found"]
    assert [row["label"] for row in found.requirements] == ["1.1", "1.2", "2.1", "3", "4"]
    assert found.requirements[1]["text"].startswith("Chuẩn bị máy phát điện")


def test_nothing_is_lost_when_something_is_refused(client, cast, read):
    data = fields(read()) | {"text": LETTER, "act": "save", "subject": "", "requirements-0-text": "Lời mới của tôi."}
    response = client.post(PASTE, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert not Dispatch.objects.exists()
    assert "Lời mới của tôi." in page
    assert "Lưu: VT, BCVT" in page
    assert response.context["draft"].main.errors["subject"]


def test_a_name_nobody_knows_is_said_so(client, read):
    data = fields(read()) | {"text": LETTER, "act": "save", "addressees-2-owners-more": "Công ty Không Có"}
    assert "Không tìm thấy nhóm hay đơn vị “Công ty Không Có”" in client.post(PASTE, data).content.decode()
    assert not Dispatch.objects.exists()


def test_a_word_file_is_read_and_not_kept(client, cast, now):
    client.force_login(cast.clerk)
    document, held = Document(), io.BytesIO()
    for line in [*LETTER.split("\n"), "PHỤ LỤC", "DANH SÁCH", "| TT | Tên |", "| 1 | An |"]:
        document.add_paragraph(line)
    document.save(held)
    response = client.post(PASTE, {"act": "read", "upload": SimpleUploadedFile("cong-van.docx", held.getvalue())})
    assert len(response.context["found"].requirements) == 4
    assert response.context["draft"].main["annexes"].value().startswith("Phụ lục\nDANH SÁCH\n")
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


@pytest.mark.parametrize("upload", [False, True])
def test_a_secret_paper_leaves_no_trace(client, cast, caplog, upload):
    client.force_login(cast.specialist)
    sent = {"upload": SimpleUploadedFile("van-ban.txt", MARKED.encode())} if upload else {"text": MARKED}
    response = client.post(PASTE, sent | {"act": "read"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "tài liệu bí mật nhà nước" in page
    assert "máy phát điện" not in page
    assert not Dispatch.objects.exists()
    assert not DispatchVersion.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))
    assert "máy phát điện" not in caplog.text


def test_a_secret_mark_is_refused_when_a_draft_is_saved_or_previewed(client, cast, read):
    data = fields(read()) | {"text": LETTER, "act": "save", "body": "TỐI MẬT\n1. Nội dung."}
    for url in (PASTE, "/van-ban/soan/", "/van-ban/xem-truoc/"):
        assert client.post(url, data).status_code == 422
    assert not Dispatch.objects.exists()


@pytest.mark.skipif(not REAL.exists(), reason="the corpus of real papers is not beside the project")
def test_the_real_paper_is_read(read):
    found = read(REAL.read_text()).context["found"]
    assert [len(item.items) for item in found.paper.items] == [2, 3, 5, 2, 0, 0]
    assert len(found.addressees) == 4
    assert [row["number"] for row in found.bases] == ["53-CT/TU", "4953/UBND-THNV"]
    dues = [row["due_at"] and row["due_at"].isoformat() for row in found.requirements]
    assert dues == [None, None, None, None, None, "2020-01-20T00:00:00+07:00"]
    assert found.paper.signer.lines == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert "số văn bản (sẽ cấp sau khi ký)" in found.missing()


def test_empty_post_is_answered(client, cast):
    client.force_login(cast.specialist)
    assert "Hãy dán nội dung văn bản" in client.post(PASTE, {"act": "read"}).content.decode()


@pytest.mark.parametrize("url", [PASTE, "/van-ban/soan/"])
def test_strangers_have_no_door_to_drafting(client, cast, url):
    client.force_login(cast.focal)
    assert client.get(url).status_code == 404
    client.force_login(cast.admin)
    assert client.get(url).status_code == 403


def test_a_new_letter_prints_its_symbol_from_the_start(client, cast):
    client.force_login(cast.specialist)
    look = client.get("/van-ban/soan/").context["look"]
    assert look.paper.number == f"/{cast.department.short_name}-{cast.division.short_name}"


@pytest.fixture
def draft(cast, now):
    return services.create_from_text(LETTER, actor=cast.specialist, now=now, division=cast.division)


def edit_url(draft):
    return reverse("directives:dispatch_edit", args=[draft.pk])


def test_saving_an_untouched_page_changes_no_word(client, cast, draft):
    client.force_login(cast.specialist)
    before = {row.label: (row.text, row.starts, row.ends, row.due_at) for row in draft.requirements.all()}
    response = client.post(edit_url(draft), fields(client.get(edit_url(draft))) | {"act": "save"})
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.version == 2
    assert {row.label: (row.text, row.starts, row.ends, row.due_at) for row in draft.requirements.all()} == before
    first, second = draft.versions.order_by("version")
    assert (first.body, first.requirements, first.addressees) == (second.body, second.requirements, second.addressees)


def test_a_stale_page_is_told_and_keeps_both_texts(client, cast, draft):
    client.force_login(cast.specialist)
    mine = fields(client.get(edit_url(draft)))
    client.force_login(cast.head)
    theirs = fields(client.get(edit_url(draft)))
    client.post(edit_url(draft), theirs | {"act": "save", "body": theirs["body"] + "\nĐoạn của trưởng phòng."})
    client.force_login(cast.specialist)
    mine |= {"act": "save", "body": mine["body"] + "\nĐoạn của chuyên viên."}
    response = client.post(edit_url(draft), mine)
    page = response.content.decode()
    assert "Phạm Quốc Việt đã lưu bản 2" in page
    stale = response.context["stale"]
    rows = [row for row in stale.changes.rows if row.kind != "same"]
    assert [change.text for row in rows for change in row.cells[0] if change.kind == "gone"] == ["trưởng phòng"]
    assert (stale.base, [row.version for row in stale.newer], stale.merged.clashes) == (1, [2], [])
    assert "Ghép cả hai" in page
    assert "Đoạn của chuyên viên." in page
    draft.refresh_from_db()
    assert draft.version == 2
    both = client.post(edit_url(draft), fields(response) | {"act": "merge", "base": "1"})
    assert both.context["draft"].main["body"].value().split("\n")[-2:] == [
        "Đoạn của trưởng phòng.",
        "Đoạn của chuyên viên.",
    ]
    assert fields(both)["version"] == 2
    again = client.post(edit_url(draft), fields(response) | {"act": "save"})
    draft.refresh_from_db()
    assert (again.status_code, draft.version) == (302, 3)
    assert draft.body.endswith("Đoạn của chuyên viên.")
    assert draft.versions.get(version=2).body.endswith("Đoạn của trưởng phòng.")


def test_one_more_row_keeps_what_was_typed(client, cast, draft):
    client.force_login(cast.specialist)
    data = fields(client.get(edit_url(draft))) | {"act": "add-requirements", "subject": "trích yếu đang gõ dở"}
    response = client.post(edit_url(draft), data)
    assert len(response.context["draft"].requirements) == 5
    assert "trích yếu đang gõ dở" in response.content.decode()
    draft.refresh_from_db()
    assert draft.version == 1


def test_reading_the_body_again_keeps_what_was_mapped(client, cast, draft):
    client.force_login(cast.specialist)
    data = fields(client.get(edit_url(draft)))
    data["requirements-0-evidence_kind"] = "photo"
    data["requirements-3-evidence_kind"] = "list"
    data["body"] = data["body"].replace(
        "4. Các doanh nghiệp", "4. Bưu điện tỉnh Hải Giang gửi số liệu chậm nhất ngày 22/01/2027.\n5. Các doanh nghiệp"
    )
    response = client.post(edit_url(draft), data | {"act": "reread"})
    rows = [form.initial for form in response.context["draft"].requirements]
    assert [row["label"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0]["evidence_kind"] == "photo"
    assert rows[3]["lead"] == [cast.postal]
    assert rows[4]["evidence_kind"] == "list"


def test_a_rewritten_demand_keeps_its_owner_and_takes_the_new_deadline(client, cast, draft):
    client.force_login(cast.specialist)
    data = fields(client.get(edit_url(draft)))
    data["requirements-1-lead"] = [f"unit-{cast.rival.pk}"]
    data["requirements-3-evidence_kind"] = "photo"
    data["body"] = (
        data["body"]
        .replace("không để tồn qua đêm", "không để tồn")
        .replace("trước ngày 20/01/2027", "chậm nhất ngày 25/01/2027")
    )
    rows = [
        form.initial for form in client.post(edit_url(draft), data | {"act": "reread"}).context["draft"].requirements
    ]
    assert (rows[1]["lead"], rows[1]["text"][-13:]) == ([cast.rival], "không để tồn.")
    assert (rows[3]["evidence_kind"], rows[3]["due_phrase"]) == ("photo", "chậm nhất ngày 25/01/2027")
    assert rows[3]["reading"].startswith("2027-01-26")


def test_preview_shows_the_unsaved_text_and_stores_nothing(client, cast, draft):
    client.force_login(cast.specialist)
    data = fields(client.get(edit_url(draft))) | {"body": "Một đoạn chưa lưu."}
    response = client.post(reverse("directives:dispatch_preview", args=[draft.pk]), data)
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("inline")
    assert client.get(reverse("directives:dispatch_preview", args=[draft.pk])).content.startswith(b"%PDF-")
    draft.refresh_from_db()
    assert draft.version == 1
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


def test_a_long_plan_of_demands_is_saved_from_the_page(client, cast, now):
    lines = [f"{n}. Các doanh nghiệp viễn thông báo cáo việc thứ {n} trước ngày 20/01/2027." for n in range(1, 81)]
    text = LETTER.split("1. Các")[0] + "\n".join(lines) + "\n\nNơi nhận:\n- Như trên."
    long = services.create_from_text(text, actor=cast.specialist, now=now, division=cast.division)
    client.force_login(cast.specialist)
    response = client.post(edit_url(long), fields(client.get(edit_url(long))) | {"act": "save"})
    assert response.status_code == 302
    assert long.requirements.count() == 80
