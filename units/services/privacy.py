"""Personal data that is no longer needed goes; that it went is history, what it was is not."""

from django.db import transaction

from units.models import Contact, Invitation, User
from units.services.journal import write_entries


@transaction.atomic
def mask_contacts(keys, *, now, days):
    """Take telephone and address of these contacts away, and the address of the accounts of those among them that have one.

    Papers and files that were issued keep what they print; the person's name stays with their acts. Returns how many."""
    rows = list(
        Contact.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=keys, masked_at=None)
    )
    for row in rows:
        row.phone, row.email, row.masked_at = "", "", now
        row.phone_proven_at = row.email_proven_at = None
    Contact.objects.bulk_update(rows, ["phone", "email", "masked_at", "phone_proven_at", "email_proven_at"], 500)
    User.objects.filter(pk__in=[row.user_id for row in rows if row.user_id]).update(email="")
    Invitation.objects.filter(contact__in=rows).update(email="")
    write_entries(
        [
            (row.unit, f"Xóa điện thoại, thư điện tử của {row.name}: hết hạn lưu dữ liệu cá nhân ({days} ngày).")
            for row in rows
        ],
        actor=None,
        now=now,
    )
    return len(rows)


def forget_invitations(*, now, before):
    """The address to which a used, withdrawn or expired invitation went is no longer needed; the invitation stays."""
    over = Invitation.objects.filter(sent_at__lt=before).exclude(email="")
    return over.exclude(pk__in=Invitation.objects.waiting(now).values("pk")).update(email="")
