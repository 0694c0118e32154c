"""Numbers and addresses go when they have served their time (Luật 91/2025/QH15; how long: PERSONAL_DATA_DAYS)."""

from datetime import timedelta

from django.conf import settings

from assignments.selectors.outworn import outworn_contacts
from notices.services import forget_addresses
from units.services.privacy import forget_invitations, mask_contacts
from units.services.sweeps import claim_sweep, finish_sweep

NAME = "mask_personal_data"
AT_ONCE = 500
AGAIN = timedelta(days=2)


def mask_personal_data(*, now):
    """Masks contacts nobody needs, addresses of old invitations, and what old notices and their deliveries say of either.

    May run twice or after months of silence: notices are read from where the last run ended, with two days of overlap."""
    sweep = claim_sweep(NAME, now=now)
    if sweep is None:
        return
    days = settings.PERSONAL_DATA_DAYS
    before = now - timedelta(days=days)
    keys = list(outworn_contacts(now=now, days=days).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        mask_contacts(keys[start : start + AT_ONCE], now=now, days=days)
    forget_invitations(now=now, before=before)
    forget_addresses(since=sweep.mark and sweep.mark - AGAIN, before=before)
    finish_sweep(NAME, now=now, mark=before)
