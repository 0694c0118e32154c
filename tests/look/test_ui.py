"""The tags and filters every page uses."""

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.urls import reverse
from django.utils.safestring import SafeString

from assignments.models import Assignment
from directives.models import DispatchEntry
from plans.models import Plan
from units.addresses import address, address_of
from units.templatetags import ui

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 1, 19, 9, 0, tzinfo=HERE)


def draw(text, **context):
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 1, 20, 0, 0, tzinfo=HERE), "hết ngày 19/01/2026"),
        (datetime(2026, 1, 19, 17, 0, tzinfo=ZoneInfo("UTC")), "hết ngày 19/01/2026"),
        (datetime(2026, 3, 1, 0, 0, tzinfo=HERE), "hết ngày 28/02/2026"),
        (datetime(2026, 1, 20, 16, 30, tzinfo=HERE), "16:30, 20/01/2026"),
        (date(2026, 1, 20), "hết ngày 20/01/2026"),
        (None, ""),
    ],
)
def test_deadline_says_the_last_day_not_the_instant(value, words):
    assert ui.deadline(value) == words


@pytest.mark.parametrize(
    ("left", "tone", "words"),
    [
        (timedelta(0), "late", "quá hạn 1 phút"),
        (-timedelta(hours=5), "late", "quá hạn 5 giờ"),
        (-timedelta(days=3, hours=1), "late", "quá hạn 3 ngày"),
        (timedelta(seconds=1), "soon", "còn 1 phút"),
        (timedelta(hours=47), "soon", "còn 47 giờ"),
        (timedelta(days=3), "soon", "còn 3 ngày"),
    ],
)
def test_due_is_late_from_the_instant_itself(left, tone, words):
    shown = draw("{% due at %}", at=NOW + left, now=NOW)
    assert f'<span class="state state-{tone}">{words}</span>' in shown


def test_due_far_away_finished_and_moved():
    far = NOW + timedelta(days=3, seconds=1)
    assert "state-" not in draw("{% due at %}", at=far, now=NOW)
    assert "còn 3 ngày" in draw("{% due at %}", at=far, now=NOW)
    late = NOW - timedelta(days=1)
    assert "quá hạn" not in draw("{% due at open=False %}", at=late, now=NOW)
    assert "hạn đầu: 09:00, 18/01/2026" in draw("{% due at first=first %}", at=NOW, first=late, now=NOW)
    assert "hạn đầu" not in draw("{% due at first=at %}", at=NOW, now=NOW)
    assert "không hạn" in draw("{% due none %}", none=None)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026"),
        (None, ""),
    ],
)
def test_long_day_pads_as_the_decree_says(value, words):
    assert ui.long_day(value) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "vừa xong"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=3), "hôm nay, 06:00"),
        (timedelta(hours=10), "hôm qua, 23:00"),
        (timedelta(days=2), "09:00, 17/01/2026"),
        (-timedelta(minutes=5), "09:05, 19/01/2026"),
    ],
)
def test_ago(passed, words):
    assert ui.ago(NOW - passed, NOW) == words


def test_moments_are_local():
    utc = datetime(2026, 1, 19, 18, 5, tzinfo=ZoneInfo("UTC"))
    assert [ui.day(utc), ui.clock(utc), ui.moment(utc)] == ["20/01/2026", "01:05", "01:05, 20/01/2026"]
    assert ui.weekday(utc) == "Thứ Ba"


def test_figures():
    assert [ui.number(1234567), ui.number(0), ui.number(None)] == ["1.234.567", "0", ""]
    assert [ui.percent(139, 140), ui.percent(140, 140), ui.percent(0, 0)] == ["99 %", "100 %", "—"]
    assert [ui.file_size(900), ui.file_size(2_516_582), ui.file_size(None)] == ["1 kB", "2,4 MB", ""]


def test_state_takes_word_and_tone_from_the_row():
    assert draw("{% state row %}", row=Plan(status="closed")) == '<span class="state state-void">Đã kết thúc</span>'
    assert (
        draw("{% state row %}", row=Assignment(status="closed")) == '<span class="state state-done">Hoàn thành</span>'
    )


@pytest.mark.parametrize("row", [Plan(status="review"), Assignment(status="sent"), Assignment(status="closed")])
def test_a_word_is_what_django_displays(row):
    assert ui.word(row, "status") == row.get_status_display()


def test_a_badge_remembered_as_safe_is_still_escaped_for_others():
    assert ui.badge("late", SafeString("<b>gấp</b>")) == '<span class="state state-late"><b>gấp</b></span>'
    assert ui.badge("late", "<b>gấp</b>") == '<span class="state state-late">&lt;b&gt;gấp&lt;/b&gt;</span>'
    assert "<b>" not in ui.icon("bell", "<b>") + ui.icon("bell", "<b>")


def test_shortened_words_say_so():
    assert [ui.shorten("đủ năm", 6), ui.shorten("quá năm", 6)] == ["đủ năm", "quá n…"]


def test_options_of_a_filter_are_escaped_and_the_chosen_one_is_marked():
    class Form(forms.Form):
        unit = forms.ChoiceField(choices=[("", "Tất cả"), (1, "Xã <A>"), (12, "Xã B & C"), ('"x', "?")])

    drawn = ui.filter_control(Form({"unit": "1"})["unit"])
    assert re.findall("<option.*?</option>", drawn) == [
        '<option value="">Tất cả</option>',
        '<option value="1" selected>Xã &lt;A&gt;</option>',
        '<option value="12">Xã B &amp; C</option>',
        '<option value="&quot;x">?</option>',
    ]


def test_addresses_are_those_of_django():
    assert address("plans:plan_list") == reverse("plans:plan_list")
    assert Plan(pk=70).get_absolute_url() == reverse("plans:plan_detail", args=[70])
    assert address_of("assignments:assignment_submit", 7) == reverse("assignments:assignment_submit", args=[7])


def test_urgency_is_silent_when_normal():
    row = SimpleNamespace(urgency="", get_urgency_display=lambda: "Thường")
    assert draw("{% urgency row %}", row=row) == ""


def test_history_word_needs_no_query():
    entry = DispatchEntry(after="numbered")
    assert ui.status_word(entry) == "Đã cấp số, chờ ban hành"
    assert ui.status_tone(entry) == "active"


def test_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in draw('{% icon "plus" %}')
    named = draw('{% icon "bell" label="Thông báo" %}')
    assert 'role="img" aria-label="Thông báo"' in named
    assert "aria-hidden" not in named


def test_pages_around_marks_the_gap():
    page = Paginator(range(200), 10).get_page(10)
    assert ui.pages_around(page) == [1, None, 9, 10, 11, None, 20]
