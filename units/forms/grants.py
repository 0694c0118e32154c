"""What waits for a second person: the filter of the list, and what is decided on the ticked lines."""

from django import forms
from django.core.exceptions import ValidationError

from units.forms.fields import LineField


class GrantFilter(forms.Form):
    """By name, and by kind."""

    q = forms.CharField(
        label="Tìm theo họ tên",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="Loại quyền", required=False, choices=[("", "Mọi quyền"), ("r", "Vai trò"), ("s", "Quyền ký")]
    )


class DecideForm(forms.Form):
    """Confirm or refuse the ticked lines; refusing needs a reason."""

    act = forms.ChoiceField(choices=[("confirm", ""), ("refuse", "")], widget=forms.HiddenInput)
    reason = LineField(
        label="Lý do từ chối",
        max_length=200,
        required=False,
        help_text="Cần ghi khi từ chối; lý do được ghi vào lịch sử và báo cho người liên quan.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == "refuse" and not cleaned.get("reason") and "reason" not in self.errors:
            raise ValidationError({"reason": "Hãy ghi lý do từ chối rồi bấm lại; các dòng đã chọn vẫn giữ nguyên."})
        return cleaned
