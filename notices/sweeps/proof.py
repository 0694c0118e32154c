"""Each morning the administrators are told the digest that the history ends in: kept outside, it proves the chain from there on."""

from django.urls import reverse

from notices import welcome
from notices.selectors import administrators
from notices.services import notices_for, save_notices
from units.models import SealCheck


def proven(since, now):
    """Every reading of the chain since then: once to each administrator, at once and urgently when a link is broken."""
    made = []
    for check in SealCheck.objects.filter(at__gt=since, at__lte=now).order_by("pk"):
        subject, text = welcome.history_proven(check)
        made += notices_for(
            administrators(),
            key=f"seal-check:{check.pk}",
            subject=subject,
            text=text,
            now=now,
            path=reverse("inspection"),
            urgent=check.broken_id is not None,
        )
    save_notices(made)
