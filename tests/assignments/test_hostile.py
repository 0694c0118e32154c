"""What may not come in through a unit's page: marks of state secrecy, and files without end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assignments.forms import MOST_FILES
from assignments.models import Assignment, Evidence, Extension
from assignments.states import AssignmentStatus
from tests import make
from tests.assignments.test_views import PAGES, WHY, address, filled, prepared

MARKED = "TỐI MẬT\nSố liệu bố trí trạm tại khu vực trọng yếu"
WORDS = [
    (name, field)
    for name, (_, _, posted, _) in PAGES.items()
    for field in ("question", "reason", "answer", "text", "note")
    if field in posted
] + [("assignment_decide_extension", "answer")]


def text_file(n):
    return SimpleUploadedFile(f"anh-{n}.txt", f"Số liệu trạm {n}".encode())


@pytest.mark.parametrize(("name", "field"), WORDS)
def test_a_mark_of_secrecy_is_kept_nowhere(client, cast, settings, name, field):
    who, start, _, _ = PAGES[name]
    assignment = prepared(cast, name)
    posted = filled(cast, name) | {field: MARKED}
    if field == "text":
        posted["uploads"] = [text_file(1)]
    client.force_login(getattr(cast, who))
    answer = client.post(address(name, assignment), posted)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "bí mật nhà nước" in page
    assert "trạm tại khu vực" not in page
    assert Assignment.objects.get(pk=assignment.pk).status == start
    assert not assignment.history.exists()
    assert not Evidence.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*"))
    assert set(Extension.objects.values_list("granted", "reason", "answer")) <= {(None, WHY, "")}


def test_a_reason_that_speaks_of_secrets_in_a_sentence_is_no_mark(client, cast):
    assignment = make.assignment(cast, AssignmentStatus.SENT)
    client.force_login(cast.focal)
    why = "Nội dung này thuộc diện mật nên đơn vị sẽ gửi qua văn thư."
    assert client.post(address("assignment_ask", assignment), {"question": why}).status_code == 302


@pytest.mark.parametrize("name", ["assignment_submit", "evidence_new"])
def test_one_act_takes_ten_files_and_no_more(client, cast, settings, name):
    assignment = make.assignment(cast, AssignmentStatus.ACCEPTED)
    client.force_login(cast.focal)
    posted = {"text": "Ảnh các trạm", "uploads": [text_file(n) for n in range(MOST_FILES + 1)]}
    answer = client.post(address(name, assignment), posted)
    assert answer.status_code == 200
    assert "11 tệp" in str(answer.context["form"].errors["uploads"])
    assert "Ảnh các trạm" in answer.content.decode()
    assert not Evidence.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*"))
    posted["uploads"] = [text_file(n) for n in range(MOST_FILES)]
    assert client.post(address(name, assignment), posted).status_code == 302
    assert Evidence.objects.exclude(file=None).count() == MOST_FILES
