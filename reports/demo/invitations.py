"""People who were asked to open an account: two links grew old, one of them is asked for anew; two wait."""

from datetime import timedelta

from units.models import Contact
from units.services.invitations import ask_anew, invite_person
from units.states import Role, UnitKind


def invite_people(story):
    people = Contact.objects.filter(user=None, is_focal=True, unit__kind=UnitKind.COMMUNE).select_related("unit")
    for contact, days in zip(people.order_by("pk")[:4], (-12, -9, -1, 0), strict=True):
        invitation = invite_person(contact.unit, role=Role.FOCAL, contact=contact, **story.who("ha.lt", days, 8))
        if days == -9:
            ask_anew(invitation, now=story.now - timedelta(hours=3))
