"""Filter bars of this floor."""

from django import forms

from plans.states import DutyKind
from units.forms.fields import DayField
from units.states import UnitKind


class DutyMapForm(forms.Form):
    """The bar of the duty map; its names are the address."""

    ngay = DayField(label="Từng giờ của ngày", required=False)
    tu = DayField(required=False, widget=forms.HiddenInput)
    lop = forms.ChoiceField(
        label="Loại trực", required=False, choices=[("", "Tất cả loại bắt buộc"), *DutyKind.choices]
    )
    loai = forms.ChoiceField(label="Loại đơn vị", required=False, choices=[("", "Tất cả"), *UnitKind.choices])
    thieu = forms.ChoiceField(label="Đơn vị", required=False, choices=[("", "Tất cả"), ("1", "Chỉ đơn vị còn thiếu")])
