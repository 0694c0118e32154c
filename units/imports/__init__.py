"""What a filled file says about units, contacts and rights, and what taking it over would do. Reads only."""

from units.imports.plan import Change, Part, Plan, Row, plan_import

__all__ = ["Change", "Part", "Plan", "Row", "plan_import"]
