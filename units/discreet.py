"""No mobile number and no address of mail stays in what is never deleted, nor in what is kept beyond its time.

History is append-only and kept as long as the papers, personal data is not (Luật 91/2025/QH15): so what somebody types into
a reason or an answer is stored without them. Numbers of offices (02…) are nobody's own and stay."""

import re

from django.db import models

PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address
    r"|(?<!\w)(?:(?:\+|00)84[ .-]?|0)[35789]\d(?:[ .-]?\d){7}(?!\d)"  # a mobile number, grouped after its third digit
    r"|(?<![\w.])0[35789](?:[ .-]\d\d){4}(?![\d.])"  # or in pairs; codes of units (H27.03.05…) are none
)
LEFT_OUT = "[đã lược]"


def discreet(text):
    """The text without mobile numbers and addresses."""
    return PERSONAL.sub(LEFT_OUT, text)


class _Discreet:
    """Whatever way a row is written, in one or in bulk, the column holds the discreet text. To migrations it is a plain one."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else discreet(value)[: self.max_length]

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain}", args, kwargs


class DiscreetText(_Discreet, models.TextField):
    plain = "TextField"


class DiscreetLine(_Discreet, models.CharField):
    plain = "CharField"
