"""The input of each verb. A form checks what is well formed; the verb refuses the rest, and the refusal comes back here."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from assignments.selectors.acts import units_to_ask
from assignments.services.claim import SHORTEST_REASON
from directives.deadlines import due_from, last_day
from units.forms.fields import DayField
from units.models import Unit
from units.refusals import show_refusal

TICKS = ("tre", "hom-nay", "chua-xem", "gia-han")
KEPT = ("phong", "nguoi-giao")  # of an address that somebody's desk gave; no field of the bar

MOST_FILES = 10
AT_LEAST = f"Ít nhất {SHORTEST_REASON} ký tự."


def _area(rows=4, **attrs):
    return forms.Textarea(attrs={"rows": rows} | attrs)


class VerbForm(forms.Form):
    """A form whose words are the arguments of one verb; `aliases` names the field that shows an argument's refusal."""

    aliases = {}

    def about(self, assignment):
        """Told which row it is for, before it is shown or read."""

    def arguments(self):
        return self.cleaned_data

    def refuse(self, refusal):
        """Show what the verb refused, beside its field where there is one. What was typed stays."""
        if hasattr(refusal, "error_dict"):
            named = {self.aliases.get(name, name): errors for name, errors in refusal.error_dict.items()}
            refusal = ValidationError(named)
        show_refusal(self, refusal)


class NoWordsForm(VerbForm):
    """A verb that needs no words: the button is all."""


class QuestionForm(VerbForm):
    question = forms.CharField(label="Vướng mắc cần Sở giải đáp", max_length=2000, widget=_area(), help_text=AT_LEAST)


class AnswerForm(VerbForm):
    answer = forms.CharField(label="Trả lời của Sở", max_length=2000, widget=_area())


class ReasonForm(VerbForm):
    reason = forms.CharField(label="Lý do", max_length=2000, widget=_area(), help_text=AT_LEAST)


class NoteForm(VerbForm):
    note = forms.CharField(label="Ghi chú (nếu có)", max_length=2000, required=False, widget=_area(rows=2))


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, as a list: each is read, checked and written while the person waits, so not without end."""

    widget = FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise ValidationError(
                f"Mỗi lần gửi được nhiều nhất {MOST_FILES} tệp, vừa chọn {len(given)} tệp. Hãy gửi làm nhiều lần.",
                code="too_many",
            )
        return [super(FilesField, self).clean(upload, initial) for upload in given]


class ProofForm(VerbForm):
    """Words, a link, files: one of them is a proof. A browser cannot keep chosen files, so a refusal names them."""

    text = forms.CharField(label="Nội dung báo cáo, kết quả", max_length=20000, required=False, widget=_area(rows=5))
    uploads = FilesField(
        label="Tệp kèm theo",
        required=False,
        help_text=f"PDF, Word, Excel, ảnh JPG, PNG; nhiều nhất {MOST_FILES} tệp, mỗi tệp không quá "
        f"{settings.UPLOAD_MAX_BYTES // 1048576} MB.",
        widget=FilesInput(attrs={"data-max-bytes": settings.UPLOAD_MAX_BYTES, "data-max-files": MOST_FILES}),
    )
    link = forms.URLField(
        label="Liên kết (nếu có)",
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )

    def add_error(self, field, error):
        super().add_error(field, error)
        chosen = [upload.name for upload in self.files.getlist("uploads")] if self.files else []
        if chosen:
            self["uploads"].help_text = f"Hãy chọn lại tệp: {', '.join(chosen)}."


class DayForm(VerbForm):
    """A deadline as people say it: the last day, and an hour of it where it ends before midnight."""

    argument = "due_at"
    aliases = {"due_at": "day", "wanted_at": "day"}

    day = DayField(label="Đến hết ngày")
    hour = forms.TimeField(
        label="Trước giờ (để trống nếu đến hết ngày)",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    reason = forms.CharField(label="Lý do", max_length=500, widget=_area(rows=3), help_text=AT_LEAST)

    def arguments(self):
        data = self.cleaned_data
        return {self.argument: due_from(data["day"], data["hour"]), "reason": data["reason"]}


class AskExtensionForm(DayForm):
    argument = "wanted_at"


class RerouteForm(DayForm):
    """Another unit, and the deadline it gets; a demand without a deadline asks for none."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị nhận thay", empty_label="Chọn đơn vị")
    field_order = ["unit", "day", "hour", "reason"]

    def about(self, assignment):
        self.fields["unit"].queryset = units_to_ask(assignment)
        self.fields["unit"].help_text = (
            "Các đơn vị đã nhận văn bản này và chưa được giao yêu cầu này. "
            "Với đơn vị khác, hãy hủy nhiệm vụ và ban hành văn bản mới."
        )
        if assignment.due_at is None:
            del self.fields["day"], self.fields["hour"]

    def arguments(self):
        data = self.cleaned_data
        timed = super().arguments() if "day" in data else {"reason": data["reason"]}
        return timed | {"unit": data["unit"]}


class DecideForm(VerbForm):
    granted = forms.TypedChoiceField(
        label="Quyết định",
        choices=[("1", "Đồng ý gia hạn"), ("0", "Không đồng ý")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Trả lời",
        max_length=500,
        required=False,
        widget=_area(rows=3),
        help_text="Không đồng ý thì phải ghi rõ lý do.",
    )


class AssignmentFilterForm(forms.Form):
    """The filter bar. Its names are the address; `selectors.listing.assignment_filter` reads them, not this form."""

    def __init__(self, data, choices, staff):
        super().__init__(data)
        self.fields["tim"] = forms.CharField(
            label="Tìm", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Đơn vị, văn bản, nội dung…"})
        )
        labels = {"van-ban": "Văn bản", "yeu-cau": "Yêu cầu", "trang-thai": "Tình trạng"}
        if staff:
            labels = {"dot": "Đợt"} | labels | {"don-vi": "Đơn vị", "loai": "Loại đơn vị"}
        for name, label in labels.items():
            if choices[name]:
                self.fields[name] = forms.ChoiceField(label=label, choices=[("", "Tất cả"), *choices[name]])
        for name in TICKS:
            if data.get(name):
                self.fields[name] = forms.CharField(widget=forms.HiddenInput)
        for name in KEPT:
            if data.get(name):
                self.fields[name] = forms.Field(widget=forms.MultipleHiddenInput)
        for field in self.fields.values():
            field.required = False


def last_day_of(due_at):
    """Initial values of a DayForm for an instant."""
    day, hour = last_day(due_at)
    return {"day": day, "hour": hour}
