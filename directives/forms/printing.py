"""Which papers are printed together, and how."""

from django import forms

from directives.forms.filters import ManyRows
from directives.models import Dispatch

MOST_PAPERS = 200
MOST_BYTES = 100 * 1024 * 1024
GONE = "Có văn bản vừa chọn không in được nữa. Hãy tải lại trang rồi chọn lại."


class PrintForm(forms.Form):
    """`rows`: the papers this person may print. Refuses more than a printer takes at once."""

    SCAN, FILED = "scan", "filed"

    papers = ManyRows(
        queryset=Dispatch.objects.none(),
        required=False,
        error_messages={"invalid_choice": GONE, "invalid_pk_value": GONE, "invalid_list": GONE},
    )
    source = forms.ChoiceField(
        label="In từ",
        choices=[
            (SCAN, "Bản quét đã ký, đóng dấu; văn bản chưa có bản quét thì in tệp PDF đã lưu"),
            (FILED, "Tệp PDF đã lưu của mọi văn bản"),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial=SCAN,
        error_messages={"required": "Hãy chọn in từ bản quét hay từ tệp PDF đã lưu."},
    )
    two_sided = forms.BooleanField(
        label="In hai mặt: mỗi văn bản bắt đầu ở một tờ mới",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["papers"].queryset = rows

    def clean(self):
        """The files to be joined, as pairs (paper, stored file), stand in `files` of what is cleaned."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        papers = list(cleaned["papers"])
        if not papers:
            raise forms.ValidationError("Chưa chọn văn bản nào. Hãy đánh dấu những văn bản cần in.", code="none")
        if len(papers) > MOST_PAPERS:
            raise forms.ValidationError(
                f"Đã chọn {len(papers)} văn bản; mỗi lần gộp nhiều nhất {MOST_PAPERS}. Hãy bỏ bớt rồi in làm nhiều lần.",
                code="too_many",
            )
        scans = cleaned["source"] == self.SCAN
        files = [(paper, paper.scan if scans and paper.scan else paper.pdf) for paper in papers]
        size = sum(file.size for _, file in files)
        if size > MOST_BYTES:
            raise forms.ValidationError(
                f"Các tệp đã chọn nặng {size / 1024 / 1024:.0f} MB; mỗi lần gộp nhiều nhất {MOST_BYTES // 1024 // 1024} MB. "
                "Hãy bỏ bớt văn bản, hoặc in từ tệp PDF đã lưu thay cho bản quét.",
                code="too_heavy",
            )
        return cleaned | {"files": files}
