"""One small form for each verb that wants more than a button."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from directives.forms.rows import LARGEST
from directives.paper import UnreadablePaper, read_docx
from directives.selectors.drafting import authorities_on
from directives.services.filing import SCANS
from units.forms.fields import MomentField
from units.models import SigningAuthority
from units.uploads import WORD, check_upload

TEXT = "text/plain"


class OfTheTextSeen(forms.Form):
    """A decision about the text the page was opened for: its version comes back with the form."""

    version = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput())

    def clean(self):
        data = super().clean()
        if data.get("version") is None:
            raise ValidationError(
                "Trang này không cho biết anh/chị đã xem bản nào. Hãy mở lại văn bản rồi làm lại.", code="stale"
            )
        return data


class NoteForm(OfTheTextSeen):
    note = forms.CharField(
        label="Ý kiến (không bắt buộc)", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ít nhất 10 ký tự; người soạn sẽ đọc và làm theo.",
    )


class SignForm(OfTheTextSeen):
    """Who signed the printed paper, and when."""

    authority = forms.ModelChoiceField(label="Người ký", queryset=SigningAuthority.objects.none(), empty_label=None)
    signed_at = MomentField(label="Ký lúc")

    def __init__(self, *args, dispatch, now, **kwargs):
        super().__init__(*args, **kwargs)
        held = SigningAuthority.objects.filter(pk=dispatch.authority_id).select_related("user")
        self.fields["authority"].queryset = held or authorities_on(dispatch.issuer, timezone.localdate(now))
        self.fields["authority"].initial = dispatch.authority_id
        self.fields["version"].initial = dispatch.version
        self.fields["signed_at"].initial = timezone.localtime(now).replace(second=0, microsecond=0)


class ScanForm(forms.Form):
    upload = forms.FileField(
        label="Bản quét đã ký, đóng dấu",
        help_text="PDF, JPG hoặc PNG, tối đa 20 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png", "data-max-bytes": "20971520"}),
    )

    def clean_upload(self):
        check_upload(self.cleaned_data["upload"], SCANS)
        return self.cleaned_data["upload"]


class WaiveForm(forms.Form):
    due_at = MomentField(label="Hạn nộp bản quét")
    reason = forms.CharField(
        label="Lý do chưa có bản quét",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi rõ vì sao phải ban hành trước khi có bản quét.",
    )


class PasteForm(forms.Form):
    """A paper as text, pasted or out of a Word or text file. The file is read and let go; nothing of it is kept."""

    text = forms.CharField(
        label="Nội dung văn bản",
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 22, "class": "font-paper", "spellcheck": "false"}),
    )
    upload = forms.FileField(
        label="Hoặc chọn tệp Word (.docx), văn bản (.txt)",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt", "data-max-bytes": "20971520"}),
    )
    fine = forms.BooleanField(
        label="Tách từng điểm trong mục thành yêu cầu riêng",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def clean(self):
        data = super().clean()
        upload = data.get("upload")
        if upload:
            data["text"] = _text_of(upload)
        if not (data.get("text") or "").strip() and not self.errors:
            raise ValidationError("Hãy dán nội dung văn bản hoặc chọn một tệp.", code="empty")
        return data


def _text_of(upload):
    content_type = check_upload(upload, (WORD, TEXT))
    data = upload.read()
    if content_type == WORD:
        try:
            return read_docx(data)
        except UnreadablePaper as unreadable:
            raise ValidationError(str(unreadable), code="unreadable") from unreadable
    return data.decode("utf-8", errors="replace")
