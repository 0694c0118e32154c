"""Choosing groups and units without a list of hundreds on each row: boxes for those in play, and a field to name others."""

from types import MappingProxyType

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from units.models import UnitGroup


def token(row):
    return f"{'group' if isinstance(row, UnitGroup) else 'unit'}-{row.pk}"


def row_of(book, text):
    """The group or unit of a token, None for a token of nothing."""
    what, _, pk = text.partition("-")
    return book.rows.get((what, int(pk))) if pk.isdecimal() and len(pk) < 19 else None


class OwnersWidget(forms.Widget):
    """Check boxes named `name`, and one text field `name-more` that offers every name of the page's datalist.

    `remarks` are a few words beside those that were guessed: how well they fit."""

    offered = ()
    remarks = MappingProxyType({})

    def render(self, name, value, attrs=None, renderer=None):
        chosen = dict.fromkeys(value["rows"] if value else ())
        rows = chosen | dict.fromkeys(self.offered)
        boxes = format_html_join(
            "",
            '<label class="owner"><input type="checkbox" class="form-check-input" name="{}" value="{}"{}> <span>{}</span>{}'
            "</label>",
            ((name, token(row), " checked" if row in chosen else "", row, self._remark(row)) for row in rows),
        )
        return format_html(
            '<span class="owners" id="{}">{}</span><input class="form-control form-control-sm" name="{}-more" value="{}" '
            'list="address-book" autocomplete="off" placeholder="{}" aria-label="{}">',
            (attrs or {}).get("id", name),
            boxes,
            name,
            value["more"] if value else "",
            "Thêm nhóm hoặc đơn vị…",
            "Thêm nhóm hoặc đơn vị theo tên",
        )

    def _remark(self, row):
        return format_html("<small>{}</small>", self.remarks[row]) if row in self.remarks else ""

    def value_from_datadict(self, data, files, name):
        return {"tokens": data.getlist(name), "more": data.get(f"{name}-more", "")}

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_):
        return None


class OwnersField(forms.Field):
    """Rows of the address book. Names typed into `-more` may be several, parted by semicolons."""

    widget = OwnersWidget

    def __init__(self, *, book, one=False, **kwargs):
        super().__init__(required=False, **kwargs)
        self.book, self.one = book, one

    def prepare_value(self, value):
        """A list of rows from initial data, or what was posted."""
        if isinstance(value, dict) and "tokens" in value:
            rows = [row for row in (row_of(self.book, each) for each in value["tokens"]) if row]
            found = self.book.named(value["more"]) if value["more"] else None
            return {"rows": [*rows, found] if found else rows, "more": "" if found else value["more"]}
        return {"rows": list(value or ()), "more": ""}

    def bound_data(self, data, initial):
        return data

    def clean(self, value):
        rows = []
        for each in value["tokens"]:
            row = row_of(self.book, each)
            if row is None:
                raise ValidationError("Nhóm hoặc đơn vị đã chọn không còn nữa; hãy chọn lại.", code="unknown")
            rows.append(row)
        for name in filter(None, (part.strip() for part in value["more"].split(";"))):
            row = self.book.named(name)
            if row is None:
                raise ValidationError(
                    f"Không tìm thấy nhóm hay đơn vị “{name}”. Hãy chọn tên trong gợi ý.", code="unknown"
                )
            rows.append(row)
        return list(dict.fromkeys(rows))

    def has_changed(self, initial, data):
        return bool(data and (data["tokens"] or data["more"]))


class OneUnitField(forms.CharField):
    """One unit by its name, or none."""

    def __init__(self, *, book, **kwargs):
        super().__init__(required=False, max_length=200, **kwargs)
        self.book = book
        self.widget.attrs |= {"list": "address-book", "autocomplete": "off", "class": "form-control form-control-sm"}

    def prepare_value(self, value):
        return getattr(value, "name", value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        row = self.book.named(text)
        if row is None or isinstance(row, UnitGroup):
            raise ValidationError(f"Không tìm thấy đơn vị “{text}”. Hãy chọn tên trong gợi ý.", code="unknown")
        return row
