"""A filled sheet on its way in, and carried by the preview page and back: nothing of it lies on the server meanwhile."""

import base64
import binascii

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from units.sheets.reading import MOST_BYTES, check_workbook
from units.uploads import EXCEL


class CarriedFileForm(forms.Form):
    """A file chosen just now, or the one the preview page carries. `data` holds its bytes, checked by content in `check`."""

    CARRIED_NAME = "tep.xlsx"
    MISSING = "Hãy chọn tệp Excel đã điền."
    upload = forms.FileField(
        label="Tệp Excel (.xlsx)",
        required=False,
        help_text=f"Nhiều nhất {MOST_BYTES // 1048576} MB. Tệp chỉ được xem trước; chưa lưu gì cho đến khi bấm lưu.",
        widget=forms.FileInput(attrs={"accept": f".xlsx,{EXCEL}", "data-max-bytes": MOST_BYTES}),
    )
    carried = forms.CharField(required=False, max_length=MOST_BYTES * 4 // 3 + 8, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def check(self, upload):
        """The bytes of the file; refuses what cannot be read."""
        return check_workbook(upload)

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload") or self._carried()
        if upload is None:
            if "upload" not in self.errors:
                self.add_error("upload", self.MISSING)
            return cleaned
        try:
            cleaned["data"] = self.check(upload)
        except ValidationError as refusal:
            self.add_error("upload", refusal)
        return cleaned

    def _carried(self):
        text = self.cleaned_data.get("carried")
        if not text:
            return None
        try:
            return SimpleUploadedFile(self.CARRIED_NAME, base64.urlsafe_b64decode(text.encode()))
        except (ValueError, binascii.Error):
            return SimpleUploadedFile(self.CARRIED_NAME, b"")


def carried(data):
    """The bytes of a file as a hidden field takes them."""
    return base64.urlsafe_b64encode(data).decode()
