"""Refusals of a verb, back on the form: beside the field they name when the form has it, else on top."""

from django.core.exceptions import NON_FIELD_ERRORS


def show_refusal(form, refusal):
    """Put a ValidationError of a service on the form; names of fields the form lacks are left out."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
