"""Forms of plans: filter, a new one from a template, its text, a reason."""

from django import forms

from plans.forms.fields import BasesField, VersionForm
from plans.models import Occasion
from plans.outlines import KINDS
from plans.states import OccasionKind, PlanStatus
from units.models import Unit
from units.states import Role, UnitKind

OF_OCCASION, NO_OUTLINE = "theo-dot", "khong"
TITLE_HINT = "Để trống thì lấy tên theo mẫu."


class PlanFilter(forms.Form):
    q = forms.CharField(
        label="Tìm theo tên",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Tên kế hoạch, có dấu hoặc không"}),
    )
    status = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *PlanStatus.choices])
    dot = forms.ModelChoiceField(
        Occasion.objects.order_by("-d_day"), label="Đợt", required=False, empty_label="Tất cả các đợt"
    )


class PlanNewForm(forms.Form):
    occasion = forms.ModelChoiceField(Occasion.objects.none(), label="Đợt", empty_label="Chọn đợt")
    outline = forms.ChoiceField(label="Mẫu", initial=OF_OCCASION)
    title = forms.CharField(
        label="Tên kế hoạch", max_length=300, required=False, help_text=TITLE_HINT, widget=forms.Textarea({"rows": 2})
    )
    division = forms.ModelChoiceField(Unit.objects.none(), label="Phòng soạn thảo", empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = {unit for unit, role in user.roles() if role in (Role.SPECIALIST, Role.HEAD)}
        self.fields["occasion"].queryset = Occasion.objects.visible_to(user).order_by("-d_day")
        self.fields["division"].queryset = Unit.objects.filter(pk__in=mine, kind__in=UnitKind.INSIDE).order_by(
            "sort_key"
        )
        names = dict(OccasionKind.choices)
        self.fields["outline"].choices = [
            (OF_OCCASION, "Theo loại đợt"),
            *((kind, f"Mẫu {names[kind]}") for kind in KINDS),
            (NO_OUTLINE, "Không dùng mẫu, tự nhập từng yêu cầu"),
        ]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if data["outline"] == OF_OCCASION:
            data["outline"] = data["occasion"].kind
        if data["outline"] not in KINDS:
            data["outline"] = ""
            if not data["title"]:
                self.add_error("title", "Đợt này không có mẫu, hoặc không dùng mẫu: cần đặt tên kế hoạch.")
        return data


class PlanForm(VersionForm):
    """Everything of a draft but its demands."""

    title = forms.CharField(label="Tên kế hoạch", max_length=300, widget=forms.Textarea({"rows": 2}))
    purpose = forms.CharField(
        label="Mục đích, yêu cầu", required=False, widget=forms.Textarea({"rows": 12, "class": "font-paper"})
    )
    organisation = forms.CharField(
        label="Tổ chức thực hiện", required=False, widget=forms.Textarea({"rows": 10, "class": "font-paper"})
    )

    def __init__(self, *args, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bases"] = BasesField(chosen)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do trả lại",
        min_length=10,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Nêu rõ cần sửa chỗ nào; người soạn nhận được nguyên văn.",
        error_messages={"min_length": "Hãy ghi rõ lý do, ít nhất 10 ký tự, để người soạn biết cần sửa gì."},
    )
