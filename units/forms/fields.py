"""Fields as a Vietnamese office fills them in: days, telephone numbers, names, units to choose from."""

from django import forms
from django.core.exceptions import ValidationError

from units.phones import phone_digits, phone_fault
from units.text import tidy


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
    """A day, typed or picked."""

    def __init__(self, **options):
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            **options,
        )


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
