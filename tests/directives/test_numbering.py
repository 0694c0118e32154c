"""Numbers: consecutive, in the right year, never given twice, not even to a hundred clerks at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from directives import services
from directives.models import Dispatch, Register, RegisterEntry
from tests import make
from tests.directives.acts import PDF, REASON, scan, walk_to
from units.history import IllegalMove


@pytest.mark.django_db
def test_numbers_follow_one_another_and_are_written_in_the_register(cast, now):
    papers = [make.dispatch(cast, "signed", subject=f"việc {n}") for n in range(3)]
    given = [services.number_dispatch(paper, actor=cast.clerk, now=now) for paper in papers]
    assert [paper.code() for paper in given] == ["01/SKHCN-BCVT", "02/SKHCN-BCVT", "03/SKHCN-BCVT"]
    assert Register.objects.get().last_number == 3
    assert list(RegisterEntry.objects.order_by("number").values_list("number", "what", "signer_name", "taken_by")) == [
        (n + 1, f"Công văn việc {n}", "Trần Minh Quang", cast.clerk.pk) for n in range(3)
    ]
    assert "01/skhcn-bcvt" in given[0].search_key


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment, year, day",
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), 2026, "2026-12-31"),
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), 2027, "2027-01-01"),
    ],
)
def test_the_year_turns_at_midnight_here_not_in_greenwich(cast, moment, year, day):
    before = make.dispatch(cast, "signed", signed_at=moment - timedelta(hours=1))
    Register.objects.create(issuer=cast.department, year=2026, last_number=41)
    numbered = services.number_dispatch(before, actor=cast.clerk, now=moment)
    assert (numbered.year, numbered.number, str(numbered.issued_on)) == (year, 42 if year == 2026 else 1, day)


@pytest.mark.django_db
def test_a_voided_number_keeps_its_reason_and_is_never_given_again(cast, now):
    first = services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    services.file_pdf(first, pdf=PDF, now=now)
    services.file_scan(first, actor=cast.clerk, now=now, upload=scan())
    back = services.void_number(first, actor=cast.clerk, now=now, reason=REASON)
    assert (back.status, back.number, back.year, back.issued_on, back.signed_at) == ("draft", None, None, None, None)
    assert (back.pdf, back.pdf_sha256, back.scan) == (None, "", None)
    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.voided_by, entry.voided_at, entry.void_reason) == (1, cast.clerk, now, REASON)
    assert back.history.order_by("-pk").first().note == f"Hủy số 01/SKHCN-BCVT: {REASON}"
    again = walk_to(back, cast, now, "numbered")
    assert again.number == 2
    assert list(RegisterEntry.objects.order_by("number").values_list("number", "voided_at")) == [(1, now), (2, None)]


@pytest.mark.django_db
def test_a_void_wants_a_reason(cast, now):
    numbered = services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    with pytest.raises(ValidationError):
        services.void_number(numbered, actor=cast.clerk, now=now, reason="sai")
    assert RegisterEntry.objects.get().voided_at is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"number": 9},
        {"symbol": "KHÁC"},
        {"what": "khác"},
        {"voided_at": "2026-11-22T00:00:00Z"},
        {"signer_name": "khác"},
    ],
)
def test_a_line_of_the_register_is_never_rewritten(cast, now, change):
    services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.update(**change)


@pytest.mark.django_db
def test_the_database_gives_no_number_twice(cast, now):
    numbered = services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    other = make.dispatch(cast, "numbered")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(pk=other.pk).update(number=numbered.number, year=numbered.year)
    entry = RegisterEntry.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.create(
            register=entry.register,
            number=1,
            dispatch=other,
            symbol="X",
            issued_on=entry.issued_on,
            what="x",
            signer_name="x",
            taken_by=cast.clerk,
            taken_at=now,
        )


def at_once(jobs):
    """Runs every job in a thread of its own, all let go together; returns what each raised, or None."""
    gate, raised = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            gate.wait()
            job()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_hundred_clerks_at_once_take_a_hundred_numbers(cast, now):
    papers = [make.dispatch(cast, "signed") for _ in range(100)]
    raised = at_once(
        [lambda paper=paper: services.number_dispatch(paper, actor=cast.clerk, now=now) for paper in papers]
    )
    assert raised == [None] * 100
    year = timezone.localdate(now).year
    taken = list(Dispatch.objects.filter(year=year).order_by("number").values_list("number", flat=True))
    assert taken == list(range(1, 101))
    entries = list(RegisterEntry.objects.order_by("pk").values_list("number", flat=True))
    assert entries == list(range(1, 101))
    assert Register.objects.get().last_number == 100


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_clerks_on_one_paper_take_one_number(cast, now):
    paper = make.dispatch(cast, "signed")
    raised = at_once([lambda: services.number_dispatch(paper, actor=cast.clerk, now=now)] * 2)
    assert sorted(type(error) for error in raised if error) == [IllegalMove]
    assert list(RegisterEntry.objects.values_list("number", flat=True)) == [1]
    assert Register.objects.get().last_number == 1
