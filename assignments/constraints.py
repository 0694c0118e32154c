"""`NoOverlap` under the name by which this floor's migrations know it."""

from units.overlap import NoOverlap

__all__ = ["NoOverlap"]
