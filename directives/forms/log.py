"""Which lines of a paper's log."""

from django import forms

from directives.selectors.log import ACTS, LOOKS


class LogForm(forms.Form):
    """Acts, views or both; of everybody or of people with that name."""

    who = forms.CharField(label="Người", required=False, max_length=100)
    part = forms.ChoiceField(
        label="Loại",
        required=False,
        choices=[("", "Xử lý và lượt xem"), (ACTS, "Chỉ việc xử lý"), (LOOKS, "Chỉ lượt xem")],
    )
