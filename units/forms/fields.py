"""Fields as a Vietnamese office fills them in: days, telephone numbers, names, units to choose from."""

from datetime import date
from functools import partial

from django import forms
from django.core.exceptions import ValidationError

from units.phones import phone_digits, phone_fault
from units.stamps import stamp
from units.text import tidy

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_KEY = 18  # digits
NOT_SEEN = "Trang đã cũ hoặc được gửi thiếu: hãy mở lại trang rồi thực hiện."


class SeenForm(forms.Form):
    """A form that changes a stored row carries the row's fingerprint back to the verb; sent without it, nothing is changed."""

    def carry_stamp(self, row):
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp(row))

    def clean(self):
        cleaned = super().clean()
        if "seen" in self.fields and not self.cleaned_data.get("seen"):
            raise ValidationError(NOT_SEEN, code="not_seen")
        return cleaned


def in_calendar(value, first=FIRST_DAY):
    """Refuses a day or a moment outside the years this product reckons with; beyond them databases and calendars overflow."""
    day = value if type(value) is date else value.date()
    if not first <= day <= LAST_DAY:
        raise ValidationError(
            f"Ngày phải trong khoảng từ {first:%d/%m/%Y} đến {LAST_DAY:%d/%m/%Y}.", code="out_of_calendar"
        )


class LineField(forms.CharField):
    """One line of text, kept in NFC with single spaces."""

    def to_python(self, value):
        return tidy(super().to_python(value))


class PersonNameField(LineField):
    """A person's name: letters only, so that no telephone number slips into lists and histories."""

    def validate(self, value):
        super().validate(value)
        if any(char.isdigit() or char in "@/\\" for char in value):
            raise ValidationError("Họ và tên chỉ gồm chữ cái.")


class DayField(forms.DateField):
    """A day, typed or picked, not before `first`."""

    def __init__(self, *, first=FIRST_DAY, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(validators=[partial(in_calendar, first=first)], **options)


class MomentField(forms.DateTimeField):
    """A day and an hour of Viet Nam, typed or picked."""

    default_validators = [in_calendar]

    def __init__(self, **options):
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        options.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"])
        super().__init__(**options)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table. A number longer than any key is no choice; Django would hand it on to the database."""

    def clean(self, value):
        if any(len(str(key)) > LONGEST_KEY for key in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": "…"})
        return super().clean(value)


class PhoneField(forms.CharField):
    """A telephone number of Viet Nam; kept as digits."""

    def __init__(self, *, mobile=False, **options):
        self.mobile = mobile
        options.setdefault("max_length", 30)
        super().__init__(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}), **options)

    def clean(self, value):
        digits = phone_digits(super().clean(value))
        if digits and (fault := phone_fault(digits, mobile=self.mobile)):
            raise ValidationError(fault)
        return digits
