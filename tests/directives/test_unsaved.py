"""What is being typed: kept for its writer, told to the others, gone once saved; a mark of secrecy leaves nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from directives import services, sweeps
from directives.models import Unsaved
from directives.selectors import others_at, typed, unsaved_of
from tests.directives.acts import BODY, save, walk_to
from tests.directives.pasted import MARKED

pytestmark = pytest.mark.django_db
TYPED = {"subject": ["bảo đảm thông tin"], "body": [f"{BODY}\n3. Đang viết\0 dở"], "version": ["1"], "rows": ["1", "2"]}


def keep(draft, actor, now, **more):
    return services.keep_unsaved(draft, actor=actor, now=now, base_version=1, data=TYPED | more)


def page(name, *args):
    return reverse(f"directives:{name}", args=args)


def test_one_row_a_person_and_draft_on_any_computer(cast, draft, now):
    keep(draft, cast.specialist, now)
    keep(draft, cast.head, now)
    keep(None, cast.specialist, now)
    last = keep(draft, cast.specialist, now + timedelta(minutes=1), subject=["khác"])
    assert Unsaved.objects.count() == 3
    assert unsaved_of(draft, cast.specialist) == last
    assert typed(last).getlist("rows") == ["1", "2"]
    assert (typed(last)["subject"], typed(last)["version"]) == ("khác", "1")
    assert typed(last)["body"].endswith("3. Đang viết dở"), "a letter no database holds is left out"
    assert [(row.author, row.typing) for row in others_at(draft, cast.head, now + timedelta(minutes=12))] == [
        (cast.specialist, False)
    ]


def test_saving_ends_only_ones_own(cast, draft, parts, now):
    keep(draft, cast.specialist, now)
    keep(draft, cast.head, now)
    saved = save(draft, parts, actor=cast.head, now=now)
    assert [row.author for row in Unsaved.objects.all()] == [cast.specialist]
    assert keep(saved, cast.head, now, subject=[saved.subject], body=[saved.body]) is None, "an answer that came late"
    assert not Unsaved.objects.filter(author=cast.head).exists()


def test_a_mark_of_secrecy_takes_what_was_kept_with_it(cast, draft, now):
    keep(draft, cast.specialist, now)
    with pytest.raises(ValidationError) as refusal:
        keep(draft, cast.specialist, now, body=[MARKED])
    assert refusal.value.code == "secret"
    assert not Unsaved.objects.exists()


def test_strangers_and_endless_texts_are_refused(cast, draft, now):
    keep(draft, cast.specialist, now)
    with pytest.raises(ValidationError, match="1000 kB"):
        keep(draft, cast.specialist, now, body=["đ" * 600_000])
    assert unsaved_of(draft, cast.specialist)
    for person, paper in ((cast.leader, draft), (cast.admin, None)):
        with pytest.raises(PermissionDenied):
            keep(paper, person, now)


def test_what_nobody_came_back_to_goes_after_thirty_days(cast, draft, now):
    keep(draft, cast.specialist, now - timedelta(days=30, minutes=1))
    keep(draft, cast.head, now - timedelta(days=29))
    sweeps.forget_unsaved(now=now)
    assert [row.author for row in Unsaved.objects.all()] == [cast.head]


def test_the_answer_says_what_the_writer_ought_to_know(client, cast, draft, parts, now):
    client.force_login(cast.specialist)
    sent = {"version": "1", "body": "1. Đang gõ.", "subject": "x", "csrfmiddlewaretoken": "t", "act": "save"}
    answer = client.post(page("unsaved_keep", draft.pk), sent)
    assert (answer.status_code, 'data-said="kept"' in answer.content.decode()) == (200, True)
    assert Unsaved.objects.get().data == {"version": ["1"], "body": ["1. Đang gõ."], "subject": ["x"]}
    keep(draft, cast.head, now)
    answer = client.post(page("unsaved_keep", draft.pk), sent)
    for told in (answer, client.get(page("dispatch_edit", draft.pk))):
        assert "Phạm Quốc Việt đang sửa bản này, lần gõ gần nhất" in told.content.decode()
    save(draft, parts, actor=cast.head, now=now, body="1. Lời mới.", note="đổi hạn")
    answer = client.post(page("unsaved_keep", draft.pk), sent)
    assert answer.status_code == 409
    assert "Phạm Quốc Việt đã lưu bản 2" in answer.content.decode()
    assert "(đổi hạn)" in answer.content.decode()
    assert f"{page('dispatch_compare', draft.pk)}?tu=1&amp;den=2" in answer.content.decode()
    draft.refresh_from_db()
    walk_to(draft, cast, now, "review")
    answer = client.post(page("unsaved_keep", draft.pk), sent | {"version": "2"})
    assert (answer.status_code, 'data-said="closed"' in answer.content.decode()) == (409, True)
    assert Unsaved.objects.get().base_version == 2, "kept, whatever became of the draft"
    answer = client.post(page("unsaved_keep", draft.pk), sent | {"body": MARKED})
    assert (answer.status_code, MARKED[:40] in answer.content.decode()) == (422, False)
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²"])
def test_a_version_that_is_none_counts_as_the_stored_one(client, cast, draft, version):
    client.force_login(cast.specialist)
    assert client.post(page("unsaved_keep", draft.pk), {"version": version}).status_code == 200
    assert Unsaved.objects.get().base_version == 1


def test_a_new_draft_and_dropping_it(client, cast, draft, now):
    client.force_login(cast.specialist)
    assert client.post(page("unsaved_new"), {"subject": "x"}).status_code == 200
    keep(draft, cast.specialist, now)
    assert client.post(page("unsaved_drop_new")).url == page("dispatch_new")
    assert client.post(page("unsaved_drop", draft.pk)).url == page("dispatch_edit", draft.pk)
    assert not Unsaved.objects.exists()
    client.force_login(cast.focal)
    assert client.post(page("unsaved_new"), {"subject": "x"}).status_code == 404
    assert client.post(page("unsaved_keep", draft.pk), {"subject": "x"}).status_code == 404


def test_a_secret_page_leaves_no_earlier_draft_of_it(client, cast, draft, now):
    keep(draft, cast.specialist, now)
    client.force_login(cast.specialist)
    assert client.post(page("dispatch_edit", draft.pk), {"body": MARKED, "act": "save"}).status_code == 422
    assert not Unsaved.objects.exists()
