"""Two people on one draft: one wins, the other is told, and what both did can be made one."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from directives.models import Dispatch, Unsaved
from directives.selectors.merging import merged
from directives.selectors.rows import draft_values, values_of
from tests.directives.acts import BODY, save
from tests.directives.pasted import fields

FIRST = BODY.split("\n")[2]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(cast, draft, parts, now):
    gate, raised = threading.Barrier(2), []

    def write(person):
        try:
            gate.wait()
            save(draft, parts, actor=person, now=now, subject=f"lời của {person.full_name}")
        except ValidationError as refusal:
            raised.append((refusal.code, person))
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(person,)) for person in (cast.specialist, cast.head)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    [(code, loser)] = raised
    assert code == "stale"
    assert Dispatch.objects.get().version == draft.versions.count() == 2
    assert Dispatch.objects.get().subject != f"lời của {loser.full_name}"


@pytest.mark.django_db
def test_what_two_people_did_becomes_one(cast, draft, parts, now):
    base = values_of(draft.versions.get())
    demands = parts["requirements"]
    theirs = parts | {"requirements": [demands[0] | {"due_at": now}, demands[1]], "addressees": parts["addressees"][:1]}
    saved = save(
        draft, theirs, actor=cast.head, now=now, urgency="khẩn", body=BODY.replace("trạm phát", "trạm thu phát")
    )
    mine = base | {
        "body": BODY.replace("thư công", "thư công, bưu phẩm"),
        "copies": [*base["copies"], {"text": "Lưu: VT", "unit": None}],
        "requirements": [base["requirements"][0], base["requirements"][1] | {"must_report": False}],
    }
    both = merged(base, mine, draft_values(saved))
    assert both.clashes == []
    values = both.values
    assert (values["urgency"], values["version"]) == ("khẩn", 2)
    assert values["body"] == BODY.replace("trạm phát", "trạm thu phát").replace("thư công", "thư công, bưu phẩm")
    assert [row["text"] for row in values["addressees"]] == ["Các doanh nghiệp viễn thông"]
    assert [row["text"] for row in values["copies"]] == ["Như trên", "UBND tỉnh (b/c)", "Lưu: VT"]
    assert [(row["due_at"], row["must_report"]) for row in values["requirements"]] == [(now, False), (None, False)]
    elsewhere = [
        row | {"due_at": row["due_at"] and timezone.localtime(row["due_at"])} for row in values["requirements"]
    ]
    again = merged(values, mine | {"requirements": elsewhere}, values)
    assert again.clashes == [], "an hour told in another zone is the same hour"
    assert [row["text"] for row in again.values["requirements"]] == [row["text"] for row in values["requirements"]]


@pytest.mark.django_db
@pytest.mark.parametrize(("prefer", "said"), [("mine", "lời của tôi"), ("theirs", "lời của họ")])
def test_a_demand_says_what_the_body_says(draft, prefer, said):
    base = values_of(draft.versions.get())

    def saying(words, **more):
        first, second = base["requirements"]
        first = first | {"text": first["text"].replace("kiểm tra", words)}
        return base | {"body": BODY.replace("kiểm tra", words), "requirements": [first | more, second]}

    both = merged(base, saying("lời của tôi", must_report=True), saying("lời của họ"), prefer)
    assert [title for title, _ in both.clashes] == ["Nội dung"], "told once, where it is read"
    assert said in both.values["body"]
    assert said in both.values["requirements"][0]["text"]
    alone = merged(base, saying("kiểm tra", must_report=True), saying("lời của họ"))
    assert (alone.values["requirements"][0]["must_report"], alone.values["requirements"][0]["label"]) == (True, "1")


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "kept"), [("merge", "15/01/2027"), ("merge-theirs", "10/01/2027")])
def test_where_both_changed_one_paragraph_the_writer_chooses(client, cast, draft, parts, now, act, kept):
    client.force_login(cast.specialist)
    path = reverse("directives:dispatch_edit", args=[draft.pk])
    mine = fields(client.get(path))
    mine |= {"body": BODY.replace("20/01/2027", "15/01/2027"), "subject": "của tôi", "act": "save"}
    save(draft, parts, actor=cast.head, now=now, body=BODY.replace("20/01/2027", "10/01/2027"), subject="của họ")
    Unsaved.objects.create(dispatch=draft, author=cast.specialist, at=now)
    told = client.post(path, mine)
    clashes = told.context["stale"].merged.clashes
    assert [(title, clash.base) for title, clash in clashes] == [
        ("Trích yếu", "bảo đảm thông tin liên lạc"),
        ("Nội dung", FIRST),
    ]
    assert "chỗ trùng lấy của tôi" in told.content.decode()
    again = client.post(path, fields(told) | {"act": "check", "base": "1"})
    assert again.context["stale"].merged.clashes == clashes, "another button forgets nothing"
    page = client.post(path, fields(told) | {"act": act, "base": "1"})
    assert kept in page.context["draft"].main["body"].value()
    assert client.post(path, fields(page) | {"act": "save", "note": "ghép với trưởng phòng"}).status_code == 302
    draft.refresh_from_db()
    assert draft.versions.get(version=3).note == "ghép với trưởng phòng"
    assert (draft.version, kept in draft.body, Unsaved.objects.count()) == (3, True, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("base", ["0", "7", "9" * 10])
def test_no_version_to_begin_from_changes_nothing(client, cast, draft, base):
    client.force_login(cast.specialist)
    path = reverse("directives:dispatch_edit", args=[draft.pk])
    page = client.post(path, fields(client.get(path)) | {"act": "merge", "base": base, "body": "Đang gõ."})
    assert page.status_code == 200
    assert page.context["draft"].main["body"].value() == "Đang gõ."
    assert "không ghép được" in page.content.decode()
