"""Versions of a draft: each holds the whole of it, with its annexes; what the database refuses about them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from directives import services
from directives.models import Dispatch, DispatchVersion, DispatchView, MovedDate, PrintedPlace, Unsaved
from directives.selectors import to_paper
from directives.selectors.rows import draft_values
from tests import make
from tests.directives.acts import BODY, save, walk_to

pytestmark = pytest.mark.django_db
ANNEXES = "Phụ lục I\nDANH SÁCH TRẠM\n1. Trạm A.\nPhụ lục II\nMẪU BÁO CÁO\n1. Số trạm."


def test_annexes_are_kept_with_each_version_and_printed(cast, draft, parts, now):
    saved = save(draft, parts, actor=cast.head, now=now, annexes=f"{ANNEXES}\r\n", note="thêm  hai phụ lục")
    assert [(each.label, each.title) for each in to_paper(saved).annexes] == [
        ("Phụ lục I", "DANH SÁCH TRẠM"),
        ("Phụ lục II", "MẪU BÁO CÁO"),
    ]
    first, second = draft.versions.order_by("version")
    assert (first.annexes, second.annexes) == ("", ANNEXES)
    assert (first.note, second.note) == ("Lập dự thảo", "thêm hai phụ lục")
    assert saved.history.order_by("-pk")[0].note == "Lưu bản 2: thêm hai phụ lục"
    again = save(saved, parts, actor=cast.head, now=now, version=2)
    assert again.annexes == ANNEXES, "what a page does not name stays as it is"


def test_a_version_holds_what_makes_the_draft_again(cast, draft, parts):
    whole = draft.versions.get().whole
    assert whole["division"] == cast.division.pk
    assert [(line["groups"], line["units"]) for line in whole["addressees"]] == [
        ([cast.group.pk], []),
        ([], [cast.postal.pk]),
    ]
    assert [row["targets"] for row in whole["requirements"]] == [
        [["unitgroup", cast.group.pk, "lead"]],
        [["unit", cast.postal.pk, "lead"]],
    ]


def test_the_database_refuses_what_cannot_be(cast, draft, now):
    paper, signed = make.dispatch(cast), make.dispatch(cast, "signed")
    demand = make.requirement(paper)
    date = {"old": "05/01/2026", "new": "05/01/2027", "why": "năm sau", "old_on": "2026-01-05", "new_on": "2027-01-05"}
    Unsaved.objects.create(dispatch=paper, author=cast.head, at=now)
    Unsaved.objects.create(author=cast.head, at=now)
    seen = {"dispatch": paper, "user": cast.head, "at": now}
    for impossible in (
        lambda: DispatchVersion.objects.update(note="khác"),
        lambda: Dispatch.objects.filter(pk=signed.pk).update(annexes="Phụ lục"),
        lambda: Unsaved.objects.create(dispatch=paper, author=cast.head, at=now),
        lambda: Unsaved.objects.create(author=cast.head, at=now),
        lambda: DispatchView.objects.create(**seen, version=2, earlier=2, earlier_at=now),
        lambda: DispatchView.objects.create(**seen, version=2, earlier=1),
        lambda: MovedDate.objects.create(dispatch=paper, order=1, confirmed_by=cast.head, **date),
        lambda: PrintedPlace.objects.create(requirement=demand, page=0, left=1, top=1, right=2, bottom=2),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            impossible()


def test_a_paper_drawn_from_another_lists_its_moved_dates(cast, draft, now):
    date = {"old": "05/01/2026", "new": "05/01/2027", "why": "năm sau", "old_on": "2026-01-05", "new_on": "2027-01-05"}
    made = services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="x",
        body="Xong trước ngày 05/01/2027.",
        division=cast.division,
        drawn_from=draft,
        moved=[date],
    )
    assert list(draft.successors.all()) == [made]
    assert list(made.moved_dates.values_list("order", "new", "confirmed_by")) == [(1, "05/01/2027", None)]


def url(name, dispatch):
    return reverse(f"directives:dispatch_{name}", args=[dispatch.pk])


def parts_of(page):
    return {part.title: part.changes.said() for part in page.context["parts"]}


def test_everything_a_reader_decides_about_is_compared(client, cast, draft, parts, now):
    changed = parts | {
        "addressees": [parts["addressees"][0] | {"groups": [], "units": [cast.telecom]}],
        "copies": [*parts["copies"], {"text": "Lưu: VT", "unit": None}],
        "requirements": [parts["requirements"][0] | {"due_at": now}, parts["requirements"][1]],
        "bases": [],
    }
    fields = {"kind": "thông báo", "urgency": "khẩn", "body": BODY.replace("giữ an toàn", "bảo đảm an toàn")}
    save(draft, changed, actor=cast.head, now=now, annexes=ANNEXES, note="theo ý kiến lãnh đạo", **fields)
    client.force_login(cast.leader)
    page = client.get(url("compare", draft))
    assert parts_of(page) == {
        "Thông tin chung": "2 chỗ sửa",
        "Kính gửi": "1 chỗ sửa, 1 đoạn bỏ",
        "Căn cứ": "1 đoạn bỏ",
        "Nội dung": "1 chỗ sửa",
        "Phụ lục": "6 đoạn thêm",
        "Yêu cầu": "1 chỗ sửa",
        "Nơi nhận": "1 đoạn thêm",
    }
    assert page.context["same"] == ["Trích yếu"]
    assert "theo ý kiến lãnh đạo" in page.content.decode()
    assert "Lấy lại" not in page.content.decode().partition("<main")[2].partition("<form")[2], "a leader does not edit"


def test_an_earlier_version_is_made_the_draft_again_as_it_was(client, cast, draft, parts, now):
    before = draft_values(draft)
    save(draft, parts | {"addressees": [], "requirements": []}, actor=cast.head, now=now, body="Khác hẳn.", annexes="x")
    Unsaved.objects.create(dispatch=draft, author=cast.specialist, at=now)
    client.force_login(cast.specialist)
    assert "Lấy lại bản 1" in client.get(url("compare", draft)).content.decode()
    sent = {"ban": "1", "version": "2"}
    assert client.post(url("restore", draft), sent).url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft_values(draft) == before | {"version": 3}
    assert draft.versions.get(version=3).note == "Lấy lại bản 1"
    assert Unsaved.objects.exists(), "what was typed is still there"
    for wrong in (sent, {"ban": "3", "version": "3"}, {"ban": "9" * 30, "version": "3"}):
        assert "bản" in client.post(url("restore", draft), wrong, follow=True).content.decode()
    assert client.post(url("restore", draft), {"ban": "x"}).status_code == 400
    client.force_login(cast.leader)
    assert client.post(url("restore", draft), {"ban": "1", "version": "3"}).status_code == 403
    assert draft.versions.count() == 3


def test_a_version_kept_before_its_owners_were_says_so(cast, draft, now):
    DispatchVersion.objects.create(dispatch=draft, version=7, subject="x", body="y", author=cast.head, at=now)
    with pytest.raises(ValidationError) as refusal:
        services.restore_version(draft, actor=cast.head, now=now, version=1, earlier=7)
    assert refusal.value.code == "words_only"


def test_who_decides_sees_first_what_changed_since_they_looked(client, cast, draft, parts, now):
    client.force_login(cast.head)
    assert client.get(draft.get_absolute_url()).context["since"] is None
    changed = save(draft, parts, actor=cast.specialist, now=now, body=BODY.replace("thư công", "thư công, bưu phẩm"))
    walk_to(changed, cast, now, "review")
    for _ in range(2):  # read again, it is still there
        since = client.get(draft.get_absolute_url()).context["since"]
        assert (since.version, [(part.title, part.changes.said()) for part in since.parts]) == (
            1,
            [("Nội dung", "1 chỗ sửa")],
        )
    assert "Từ lần xem trước" in client.get(draft.get_absolute_url()).content.decode()
    client.force_login(cast.specialist)
    assert client.get(draft.get_absolute_url()).context["since"] is None, "who wrote it has seen it"
    assert set(DispatchView.objects.values_list("user__username", "version", "earlier")) == {
        (cast.head.username, 2, 1),
        (cast.specialist.username, 2, None),
    }
