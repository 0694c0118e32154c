"""Every view of a paper is a row of its history, written in one statement; only the house reads that history."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.models import Evidence
from directives import services
from directives.models import DispatchLook, Receipt
from directives.states import LookKind
from tests import make
from units.models import Delegation
from units.services.files import store_bytes

pytestmark = pytest.mark.django_db
TABLE = DispatchLook._meta.db_table
OF_A_DRAFT = {"dispatch_edit": "draft", "dispatch_compare": "compare", "dispatch_again": "page", "dispatch_log": "log"}
OF_A_FILED_ONE = {
    "dispatch_detail": "page",
    "dispatch_preview": "preview",
    "dispatch_word": "word",
    "dispatch_pdf": "pdf",
    "dispatch_scan": "scan",
    "dispatch_pages": "pages",
}


def url(name, paper):
    return reverse(f"directives:{name}", args=[paper.pk])


def looks():
    return list(DispatchLook.objects.order_by("pk").values_list("dispatch", "user", "what"))


@pytest.fixture
def filed(cast, now):
    kept = store_bytes(b"%PDF-1.4", name="van-ban.pdf", content_type="application/pdf", actor=None, now=now)
    paper = make.dispatch(cast, "issued", addressed=[cast.telecom], pdf=kept, pdf_sha256=kept.sha256, scan=kept)
    Receipt.objects.create(dispatch=paper, unit=cast.telecom, unit_name="Viễn thông", version=1, sent_at=now)
    return paper


def read(client, address):
    answer = client.get(address)
    if answer.streaming:  # read to its end, the file is closed
        b"".join(answer.streaming_content)
    return answer.status_code


def test_each_way_of_reading_is_written_down_in_one_statement(client, cast, draft, filed):
    client.force_login(cast.specialist)
    expected = []
    for paper, ways in ((draft, OF_A_DRAFT), (filed, OF_A_FILED_ONE)):
        for name, what in ways.items():
            with CaptureQueriesContext(connection) as queries:
                assert read(client, url(name, paper) + "?tu=1&den=1") == 200, name
            asked = [query["sql"] for query in queries if TABLE in query["sql"]]
            assert asked[0].startswith("INSERT") and (len(asked) == 1 or name == "dispatch_log")
            expected.append((paper.pk, cast.specialist.pk, what))
    assert looks() == expected
    assert (
        read(client, reverse("directives:dispatch_page", args=[filed.pk, 1])) == 404
    )  # no real PDF; asked for after a look
    assert looks() == expected


def test_a_picture_asked_for_alone_is_a_view(cast, filed, now):
    for moment in (now, now + timedelta(minutes=5), now + timedelta(hours=2)):
        services.note_pages(filed, actor=cast.focal, now=moment)
    assert looks() == [(filed.pk, cast.focal.pk, "pages")] * 2


def test_what_is_refused_is_no_view(client, cast, draft, filed):
    client.force_login(cast.stranger)
    for name in OF_A_FILED_ONE:
        assert read(client, url(name, filed)) == 404
    client.force_login(cast.focal)
    assert read(client, url("dispatch_log", filed)) == 404 == read(client, url("dispatch_edit", draft))
    assert looks() == []
    assert read(client, url("dispatch_detail", filed)) == read(client, url("dispatch_pdf", filed)) == 200
    assert looks() == [(filed.pk, cast.focal.pk, "page"), (filed.pk, cast.focal.pk, "pdf")]


def test_the_file_of_a_proof_is_a_view_of_its_paper(client, cast, now):
    task = make.assignment(cast, "submitted")
    kept = store_bytes(b"%PDF-1.4", name="Nguyễn Văn A.pdf", content_type="application/pdf", actor=None, now=now)
    proof = Evidence.objects.create(assignment=task, file=kept, filed_by=cast.focal, filed_at=now)
    client.force_login(cast.head)
    assert read(client, reverse("assignments:evidence_file", args=[proof.pk])) == 200
    look = DispatchLook.objects.get()
    assert (look.dispatch_id, look.what, look.detail) == (task.dispatch_id, "evidence", f"tệp số {proof.pk}")


def test_the_log_tells_who_and_for_whom_filters_and_costs_the_same(client, cast, draft, now):
    lent = Delegation.objects.create(
        giver=cast.leader,
        taker=cast.head,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1),
        reason="đi công tác",
        made_at=now,
    )
    for user, under in ((cast.head, lent), (cast.clerk, None)):
        DispatchLook.objects.create(dispatch=draft, user=user, what=LookKind.PDF, at=now, under=under)
    client.force_login(cast.admin)
    page = client.get(url("dispatch_log", draft))
    told = [(line.kind, line.actor, line.giver, line.what) for line in page.context["page"]]
    me = cast.admin.full_name
    assert told[0] == ("Lượt xem văn bản", me, "", "Nhật ký văn bản")
    assert set(told[1:]) == {
        ("Lượt xem văn bản", cast.head.full_name, cast.leader.full_name, "Tệp PDF đã lưu"),
        ("Lượt xem văn bản", cast.clerk.full_name, "", "Tệp PDF đã lưu"),
        ("Văn bản", cast.specialist.full_name, "", "Dự thảo: Lập dự thảo"),
    }
    assert f"xử lý thay {cast.leader.full_name}" in page.text

    def shown(**query):
        return {(line.kind, line.actor) for line in client.get(url("dispatch_log", draft), query).context["page"]}

    assert shown(part="xu-ly") == {("Văn bản", cast.specialist.full_name)}
    assert shown(part="xem", who=cast.clerk.full_name) == {("Lượt xem văn bản", cast.clerk.full_name)}
    assert shown(part="khác", page="x") >= {("Văn bản", cast.specialist.full_name)}

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url("dispatch_log", draft))
        return len(queries)

    few = cost()
    for _ in range(60):
        services.note_look(draft, actor=cast.clerk, now=timezone.now(), what=LookKind.PAGE)
    assert cost() == few
    assert client.get(url("dispatch_log", draft)).context["page"].paginator.num_pages == 2
