"""allauth's forms of passkeys with the labels our people read."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError

LONGEST_NAME = 50


def _name(field):
    field.label = "Tên khóa"
    field.max_length = LONGEST_NAME
    field.widget.attrs["maxlength"] = LONGEST_NAME


class PasskeyForm(AddWebAuthnForm):
    """A new passkey; what the browser sent is judged by allauth, and whatever is malformed is one sentence."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _name(self.fields["name"])
        self.fields["passwordless"].label = "Đăng nhập chỉ bằng khóa này, không cần mật khẩu"
        self.fields["passwordless"].help_text = "Máy sẽ đòi vân tay, khuôn mặt hoặc mã PIN mỗi lần đăng nhập."
        self.fields["passwordless"].initial = True

    def clean_name(self):
        return super().clean_name()[:LONGEST_NAME]


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
