"""Forms of a reorganisation: one for each kind, each of which makes an order of what was chosen."""

from django import forms
from django.core.exceptions import ValidationError

from units.forms.fields import DayField, LineField, RowsField
from units.forms.units import TICKS
from units.models import Unit
from units.reorganising import NewUnit, Order
from units.selectors.reorganisation_table import (
    MOST_ROWS,
    kind_of,
    order_of_rows,
    rows_of_cells,
    rows_of_text,
    scheme_of,
)
from units.sheets.reading import check_workbook, open_workbook, rows_of
from units.states import CodeScheme, ReorganisationKind, UnitKind
from units.uploads import check_upload

KINDS = [choice for choice in UnitKind.choices if choice[0] != UnitKind.OWN]


def one_unit(label, **options):
    return forms.ModelChoiceField(queryset=Unit.objects.none(), label=label, empty_label="Chọn đơn vị", **options)


class ActForm(forms.Form):
    """What every act says of itself. `order` is what the rest of the form means."""

    on = DayField(
        label="Có hiệu lực từ ngày",
        help_text="Ngày sắp tới cũng được: tên và nơi nhận đổi đúng ngày đó, trước ngày đó còn rút lại được.",
    )
    basis = LineField(
        label="Căn cứ",
        max_length=300,
        help_text="Số, ngày và tên văn bản quyết định, ví dụ: Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội.",
    )
    note = LineField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.order = None
        alive = Unit.objects.filter(valid_to=None).order_by("sort_key", "pk")
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = alive

    def pick_names(self):
        """The fields that tick units from the long list, for the template."""
        return [name for name, field in self.fields.items() if isinstance(field, RowsField)]

    def clean(self):
        data = super().clean()
        if not self.errors:
            self.order = self.make_order(data)
        return data


class NewUnitFields(forms.Form):
    """A unit to be founded by the act."""

    new_name = LineField(label="Tên đơn vị mới", max_length=200, required=False)
    new_short = LineField(label="Tên viết tắt của đơn vị mới", max_length=50, required=False)
    new_kind = forms.ChoiceField(label="Loại đơn vị mới", required=False, choices=[("", "Như đơn vị cũ"), *KINDS])
    new_code = LineField(
        label="Mã của đơn vị mới", max_length=35, required=False, help_text="Mã định danh hoặc mã hành chính."
    )
    new_parent = one_unit("Cấp trên của đơn vị mới", required=False, help_text="Để trống: như đơn vị cũ.")

    def new_unit(self, data, like):
        code = data["new_code"]
        return NewUnit(
            data["new_name"],
            data["new_kind"] or kind_of(data["new_name"], like.kind),
            data["new_short"],
            data["new_parent"].pk if data["new_parent"] else like.parent_id,
            ((scheme_of(code), code),) if code else (),
        )


class MergeForm(NewUnitFields, ActForm):
    """Several units become one, which exists or is founded."""

    units = RowsField(queryset=Unit.objects.none(), label="Các đơn vị sáp nhập", widget=TICKS)
    into = one_unit(
        "Nhập vào đơn vị đang có",
        required=False,
        help_text="Đơn vị này tiếp tục hoạt động. Để trống nếu lập đơn vị mới.",
    )
    field_order = [
        "on",
        "basis",
        "note",
        "units",
        "into",
        "new_name",
        "new_short",
        "new_kind",
        "new_code",
        "new_parent",
    ]

    def make_order(self, data):
        into, units = data["into"], [unit for unit in data["units"] if unit != data["into"]]
        if bool(into) == bool(data["new_name"]):
            raise ValidationError(
                "Hãy chọn đơn vị đang có để nhập vào, hoặc ghi tên đơn vị mới (một trong hai).", code="heir"
            )
        if not units:
            raise ValidationError("Hãy chọn ít nhất một đơn vị để nhập vào đơn vị khác.", code="empty")
        if into:
            return Order(ends={unit.pk: [into.pk] for unit in units})
        if not data["new_kind"] and len({unit.kind for unit in units}) > 1:
            raise ValidationError({"new_kind": "Các đơn vị sáp nhập khác loại: hãy chọn loại của đơn vị mới."})
        return Order(new={"moi": self.new_unit(data, units[0])}, ends={unit.pk: ["moi"] for unit in units})


class SplitForm(ActForm):
    """One unit becomes several, and ends or goes on."""

    unit = one_unit("Đơn vị được chia, tách")
    goes_on = forms.ChoiceField(
        label="Đơn vị này",
        choices=[("", "Chia: chấm dứt, các đơn vị mới kế thừa"), ("1", "Tách: vẫn tiếp tục hoạt động")],
        required=False,
    )
    parts = forms.CharField(
        label="Các đơn vị mới, mỗi dòng một đơn vị",
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "Tên đầy đủ; tên viết tắt; mã"}),
        required=False,
        max_length=20_000,
        help_text="Tên viết tắt và mã có thể để trống. Dòng đầu là nơi nhận người và nhóm; bước sau đổi được.",
    )
    heirs = RowsField(
        queryset=Unit.objects.none(), label="Và các đơn vị đang có cùng kế thừa", required=False, widget=TICKS
    )

    def make_order(self, data):
        unit, order, refs = data["unit"], Order(), []
        for number, line in enumerate(filter(str.strip, data["parts"].splitlines()), 1):
            name, short, code = ([LineField().to_python(part) for part in line.split(";")] + ["", ""])[:3]
            if len(name) > 200 or len(short) > 50 or len(code) > 35:
                raise ValidationError({"parts": f"Dòng {number}: tên, tên viết tắt hoặc mã quá dài."})
            codes = ((scheme_of(code), code),) if code else ()
            order.new[f"m{number}"] = NewUnit(name, kind_of(name, unit.kind), short, unit.parent_id, codes)
            refs.append(f"m{number}")
        refs += [heir.pk for heir in data["heirs"]]
        if not refs:
            raise ValidationError({"parts": "Hãy ghi ít nhất một đơn vị mới, hoặc chọn đơn vị kế thừa."})
        if data["goes_on"]:
            order.parts[unit.pk] = refs
        else:
            order.ends[unit.pk], order.main[unit.pk] = refs, refs[0]
        return order


class RenameForm(ActForm):
    """A unit bears another name, and other codes, from the day."""

    unit = one_unit("Đơn vị đổi tên")
    new_name = LineField(label="Tên mới", max_length=200)
    new_short = LineField(
        label="Tên viết tắt mới", max_length=50, required=False, help_text="Ký hiệu văn bản theo tên này."
    )
    code = LineField(label="Mã định danh mới", max_length=35, required=False, help_text="Để trống nếu giữ mã hiện nay.")
    area_code = LineField(
        label="Mã đơn vị hành chính mới",
        max_length=5,
        required=False,
        validators=[Unit._meta.get_field("area_code").validators[0]],
    )

    def make_order(self, data):
        unit = data["unit"]
        fresh = {
            scheme: data[scheme]
            for scheme in (CodeScheme.CODE.value, CodeScheme.AREA.value)
            if data[scheme] and data[scheme] != getattr(unit, scheme)
        }
        return Order(names={unit.pk: (data["new_name"], data["new_short"])}, codes={unit.pk: fresh} if fresh else {})


class AboveForm(ActForm):
    """Units come under another one."""

    units = RowsField(queryset=Unit.objects.none(), label="Các đơn vị chuyển", widget=TICKS)
    above = one_unit("Cấp trên mới")

    def make_order(self, data):
        return Order(above={unit.pk: data["above"].pk for unit in data["units"]})


class EndForm(ActForm):
    """Units end and nobody takes their place."""

    units = RowsField(queryset=Unit.objects.none(), label="Các đơn vị chấm dứt hoạt động", widget=TICKS)

    def make_order(self, data):
        return Order(ends={unit.pk: [] for unit in data["units"]})


class TableForm(ActForm):
    """A whole table at once, pasted or from a file; the file's rows become text, so that nothing is lost on the way."""

    table = forms.CharField(
        label="Bảng sắp xếp",
        required=False,
        max_length=900_000,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "class": "code",
                "placeholder": "mã cũ; tên cũ; mã mới; tên mới; ngày",
                "spellcheck": "false",
            }
        ),
        help_text="Chép nguyên từ Excel rồi dán vào đây, hoặc ghi mỗi dòng năm cột cách nhau bằng dấu chấm phẩy.",
    )
    file = forms.FileField(label="Hoặc tải tệp Excel (.xlsx), CSV", required=False)
    new_parent = one_unit("Cấp trên của các đơn vị mới", required=False, help_text="Để trống: như đơn vị cũ.")

    def __init__(self, data=None, files=None, **options):
        if files and files.get("file"):
            data = data.copy()
            data["table"], self.unread = _text_of(files["file"], data.get("table", ""))
        else:
            self.unread = None
        super().__init__(data, **options)
        self.rows = []

    def clean_table(self):
        if self.unread:
            raise self.unread
        rows = rows_of_text(self.cleaned_data["table"])
        if not rows:
            raise ValidationError("Bảng chưa có dòng nào: hãy dán bảng hoặc chọn tệp.", code="empty")
        if len(rows) > MOST_ROWS:
            raise ValidationError(f"Bảng có {len(rows)} dòng, quá mức {MOST_ROWS}: hãy tách bảng.", code="too_long")
        self.rows = rows
        return self.cleaned_data["table"]

    def make_order(self, data):
        order = order_of_rows(self.rows, on=data["on"], parent=data["new_parent"])
        wrong = [row for row in self.rows if row.faults]
        if wrong:
            raise ValidationError(f"{len(wrong)} dòng cần sửa, ghi bên dưới. Chưa có gì được ghi.", code="rows")
        return order

    def wrong_rows(self):
        return [row for row in self.rows if row.faults]


def _text_of(upload, typed):
    """The rows of a file as text, or what was typed and the refusal."""
    try:
        if upload.name.lower().endswith((".csv", ".txt")):
            check_upload(upload, allowed=("text/plain",))
            return upload.read().decode("utf-8-sig", "replace"), None
        book = open_workbook(check_workbook(upload, "bảng"), values=True)
        rows = rows_of_cells(rows_of(book.worksheets[0]))
    except ValidationError as refusal:
        return typed, refusal
    cells = ((row.old_code, row.old_name, row.new_code, row.new_name, row.day) for row in rows)
    return "\n".join("; ".join(cell.replace(";", ",") for cell in row) for row in cells), None


FORMS = {
    ReorganisationKind.MERGE: MergeForm,
    ReorganisationKind.SPLIT: SplitForm,
    ReorganisationKind.RENAME: RenameForm,
    ReorganisationKind.ABOVE: AboveForm,
    ReorganisationKind.END: EndForm,
    ReorganisationKind.TABLE: TableForm,
}


class WithdrawForm(forms.Form):
    """Why an act to come is taken back."""

    reason = LineField(label="Lý do rút lại", max_length=200)
