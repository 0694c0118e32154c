"""Fields and rows of fields that the forms of this floor share."""

from django import forms

from plans.models import LegalBasis
from units.forms.fields import RowsField


def time_field(label, **options):
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class BasesField(RowsField):
    """Legal bases in force, as short citations; one that is superseded stays choosable where it is chosen already."""

    def __init__(self, chosen=(), **options):
        rows = LegalBasis.objects.in_force() | LegalBasis.objects.filter(pk__in=[basis.pk for basis in chosen])
        super().__init__(
            rows.order_by("-issued_on", "pk"),
            required=False,
            label="Căn cứ",
            widget=forms.CheckboxSelectMultiple,
            **options,
        )

    def label_from_instance(self, basis):
        return basis.citation() + (" (đã được thay thế)" if basis.superseded_by_id else "")


class VersionForm(forms.Form):
    """The version of the draft the person had before him; nothing is decided on another one."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "Trang đã cũ: hãy mở lại kế hoạch rồi thực hiện.", "invalid": "Trang đã cũ."},
    )


def tell(form, refusal):
    """Put the refusal of a verb on the form: at the field it names when the form has it, else above all."""
    named = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    for name, errors in named.items():
        form.add_error(name if name in form.fields else None, errors)
