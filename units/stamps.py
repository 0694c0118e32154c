"""Fingerprints of rows as a page showed them, so that an old page never overwrites what somebody saved meanwhile.

A model says in `EDITED` which fields and relations its page of change shows.
"""

from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

STALE = (
    "Trang này đã cũ: có người vừa sửa cùng nội dung sau khi trang mở ra, nên chưa lưu gì. "
    "Những gì anh/chị nhập vẫn còn bên dưới; hãy mở lại trang ở thẻ khác để xem bản mới rồi nhập tiếp vào đó."
)


def stamp(row):
    """The fingerprint of a stored row: one query for each relation. Keyed, as the row may hold a number the reader may not see."""
    shown = []
    for name in row.EDITED:
        field = row._meta.get_field(name)
        if field.many_to_many:
            shown.append(sorted(getattr(row, name).values_list("pk", flat=True)))
        elif field.one_to_many:
            shown.append(list(getattr(row, name).order_by("pk").values_list()))
        else:
            shown.append(str(getattr(row, field.attname)))
    return salted_hmac("units.stamps", repr(shown)).hexdigest()[:32]


def refuse_stale(seen, row):
    """Refuses what was decided on another state of the row, which is locked; None means that nothing was shown."""
    if seen is not None and seen != stamp(row):
        raise ValidationError(STALE, code="stale")
