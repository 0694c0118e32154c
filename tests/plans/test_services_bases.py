"""Legal bases with their files, and days off against the calendar."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from plans import services
from plans.calendar.holidays import is_day_off
from plans.models import BasisEntry, Holiday, HolidayEntry, LegalBasis
from plans.selectors import overrides, runs_off, special_days, worked_instead
from tests.files import PDF
from units.models import StoredFile

pytestmark = pytest.mark.django_db


def upload(data=PDF, name="Chỉ thị 05.pdf"):
    return SimpleUploadedFile(name, data, content_type="application/pdf")


@pytest.fixture
def facts():
    return {
        "kind": "chỉ thị",
        "number": "05/CT-UBND",
        "issued_on": date(2026, 10, 1),
        "issuer": "Ủy ban nhân dân tỉnh Hải Giang",
        "subject": "về bảo đảm thông tin liên lạc dịp Tết",
    }


@pytest.fixture
def basis(cast, now, facts):
    return services.save_basis(actor=cast.clerk, now=now, file=upload(), **facts)


def test_a_basis_is_entered_with_its_file_and_found_without_accents(basis, cast):
    assert basis.file.name == "Chỉ thị 05.pdf" and basis.file.content_type == "application/pdf"
    assert str(basis) == (
        "Chỉ thị số 05/CT-UBND ngày 01/10/2026 của Ủy ban nhân dân tỉnh Hải Giang về bảo đảm thông tin liên lạc dịp Tết"
    )
    for words in ("05/ct-ubnd", "BAO DAM thong tin", "ủy ban nhân dân tỉnh"):
        assert LegalBasis.objects.search(words).get() == basis
    assert [(entry.what, entry.actor) for entry in basis.history.all()] == [("Nhập văn bản kèm tệp.", cast.clerk)]


@pytest.mark.parametrize("who", ["admin", "focal", "stranger"])
def test_others_do_not_enter_bases(cast, now, facts, who):
    with pytest.raises(PermissionDenied):
        services.save_basis(actor=getattr(cast, who), now=now, **facts)


@pytest.mark.parametrize("data", [b"MZ\x90\x00\x03", b"MZ\x90\x00\x03" * 3000], ids=["short", "long"])
def test_a_file_of_the_wrong_kind_leaves_nothing_behind(cast, now, facts, data):
    with pytest.raises(ValidationError, match="không đúng loại"):
        services.save_basis(actor=cast.clerk, now=now, file=upload(data, "virus.pdf"), **facts)
    assert not LegalBasis.objects.exists() and not StoredFile.objects.exists()


def test_a_change_keeps_the_file_and_says_what_changed(basis, cast, now, facts):
    again = services.save_basis(actor=cast.head, now=now, basis=basis, **facts | {"number": "06/CT-UBND"})
    assert again.file == basis.file
    assert basis.history.latest("pk").what == "Sửa: số, ký hiệu từ “05/CT-UBND” thành “06/CT-UBND”."
    services.save_basis(actor=cast.head, now=now, basis=basis, **facts | {"number": "06/CT-UBND"})
    assert basis.history.count() == 2


def test_the_same_paper_twice_and_a_day_to_come_are_refused(basis, cast, now, facts):
    with pytest.raises(ValidationError, match="đã có trong danh mục"):
        services.save_basis(actor=cast.head, now=now, **facts)
    with pytest.raises(ValidationError) as refused:
        services.save_basis(
            actor=cast.head, now=now, **facts | {"issued_on": timezone.localdate(now) + timedelta(days=1)}
        )
    assert set(refused.value.error_dict) == {"issued_on"}


def test_papers_do_not_replace_each_other_in_a_circle(basis, cast, now, facts):
    newer = services.save_basis(actor=cast.clerk, now=now, **facts | {"number": "07/CT-UBND"})
    services.save_basis(actor=cast.clerk, now=now, basis=basis, superseded_by=newer)
    assert list(LegalBasis.objects.in_force()) == [newer]
    for basis_, successor in ((newer, basis), (newer, newer)):
        basis_.refresh_from_db()
        with pytest.raises(ValidationError, match="không thể thay thế lẫn nhau"):
            services.save_basis(actor=cast.clerk, now=now, basis=basis_, superseded_by=successor)


DAY = date(2027, 2, 12)  # a Friday after Tết 2027


@pytest.fixture
def holiday(cast, now):
    return services.save_holiday(
        actor=cast.clerk, now=now, day=DAY, is_day_off=True, name="Nghỉ hoán đổi", source="TB số 01/TB-BNV"
    )


def test_an_override_wins_over_the_calendar_until_it_is_taken_back(holiday, cast, now):
    assert is_day_off(DAY, overrides())
    services.remove_holiday(holiday, actor=cast.admin, now=now)
    assert not is_day_off(DAY, overrides())
    assert list(HolidayEntry.objects.order_by("pk").values_list("what", "actor")) == [
        ("Nhập 12/02/2027 là ngày nghỉ: Nghỉ hoán đổi (theo TB số 01/TB-BNV).", cast.clerk.pk),
        ("Bỏ ngày đã nhập: 12/02/2027 Nghỉ hoán đổi (theo TB số 01/TB-BNV).", cast.admin.pk),
    ]


def test_an_override_is_changed_and_needs_its_source(holiday, cast, now):
    services.save_holiday(
        actor=cast.head, now=now, holiday=holiday, day=DAY, is_day_off=False, name="Làm bù", source="TB số 02/TB-BNV"
    )
    assert Holiday.objects.get().is_day_off is False
    with pytest.raises(ValidationError) as refused:
        services.save_holiday(actor=cast.head, now=now, day=date(2027, 2, 15), is_day_off=True, name="Nghỉ", source=" ")
    assert set(refused.value.error_dict) == {"source"}
    with pytest.raises(ValidationError):
        services.save_holiday(actor=cast.head, now=now, day=DAY, is_day_off=True, name="Nghỉ", source="TB 3")


@pytest.mark.parametrize("who", ["specialist", "leader", "focal", "stranger"])
def test_others_do_not_touch_days_off(holiday, cast, now, who):
    actor = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        services.save_holiday(actor=actor, now=now, day=date(2027, 2, 15), is_day_off=True, name="Nghỉ", source="TB 3")
    with pytest.raises(PermissionDenied):
        services.remove_holiday(holiday, actor=actor, now=now)
    assert Holiday.objects.get() == holiday


def test_the_year_shows_holidays_swaps_and_our_own(holiday):
    days = {day.on: day for day in special_days(2027)}
    assert days[date(2027, 2, 6)].is_day_off and days[date(2027, 2, 6)].lunar == "mùng 1 tháng Giêng"
    assert days[DAY].override == holiday and days[DAY].source == "TB số 01/TB-BNV"
    assert list(days) == sorted(days)
    assert {day.on: day.is_day_off for day in special_days(2026)}[date(2026, 8, 22)] is False


def test_runs_of_days_off_join_weekends_and_name_the_holiday():
    (run,) = runs_off(date(2026, 8, 20), date(2026, 9, 10), overrides())
    assert (run.first, run.last, run.length) == (date(2026, 8, 29), date(2026, 9, 2), 5)
    assert worked_instead(date(2026, 8, 20), date(2026, 9, 10), overrides()) == [
        (date(2026, 8, 22), "Làm bù cho ngày 31/08/2026")
    ]


def test_a_run_is_cut_at_the_end_of_the_occasion():
    (run,) = runs_off(date(2026, 8, 20), date(2026, 9, 1), overrides())
    assert (run.first, run.last) == (date(2026, 8, 29), date(2026, 9, 1))


@pytest.mark.parametrize("entry", [BasisEntry, HolidayEntry])
def test_what_happened_cannot_be_rewritten(basis, holiday, entry):
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.objects.update(what="khác")
