"""Units, groups, people and rights of the demonstration."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from reports.demo import names
from reports.demo.rights import merge_press
from units.models import Unit, UnitGroup, User
from units.services.contacts import save_contact
from units.services.journal import write_entry
from units.services.people import create_user, grant_authority, share_password
from units.services.units import create_unit, save_group
from units.states import Role, UnitKind

TWO_TIERS = date(2025, 7, 1)
ESTABLISHED = timedelta(days=500)  # everybody was in place before last year's Tết, with which the story begins


@dataclass
class Province:
    """What the story needs at hand."""

    department: Unit
    units: dict[str, Unit] = field(default_factory=dict)
    groups: dict[str, UnitGroup] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    authorities: dict = field(default_factory=dict)
    voices: dict[str, User] = field(default_factory=dict)  # focal people by their unit's short name, or its name


@transaction.atomic
def build_province(*, now, mark):
    """Everything of floor 0, in one transaction; the mark says that nothing here is real."""
    by = {"actor": None, "now": now - ESTABLISHED}
    province = create_unit(kind=UnitKind.SUPERIOR, name=f"Ủy ban nhân dân {names.PROVINCE}", short_name="UBND", **by)
    department = create_unit(
        kind=UnitKind.OWN,
        name="Sở Khoa học và Công nghệ",
        short_name="SKHCN",
        parent=province,
        issuing_place="Hải Giang",
        address="Số 1 đường Bến Cảng, phường An Thành",
        **by,
    )
    write_entry(department, mark, actor=None, now=by["now"])
    made = Province(department)
    for name, short in names.DIVISIONS:
        made.units[short] = create_unit(kind=UnitKind.DIVISION, name=name, short_name=short, parent=department, **by)
    for kind, name, short in names.ENTERPRISES + names.OTHERS:
        made.units[short] = create_unit(kind=kind, name=name, short_name=short, **by)
    for name in names.communes():
        made.units[name] = create_unit(kind=UnitKind.COMMUNE, name=name, valid_from=TWO_TIERS, parent=province, **by)
    for code, name, kind in names.GROUPS:
        made.groups[code] = save_group(code=code, name=name, kind=kind, **by)
    _people(made, by)
    _contacts(made, by)
    merge_press(made, by)
    return made


def _people(made, by):
    for n, (username, name, role, short, position, _) in enumerate(names.STAFF + names.FOCAL):
        made.people[username] = create_user(
            unit=made.units[short] if short else made.department,
            role=role,
            username=username,
            full_name=name,
            email=f"{username}@haigiang.example",
            position=position,
            phone=f"09010000{n:02d}",
            is_focal=role in (Role.FOCAL, Role.UNIT_LEADER),
            **by,
        )
    share_password(made.people.values(), names.PASSWORD)
    start = timezone.localdate(by["now"])
    for username, form, title, principal in names.AUTHORITIES:
        made.authorities[username] = grant_authority(
            user=made.people[username],
            unit=made.department,
            form=form,
            title=title,
            on_behalf_of=principal,
            valid_from=start,
            **by,
        )


def _contacts(made, by):
    """Focal people of the press, the other enterprises and every commune: a third of them with an account whose password
    nobody has set yet, the rest reached by mail alone."""
    known = {short for _, _, _, short, _, _ in names.FOCAL}
    kinds = {UnitKind.TELECOM, UnitKind.POSTAL, UnitKind.CABLE, UnitKind.PRESS, UnitKind.COMMUNE}
    for n, (short, unit) in enumerate(made.units.items()):
        if unit.kind not in kinds or short in known:
            continue
        facts = {"position": "Cán bộ đầu mối", "phone": f"0902{n:06d}", "email": f"daumoi{n}@haigiang.example"}
        if unit.kind != UnitKind.COMMUNE or n % 3 == 0:
            made.voices[short] = create_user(
                unit=unit,
                role=Role.FOCAL,
                username=f"daumoi{n}",
                full_name=names.contact_name(n),
                is_focal=True,
                **facts,
                **by,
            )
        else:
            save_contact(unit, name=names.contact_name(n), is_focal=True, **facts, **by)
