"""Who: units with their names in time, people, accounts, rights; files as they came in; the pulse of the sweeps."""

from units.models.contacts import Contact
from units.models.delegations import Delegation
from units.models.invitations import Invitation
from units.models.people import Membership, SigningAuthority, User
from units.models.records import Seal, SealCheck, StoredFile, Sweep, UnitEntry
from units.models.reorganisation import Reorganisation, ReorganisationLine, UnitCode
from units.models.units import GroupMember, Succession, Unit, UnitGroup, UnitPeriod, UnitQuerySet

__all__ = [
    "Contact",
    "Delegation",
    "GroupMember",
    "Invitation",
    "Membership",
    "Reorganisation",
    "ReorganisationLine",
    "Seal",
    "SealCheck",
    "SigningAuthority",
    "StoredFile",
    "Succession",
    "Sweep",
    "Unit",
    "UnitCode",
    "UnitEntry",
    "UnitGroup",
    "UnitPeriod",
    "UnitQuerySet",
    "User",
]
