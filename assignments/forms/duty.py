"""The bar of “Ai đang trực”: a moment, a layer, a kind of unit, a name."""

from django import forms

from plans.states import DutyKind
from units.forms.fields import MomentField
from units.states import UnitKind


class DutyForm(forms.Form):
    """What is not understood is said beside its field, and narrows nothing."""

    tim = forms.CharField(
        label="Người, đơn vị",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Họ tên hoặc tên đơn vị…"}),
    )
    luc = MomentField(label="Lúc", required=False)
    lop = forms.ChoiceField(label="Loại trực", required=False, choices=[("", "Tất cả"), *DutyKind.choices])
    loai = forms.ChoiceField(label="Loại đơn vị", required=False, choices=[("", "Tất cả"), *UnitKind.choices])
    trong = forms.ChoiceField(label="Vị trí", required=False, choices=[("", "Tất cả"), ("1", "Đơn vị có vị trí trống")])

    def asked(self):
        """Arguments of `selectors.duty.on_duty` as far as they were understood."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "words": data.get("tim", ""),
            "layer": data.get("lop", ""),
            "kind": data.get("loai", ""),
            "only_empty": data.get("trong") == "1",
        }
