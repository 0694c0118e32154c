"""From the recipients a template names to the groups and units this province has."""

from plans.outlines import GROUPS
from units.models import Unit, UnitGroup
from units.states import UnitKind
from units.text import fold

_KINDS = {
    "telecom": UnitKind.TELECOM,
    "postal": UnitKind.POSTAL,
    "cable": UnitKind.CABLE,
    "press": UnitKind.PRESS,
    "communes": UnitKind.COMMUNE,
}
# Short names and words by which a division of the Sở is known, first match first.
_DIVISIONS = {
    "own:bcvt": (("bcvt", "qlvt", "vtcntt", "bcvtcntt"), ("buu chinh", "vien thong")),
    "own:cntt": (("cntt", "cds", "cnttcds"), ("cong nghe thong tin", "chuyen doi so")),
    "own:thanhtra": (("thanhtra", "ttra", "tt"), ("thanh tra", "kiem tra", "phap che")),
    "own:vanphong": (("vanphong", "vp"), ("van phong",)),
}
NAMES = {
    "telecom": "doanh nghiệp viễn thông",
    "postal": "doanh nghiệp bưu chính",
    "cable": "doanh nghiệp truyền hình cáp",
    "press": "cơ quan báo chí",
    "communes": "UBND cấp xã",
    "divisions": "các phòng, đơn vị thuộc Sở",
    "own:bcvt": "phòng bưu chính, viễn thông",
    "own:cntt": "phòng công nghệ thông tin",
    "own:thanhtra": "đơn vị thanh tra, kiểm tra của Sở",
    "own:vanphong": "Văn phòng Sở",
}


def outline_targets(on):
    """{code of a template: [groups or units]} as the province has them on that day; an empty list where it has none. Two queries."""
    groups = list(UnitGroup.objects.order_by("pk"))
    divisions = list(Unit.objects.filter(kind=UnitKind.DIVISION).active_on(on).order_by("sort_key", "pk"))
    return {code: _found(code, groups, divisions) for code in sorted(GROUPS)}


def _found(code, groups, divisions):
    """The group of that code, else the only group of its kind; divisions by short name, else by the words of their name."""
    if named := [group for group in groups if group.code == code]:
        return named
    if code == "divisions":
        return divisions
    if code in _KINDS:
        of_kind = [group for group in groups if group.kind == _KINDS[code] and not group.parent_id]
        return of_kind if len(of_kind) == 1 else []
    shorts, words = _DIVISIONS[code]
    for division in divisions:
        if "".join(filter(str.isalnum, fold(division.short_name))) in shorts:
            return [division]
    for word in words:
        for division in divisions:
            if word in fold(division.name):
                return [division]
    return []
