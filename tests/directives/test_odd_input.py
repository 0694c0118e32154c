"""What a page can be made to send: invisible characters, days beyond the calendar, numbers of nothing. Always a sentence."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from directives import services
from directives.deadlines import end_of, readings
from directives.forms import DraftForms, SignForm, WaiveForm
from directives.models import Dispatch
from tests.directives.acts import REASON, walk_to
from tests.directives.test_views_drafting import edit_url, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, cast, draft):
    client.force_login(cast.specialist)
    return fields(client.get(edit_url(draft)))


def saved(client, draft, data):
    response = client.post(edit_url(draft), data | {"act": "save"})
    return response.status_code == 302, response


@pytest.mark.parametrize("name", ["subject", "body"])
def test_a_text_of_nothing_visible_is_refused_at_its_field(client, draft, page, name):
    done, response = saved(client, draft, page | {name: "\u200b"})
    assert not done
    assert response.context["draft"].main.errors[name]
    assert Dispatch.objects.get().version == 1


def test_a_symbol_too_long_is_named(client, cast, draft, page):
    cast.division.periods.update(short_name="X" * 50)
    type(cast.division).objects.filter(pk=cast.division.pk).update(short_name="X" * 50)
    done, response = saved(client, draft, page)
    assert not done
    assert "Ký hiệu: " in response.content.decode()
    response = client.post(reverse("directives:dispatch_new"), page | {"act": "save"})
    assert response.status_code == 200
    assert Dispatch.objects.count() == 1


@pytest.mark.parametrize("item", ["999999", "99999999999999999999999"])
def test_a_plan_item_that_is_gone_does_not_stop_the_draft(client, draft, page, item):
    done, response = saved(client, draft, page | {"requirements-0-plan_item": item})
    assert response.status_code in (200, 302)
    assert done == (item == "999999")
    assert not draft.requirements.exclude(plan_item=None).exists()


def test_preview_of_a_division_without_short_name_says_so(client, cast, draft, page):
    type(cast.division).objects.filter(pk=cast.division.pk).update(short_name="")
    response = client.post(reverse("directives:dispatch_preview", args=[draft.pk]), page)
    assert response.status_code == 422
    assert "chưa có tên viết tắt" in response.content.decode()


@pytest.mark.parametrize("days, good", [(119, True), (120, False), (None, False)])
def test_a_daily_demand_lasts_at_most_120_days(client, draft, page, days, good):
    first = date(2027, 1, 1)
    last = first + timedelta(days=days) if days else date(2100, 12, 31)
    daily = {"every": "day", "repeat_from": first, "repeat_until": last}
    done, response = saved(client, draft, page | {f"requirements-0-{name}": value for name, value in daily.items()})
    assert done == good
    if not good:
        assert "tối đa 120 ngày" in response.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["requirements-0-due_on", "requirements-0-repeat_until", "bases-0-issued_on"])
def test_days_beyond_the_calendar_are_refused(client, draft, page, name, day):
    done, response = saved(client, draft, page | {name: day})
    assert (done, response.status_code) == (False, 200)
    assert "31/12/2100" in response.content.decode()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_moments_beyond_the_calendar_are_refused(cast, draft, now, moment):
    numbered = walk_to(draft, cast, now, "approved")
    sign = SignForm({"signed_at": moment, "authority": cast.authority.pk, "version": 1}, dispatch=numbered, now=now)
    waive = WaiveForm({"due_at": moment, "reason": REASON})
    assert [set(form.errors) for form in (sign, waive)] == [{"signed_at"}, {"due_at"}]


@pytest.mark.parametrize(
    "phrase", ["chậm nhất ngày 31/12/9999", "trước 24 giờ 00 ngày 31/12/9999", "trước ngày 01/01/1000"]
)
def test_no_meaning_is_made_of_a_day_beyond_the_calendar(cast, now, phrase):
    assert readings(phrase, date(2026, 11, 22)) == ()
    assert end_of(date.max).date() == date.max
    text = f"V/v trực\nKính gửi: Sở\n1. Bưu điện báo cáo {phrase}."
    assert services.create_from_text(text, actor=cast.specialist, now=now, division=cast.division).requirements.exists()


def test_tokens_of_nothing_are_refused_in_words(client, draft, page):
    for token in ("unit-²", "unit-" + "9" * 5000, "unit-"):
        done, response = saved(client, draft, page | {"requirements-0-lead": [token]})
        assert (done, response.status_code) == (False, 200)


@pytest.mark.parametrize("count", ["x", "²", "", "9" * 5000])
def test_a_count_of_rows_that_is_none_gives_one_row(cast, now, page, draft, client, count):
    data = page | {"act": "add-copies", "copies-TOTAL_FORMS": count}
    response = client.post(edit_url(draft), data)
    assert response.status_code == 200
    assert len(response.context["draft"].copies) == 1
    assert isinstance(response.context["draft"], DraftForms)
