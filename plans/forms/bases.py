"""Forms of legal bases and of days off."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from plans.models import LegalBasis
from plans.states import BasisKind
from units.forms.fields import DayField, SeenForm
from units.uploads import check_upload


class BasisFilter(forms.Form):
    q = forms.CharField(
        label="Tìm căn cứ",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Số, cơ quan, trích yếu; có dấu hoặc không"}),
    )
    kind = forms.ChoiceField(label="Loại văn bản", required=False, choices=[("", "Tất cả"), *BasisKind.choices])
    force = forms.ChoiceField(
        label="Hiệu lực",
        required=False,
        choices=[("", "Tất cả"), ("con", "Chưa bị thay thế"), ("het", "Đã được thay thế")],
    )


class BasisForm(SeenForm):
    """A superior paper and its file; an empty file field keeps the one stored."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=BasisKind, initial=BasisKind.LETTER)
    number = forms.CharField(label="Số, ký hiệu", max_length=50, required=False)
    issued_on = DayField(label="Ngày ban hành", first=date(1945, 9, 2), required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=150)
    subject = forms.CharField(
        label="Trích yếu (về việc …)",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Với luật, pháp lệnh: ghi đủ tên và ngày thông qua, vì khi trích dẫn luật không ghi số.",
    )
    superseded_by = forms.ModelChoiceField(
        LegalBasis.objects.none(), label="Đã được thay thế bởi", required=False, empty_label="Không, vẫn dùng"
    )
    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"data-max-bytes": settings.UPLOAD_MAX_BYTES}),
        help_text="PDF, Word, Excel, ảnh hoặc .txt, tối đa 20 MB.",
    )

    def __init__(self, *args, basis=None, **kwargs):
        super().__init__(*args, **kwargs)
        if basis:
            self.carry_stamp(basis)
        others = LegalBasis.objects.exclude(pk=basis.pk) if basis else LegalBasis.objects.all()
        self.fields["superseded_by"].queryset = others.order_by("-issued_on", "pk")

    def clean(self):
        data = super().clean()
        if not self.errors and data["kind"] not in (BasisKind.LAW, BasisKind.OTHER) and not data["number"]:
            self.add_error("number", ValidationError("Văn bản này cần có số, ký hiệu để trích dẫn.", code="number"))
        return data

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None:
            check_upload(file)
        return file


class HolidayForm(SeenForm):
    """A day and the paper that says what it is."""

    day = DayField(label="Ngày")
    is_day_off = forms.TypedChoiceField(
        label="Ngày này là",
        choices=[("1", "Ngày nghỉ"), ("0", "Ngày làm việc (làm bù, hoán đổi)")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    name = forms.CharField(
        label="Tên", max_length=100, widget=forms.TextInput(attrs={"placeholder": "Ví dụ: Nghỉ bù Quốc khánh"})
    )
    source = forms.CharField(
        label="Theo văn bản",
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "Số, ký hiệu, ngày của văn bản quyết định"}),
    )

    def __init__(self, *args, holiday=None, **kwargs):
        super().__init__(*args, **kwargs)
        if holiday:
            self.carry_stamp(holiday)
