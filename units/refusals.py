"""Refusals of a verb: back on its form, beside the field they name when the form has it, else on top; or said on the next page."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def tell_outcome(request, verb, done):
    """Run a verb that asks for nothing; the next page says that it is `done`, or why it was refused."""
    try:
        verb()
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
    else:
        messages.success(request, done)


def show_refusal(form, refusal):
    """Put a ValidationError of a service on the form; names of fields the form lacks are left out."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
