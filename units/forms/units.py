"""Forms and filters of units and groups."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from units.forms.fields import DayField, LineField, PhoneField, RowsField, SeenForm
from units.models import Contact, Unit, UnitGroup
from units.rules import STALE
from units.states import UnitKind

TICKS = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


class UnitFilter(django_filters.FilterSet):
    """The list of units by words (any name it ever bore, or a code), kind, and what its contacts lack."""

    q = django_filters.CharFilter(method="by_words", label="Tìm theo tên (cả tên cũ) hoặc mã")
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label="Loại", empty_label="Mọi loại")
    contact = django_filters.ChoiceFilter(
        choices=[("none", "Chưa có đầu mối"), ("stale", f"Quá {STALE.days} ngày chưa kiểm tra")],
        method="by_contact",
        label="Đầu mối",
        empty_label="Không lọc",
    )
    parent = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), widget=forms.HiddenInput)

    class Meta:
        model = Unit
        fields = ["q", "kind", "contact", "parent"]

    def __init__(self, *args, now, **options):
        self.now = now
        super().__init__(*args, **options)
        self.form.fields["q"].widget.attrs.update(type="search", autocomplete="off")

    def by_words(self, units, name, value):
        return units.search(value)

    def by_contact(self, units, name, value):
        focal = Contact.objects.current().filter(unit=OuterRef("pk"), is_focal=True)
        if value == "none":
            return units.recipients().filter(~Exists(focal))
        return units.filter(Exists(focal.unproven_since(self.now - STALE)))


class UnitForm(SeenForm, forms.ModelForm):
    """What is known about a unit, its name aside."""

    kind = forms.ChoiceField(label="Loại", choices=[("", "Chọn loại"), *UnitKind.choices])

    code = LineField(label="Mã định danh", max_length=35, required=False, help_text="Theo Quyết định 20/2020/QĐ-TTg.")
    old_code = LineField(label="Mã định danh cũ", max_length=13, required=False)
    tax_code = LineField(label="Mã số doanh nghiệp", max_length=14, required=False)
    area_code = LineField(
        label="Mã đơn vị hành chính",
        max_length=5,
        required=False,
        help_text="Chỉ cho Ủy ban nhân dân tỉnh, xã, phường, đặc khu.",
    )
    issuing_place = LineField(
        label="Địa danh trên văn bản", max_length=60, required=False, help_text="Chỉ cần cho đơn vị ban hành văn bản."
    )
    address = LineField(label="Địa chỉ", max_length=200, required=False)
    phone = PhoneField(label="Điện thoại cơ quan", required=False)
    email = forms.EmailField(label="Thư điện tử cơ quan", required=False)
    valid_from = DayField(label="Thành lập từ ngày", required=False, help_text="Để trống nếu không rõ.")

    class Meta:
        model = Unit
        fields = [
            "kind",
            "parent",
            "code",
            "old_code",
            "tax_code",
            "area_code",
            "address",
            "phone",
            "email",
            "issuing_place",
            "valid_from",
        ]

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            self.carry_stamp(self.instance)
        above = Q(pk__in=Unit.objects.active_on(today))
        if self.instance.pk:
            above = (above | Q(pk=self.instance.parent_id)) & ~Q(pk=self.instance.pk)
        self.fields["parent"].queryset = Unit.objects.filter(above).order_by("sort_key", "pk")
        self.fields["parent"].empty_label = "Không có"


class NewUnitForm(UnitForm):
    """A new unit: its name too."""

    name = LineField(label="Tên đầy đủ", max_length=200)
    short_name = LineField(label="Tên viết tắt", max_length=50, required=False)
    field_order = ["kind", "name", "short_name", "parent"]


class NameForm(forms.Form):
    """A unit's name, to mend a typing mistake."""

    name = LineField(label="Tên đầy đủ", max_length=200)
    short_name = LineField(label="Tên viết tắt", max_length=50, required=False)


class ReasonForm(forms.Form):
    """A reason, asked before something is undone."""

    reason = LineField(label="Lý do", max_length=200)


class GroupForm(SeenForm, forms.ModelForm):
    """A group as printed on papers, and the units it means."""

    name = LineField(label="Tên nhóm, như in trên văn bản", max_length=150)
    kind = forms.ChoiceField(
        label="Gồm mọi đơn vị thuộc loại",
        choices=[("", "Không theo loại, chỉ các đơn vị chọn dưới đây"), *UnitKind.choices],
        required=False,
        help_text="Đơn vị mới thành lập thuộc loại này tự động vào nhóm; đơn vị đã chấm dứt tự động ra.",
    )
    parent = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="Chỉ những đơn vị trực thuộc",
        required=False,
        empty_label="Không giới hạn",
        help_text="Ví dụ: mọi xã, phường trực thuộc một Ủy ban nhân dân tỉnh.",
    )
    members = RowsField(
        queryset=Unit.objects.none(),
        label="Và các đơn vị chọn thêm",
        required=False,
        widget=TICKS,
    )

    class Meta:
        model = UnitGroup
        fields = ["name", "code", "kind", "parent", "members"]
        labels = {"code": "Mã nhóm"}
        help_texts = {"code": "Chữ không dấu, số và dấu gạch ngang; ví dụ: doanh-nghiep-vien-thong."}

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        self.fields["members"].queryset = choices
        above = Unit.objects.filter(children__isnull=False) | Unit.objects.filter(pk=self.instance.parent_id)
        self.fields["parent"].queryset = Unit.objects.filter(pk__in=above.values("pk")).order_by("sort_key", "pk")
        if self.instance.pk:
            self.carry_stamp(self.instance)
