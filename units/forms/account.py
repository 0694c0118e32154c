"""allauth's forms of passkeys with the labels our people read, and with a sentence for whatever a browser may send."""

import struct
from contextlib import contextmanager

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django.core.cache import cache
from django.core.exceptions import ValidationError

LONGEST_NAME = 50
# allauth lets these of the parsers below it through.
MALFORMED = (TypeError, ValueError, LookupError, AttributeError, AssertionError, struct.error, InvalidSignature)


@contextmanager
def _passkey_words():
    """Whatever is wrong with what the browser sent is one sentence."""
    sentence = "Khóa truy cập không khớp hoặc yêu cầu đã quá hạn. Hãy thử lại, hoặc dùng cách khác."
    try:
        yield
    except MALFORMED as fault:
        raise ValidationError(sentence, code="passkey") from fault
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == "incorrect_code":
            raise ValidationError(sentence, code="passkey") from refusal
        raise


class _OnceOnly:
    """allauth forgets a used code after one period, while our tolerance for slow clocks lets it live for three."""

    def clean_code(self):
        code = super().clean_code()
        lives = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 2)
        if not cache.add(f"second-step:{self.user.pk}:{code}", True, timeout=lives):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeStepForm(_OnceOnly, AuthenticateForm):
    """A code as the second step of a login."""


class CodeAgainForm(_OnceOnly, ReauthenticateForm):
    """A code before a change of one's security."""


class _ReadCredential:
    def clean_credential(self):
        with _passkey_words():
            return super().clean_credential()


class PasskeyStepForm(_ReadCredential, AuthenticateWebAuthnForm):
    """A passkey as the second step of a login."""


class PasskeyLoginForm(_ReadCredential, LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeyAgainForm(_ReadCredential, ReauthenticateWebAuthnForm):
    """A passkey before a change of one's security."""


def _name(field):
    field.label = "Tên khóa"
    field.max_length = LONGEST_NAME
    field.widget.attrs["maxlength"] = LONGEST_NAME


class PasskeyForm(AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _name(self.fields["name"])
        self.fields["passwordless"].label = "Đăng nhập chỉ bằng khóa này, không cần mật khẩu"
        self.fields["passwordless"].help_text = "Máy sẽ đòi vân tay, khuôn mặt hoặc mã PIN mỗi lần đăng nhập."
        self.fields["passwordless"].initial = True

    def clean_name(self):
        return super().clean_name()[:LONGEST_NAME]

    def clean(self):
        with _passkey_words():
            return super().clean()


class PasskeyNameForm(EditWebAuthnForm):
    """The name by which a person knows a passkey."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _name(self.fields["name"])

    def clean_name(self):
        name = self.cleaned_data["name"]
        if len(name) > LONGEST_NAME:
            raise ValidationError(f"Tên khóa chỉ được tối đa {LONGEST_NAME} ký tự.")
        return name
