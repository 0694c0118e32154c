"""A character the fonts lack is refused while the text can still be changed, not found out once the number is taken."""

import pytest
from django.urls import reverse

from directives.models import Dispatch
from tests import make
from tests.directives.acts import save, walk_to

pytestmark = pytest.mark.django_db
EMOJI = "Sở yêu cầu trực 24/24 giờ 😀."
VERBS = [("submit", "draft", "specialist"), ("review", "review", "head"), ("approve", "review", "leader")]


@pytest.mark.parametrize("part", ["body", "copies"])
@pytest.mark.parametrize("verb, status, who", VERBS)
def test_what_the_fonts_lack_goes_no_further(client, cast, draft, parts, now, verb, status, who, part):
    if part == "body":
        save(draft, parts, actor=cast.specialist, now=now, body=EMOJI)
    else:
        save(draft, parts | {"copies": [{"text": "Như trên 😀"}]}, actor=cast.specialist, now=now)
    draft.refresh_from_db()
    walk_to(draft, cast, now, status)
    client.force_login(getattr(cast, who))
    path = reverse(f"directives:dispatch_{verb}", args=[draft.pk])
    assert "“😀” (U+1F600)" in client.get(path).content.decode()
    response = client.post(path, {"version": 2})
    draft.refresh_from_db()
    assert (response.status_code, draft.status, draft.reviewed_by) == (200, status, None)
    assert response.content.decode().count("“😀” (U+1F600)") == 1
    assert "“😀” (U+1F600)" in client.get(draft.get_absolute_url()).content.decode()


def test_no_number_is_taken_by_a_paper_that_cannot_be_printed(client, cast):
    bad = make.dispatch(cast, "signed", body=EMOJI)
    client.force_login(cast.clerk)
    response = client.post(reverse("directives:dispatch_number", args=[bad.pk]), follow=True)
    assert "“😀” (U+1F600)" in response.content.decode()
    assert Dispatch.objects.get().number is None
