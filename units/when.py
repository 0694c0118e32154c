"""Moments and periods in words, as an office says them. Pure."""

from django.utils import timezone


def moment_words(at):
    """A moment of local time: "08:00 ngày 25/11/2026"."""
    local = timezone.localtime(at)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def period_words(starts_at, ends_at):
    """A half-open period: "từ 08:00 ngày 20/11/2026 đến 17:00 ngày 25/11/2026"."""
    return f"từ {moment_words(starts_at)} đến {moment_words(ends_at)}"
