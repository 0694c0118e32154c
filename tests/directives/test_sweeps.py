"""Numbered papers are rendered once and filed; a killed, doubled or failing run harms nothing."""

import hashlib
from datetime import timedelta

import pytest

from directives import services, sweeps
from directives.models import Dispatch
from tests import make
from tests.directives.acts import PDF, REASON
from units.downloads import read_bytes
from units.models import StoredFile, Sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbered(cast, now):
    return services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)


def test_the_pdf_is_filed_once_with_its_checksum(numbered, now):
    sweeps.file_pdfs(now=now)
    filed = Dispatch.objects.get()
    data = read_bytes(filed.pdf)
    assert data.startswith(b"%PDF-")
    assert filed.pdf_sha256 == filed.pdf.sha256 == hashlib.sha256(data).hexdigest()
    assert filed.pdf.name == "01-SKHCN-BCVT.pdf"
    sweeps.file_pdfs(now=now + timedelta(hours=1))
    assert StoredFile.objects.count() == 1
    assert filed.history.filter(actor=None, note__startswith="Đã lưu tệp PDF").count() == 1
    assert Sweep.objects.get(name="file_pdfs").pulse_at == now + timedelta(hours=1)


def test_only_numbered_papers_are_filed(cast, now):
    for status in ("draft", "review", "approved", "signed"):
        make.dispatch(cast, status)
    sweeps.file_pdfs(now=now)
    assert not StoredFile.objects.exists()


def test_a_paper_that_will_not_print_steps_back_and_the_next_is_filed(cast, now, numbered):
    bad = make.dispatch(cast, "signed", body="Ký tự không in được: 𓀀")
    services.number_dispatch(bad, actor=cast.clerk, now=now)
    good = services.number_dispatch(make.dispatch(cast, "signed"), actor=cast.clerk, now=now)
    sweeps.file_pdfs(now=now)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.pdf is not None
    assert (bad.pdf, bad.pdf_attempts, bad.pdf_retry_at) == (None, 1, now + timedelta(minutes=2))
    assert "không in được" in bad.pdf_error
    sweeps.file_pdfs(now=now + timedelta(minutes=1))
    bad.refresh_from_db()
    assert bad.pdf_attempts == 1
    sweeps.file_pdfs(now=now + timedelta(minutes=3))
    bad.refresh_from_db()
    assert (bad.pdf_attempts, bad.pdf_retry_at) == (2, now + timedelta(minutes=7))


def test_the_wait_doubles_up_to_six_hours(numbered, now):
    for _ in range(12):
        numbered.refresh_from_db()
        services.note_pdf_error(numbered, error="không tạo được", now=now)
    numbered.refresh_from_db()
    assert numbered.pdf_retry_at == now + timedelta(hours=6)


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


def test_a_kill_while_rendering_loses_nothing(monkeypatch, numbered, now):
    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as during, pytest.raises(Killed):
        during.setattr(sweeps, "render_pdf", killed)
        sweeps.file_pdfs(now=now)
    sweeps.file_pdfs(now=now + timedelta(minutes=1))
    assert Dispatch.objects.get().pdf is None
    sweeps.file_pdfs(now=now + timedelta(minutes=11))
    assert Dispatch.objects.get().pdf is not None


def test_a_kill_after_the_file_was_written_leaves_no_row_of_it(monkeypatch, numbered, now):
    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as during, pytest.raises(Killed):
        during.setattr("directives.services.filing.record", killed)
        sweeps.file_pdfs(now=now)
    assert not StoredFile.objects.exists()
    sweeps.file_pdfs(now=now + timedelta(minutes=11))
    filed = Dispatch.objects.get()
    assert filed.pdf_sha256 == StoredFile.objects.get().sha256
    assert filed.history.filter(note__startswith="Đã lưu tệp PDF").count() == 1


def test_two_runs_claim_a_paper_once(numbered, now):
    assert services.claim_pdf(numbered, now=now)
    assert not services.claim_pdf(numbered, now=now)


def test_another_process_that_holds_the_sweep_is_left_alone(numbered, now):
    Sweep.objects.create(name="file_pdfs", locked_until=now + timedelta(minutes=5))
    sweeps.file_pdfs(now=now)
    assert Dispatch.objects.get().pdf is None


def test_what_was_rendered_for_a_voided_number_is_not_filed(cast, numbered, now):
    services.void_number(numbered, actor=cast.clerk, now=now, reason=REASON)
    assert services.file_pdf(numbered, pdf=PDF, now=now) is False
    assert not StoredFile.objects.exists()


def test_the_second_of_two_renderings_is_let_go(numbered, now):
    assert services.file_pdf(numbered, pdf=PDF, now=now) is True
    first = Dispatch.objects.get().pdf_sha256
    assert services.file_pdf(numbered, pdf=PDF + b"\n", now=now) is False
    assert Dispatch.objects.get().pdf_sha256 == first
    assert StoredFile.objects.count() == 1
