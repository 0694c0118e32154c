"""A decision holds for the text that was on the page, not for whatever stands there by the time the button is pressed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from directives import services
from tests.directives.acts import REASON, save, walk_to

pytestmark = pytest.mark.django_db
STANDS_AT = {"submit": "draft", "review": "review", "approve": "review", "sign": "approved"}
ACTORS = {"submit": "specialist", "review": "head", "approve": "leader", "sign": "leader"}


@pytest.fixture
def rewritten(cast, draft, parts, now):
    """The paper at a step, back at that step after its author took it back and wrote it anew."""

    def rewrite(status):
        dispatch = walk_to(draft, cast, now, status)
        if status != "draft":
            dispatch = services.return_dispatch(dispatch, actor=cast.leader, now=now, reason=REASON)
        dispatch = save(dispatch, parts, actor=cast.specialist, now=now, subject="một trích yếu khác hẳn")
        return walk_to(dispatch, cast, now, status)

    return rewrite


def filled(client, path):
    form = client.get(path).context["form"]
    return {bound.html_name: bound.value() for bound in form if bound.value() is not None}


@pytest.mark.parametrize("verb", STANDS_AT)
def test_an_old_page_decides_nothing_about_the_new_text(client, cast, draft, parts, now, verb):
    walk_to(draft, cast, now, STANDS_AT[verb])
    path = reverse(f"directives:dispatch_{verb}", args=[draft.pk])
    client.force_login(getattr(cast, ACTORS[verb]))
    old = filled(client, path)
    if verb != "submit":
        services.return_dispatch(draft, actor=cast.leader, now=now, reason=REASON)
    save(draft, parts, actor=cast.specialist, now=now, subject="một trích yếu khác hẳn")
    draft.refresh_from_db()
    walk_to(draft, cast, now, STANDS_AT[verb])
    if "signed_at" in old:
        old["signed_at"] = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
    response = client.post(path, old)
    draft.refresh_from_db()
    assert (response.status_code, draft.status, draft.version) == (200, STANDS_AT[verb], 2)
    assert draft.reviewed_by is None
    assert "bây giờ là bản 2" in response.content.decode()
    assert client.post(path, old | {"version": 2}).status_code == 302


@pytest.mark.parametrize("verb", STANDS_AT)
def test_the_verbs_refuse_another_version(cast, rewritten, now, verb):
    dispatch = rewritten(STANDS_AT[verb])
    more = {"authority": cast.authority, "signed_at": now} if verb == "sign" else {}
    act = getattr(services, f"{verb}_dispatch")
    with pytest.raises(ValidationError) as refusal:
        act(dispatch, actor=getattr(cast, ACTORS[verb]), now=now, version=1, **more)
    assert refusal.value.code == "stale"
    assert act(dispatch, actor=getattr(cast, ACTORS[verb]), now=now, version=2, **more)


@pytest.mark.parametrize("verb", STANDS_AT)
def test_a_page_that_names_no_version_decides_nothing(client, cast, draft, now, verb):
    dispatch = walk_to(draft, cast, now, STANDS_AT[verb])
    client.force_login(getattr(cast, ACTORS[verb]))
    response = client.post(reverse(f"directives:dispatch_{verb}", args=[dispatch.pk]), {"note": "Đồng ý"})
    dispatch.refresh_from_db()
    assert (response.status_code, dispatch.status, dispatch.reviewed_by) == (200, STANDS_AT[verb], None)


def test_a_link_from_an_old_page_leads_back_to_the_text(client, cast, rewritten):
    dispatch = rewritten("review")
    client.force_login(cast.leader)
    path = reverse("directives:dispatch_approve", args=[dispatch.pk])
    assert f"{path}?ban=2" in client.get(dispatch.get_absolute_url()).content.decode()
    assert client.get(path, {"ban": 2}).status_code == 200
    back = client.get(path, {"ban": 1}, follow=True)
    assert back.redirect_chain[-1][0] == dispatch.get_absolute_url()
    assert "bây giờ là bản 2" in back.content.decode()
