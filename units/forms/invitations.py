"""Forms of invitations, of the first password, and of a focal person's replacement."""

import django_filters
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from units import rules
from units.forms.fields import LineField, PersonNameField, PhoneField, RowsField
from units.forms.units import TICKS
from units.models import Contact, Invitation, Unit
from units.states import Role, UnitKind
from units.tokens import VALID_FOR

MOST = 500


def role_choices(roles):
    """The roles one may invite into, the Sở's apart from those of other units."""
    inside = [(role.value, role.label) for role in Role if role in roles and role in Role.STAFF]
    outside = [(role.value, role.label) for role in Role if role in roles and role in Role.RECIPIENT]
    if inside and outside:
        return [("", "Chọn vai trò"), ("Trong Sở", inside), ("Ở đơn vị ngoài Sở", outside)]
    return inside + outside


class ContactInvitationForm(forms.Form):
    """An invitation of somebody in the address book."""

    email = forms.EmailField(
        label="Thư điện tử", help_text=f"Liên kết kích hoạt gửi vào đây, dùng một lần trong {VALID_FOR.days} ngày."
    )
    role = forms.ChoiceField(label="Vai trò")

    def __init__(self, *args, roles, **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = role_choices(roles)


class InvitationForm(ContactInvitationForm):
    """An invitation of somebody who is entered into the address book with it."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị")
    name = PersonNameField(label="Họ và tên", max_length=100)
    position = LineField(label="Chức vụ", max_length=100, required=False)
    phone = PhoneField(label="Điện thoại di động", required=False, mobile=True)
    field_order = ["unit", "name", "position", "email", "phone", "role"]

    def __init__(self, *args, user, units, **options):
        self.user = user
        roles = frozenset(role for unit in units for role in rules.invitable_roles(user, unit))
        super().__init__(*args, roles=roles, **options)
        self.fields["unit"].queryset = units

    def clean(self):
        cleaned = super().clean()
        unit, role = cleaned.get("unit"), cleaned.get("role")
        if unit and role and not rules.can_invite(self.user, unit, role):
            self.add_error(
                "role", f"Anh/chị không mời được vai trò này vào {unit.name}; hãy chọn vai trò hoặc đơn vị khác."
            )
        return cleaned


class ManyForm(forms.Form):
    """Focal people of many units, invited in one act."""

    contacts = RowsField(queryset=Contact.objects.none(), label="Đầu mối được mời", widget=TICKS)

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["contacts"].queryset = people
        self.fields["contacts"].label_from_instance = lambda row: f"{row.unit.name}: {row.name}, {row.email}"

    def clean_contacts(self):
        chosen = self.cleaned_data["contacts"]
        if len(chosen) > MOST:
            raise ValidationError(f"Mỗi lần mời nhiều nhất {MOST} người; hãy chọn theo loại đơn vị.")
        return chosen


class ReplaceForm(forms.Form):
    """Who takes over from a focal person: somebody of the unit's address book, or somebody new."""

    successor = forms.ModelChoiceField(
        queryset=Contact.objects.none(), label="Người thay", required=False, empty_label="Người mới, nhập dưới đây"
    )
    name = PersonNameField(label="Họ và tên người mới", max_length=100, required=False)
    position = LineField(label="Chức vụ", max_length=100, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False, help_text="Lời mời mở tài khoản gửi vào đây.")
    phone = PhoneField(label="Điện thoại di động", required=False, mobile=True)

    def __init__(self, *args, contact, **options):
        super().__init__(*args, **options)
        others = Contact.objects.current().filter(unit=contact.unit_id).exclude(pk=contact.pk)
        self.fields["successor"].queryset = others.order_by("sort_key", "pk")

    def clean(self):
        cleaned = super().clean()
        successor = cleaned.get("successor")
        if successor is None:
            for name in ("name", "email"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Người mới cần có họ tên và thư điện tử.")
        elif not successor.user_id and not successor.email and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", f"{successor.name} chưa có thư điện tử trong danh bạ: hãy nhập để gửi lời mời.")
        return cleaned

    def given(self):
        """What the verb is told: of somebody in the address book only what was missing there."""
        data = self.cleaned_data
        if data["successor"] is None:
            return data
        return {"successor": data["successor"], "email": "" if data["successor"].email else data["email"]}


def password_words():
    """What a password must be, in one sentence, with the length the settings ask for."""
    lengths = [getattr(one, "min_length", 0) for one in get_default_password_validators()]
    return f"Ít nhất {max(lengths)} ký tự; không chỉ gồm chữ số, không dễ đoán, không giống họ tên hay thư điện tử của anh/chị."


class FirstPasswordForm(forms.Form):
    """The first password of an account, typed twice."""

    password1 = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Nhập lại mật khẩu mới",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["password1"].help_text = password_words()

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập mật khẩu chưa giống nhau.")
        return cleaned


STATES = [
    ("waiting", "Chờ kích hoạt"),
    ("unconfirmed", "Chờ người thứ hai xác nhận"),
    ("expired", f"Quá {VALID_FOR.days} ngày"),
    ("asked", "Xin gửi lại"),
    ("bounced", "Thư không gửi được"),
    ("accepted", "Đã kích hoạt"),
    ("revoked", "Đã thu hồi"),
]


class InvitationFilter(django_filters.FilterSet):
    """Invitations by name, condition and kind of unit; those still open when nothing is asked."""

    q = django_filters.CharFilter(method="by_words", label="Tìm theo họ tên hoặc thư")
    state = django_filters.ChoiceFilter(
        choices=STATES, method="by_state", label="Tình trạng", empty_label="Chưa kích hoạt"
    )
    kind = django_filters.ChoiceFilter(
        choices=UnitKind.choices, field_name="unit__kind", label="Loại đơn vị", empty_label="Mọi loại đơn vị"
    )

    class Meta:
        model = Invitation
        fields = ["q", "state", "kind"]

    def __init__(self, *args, now, **options):
        self.now = now
        super().__init__(*args, **options)
        self.form.fields["q"].widget.attrs.update(type="search", autocomplete="off")

    @property
    def qs(self):
        rows = super().qs
        asked = self.form.cleaned_data.get("state") if self.form.is_valid() else None
        return rows if asked else rows.open()

    def by_words(self, rows, name, value):
        return rows.search(value)

    def by_state(self, rows, name, value):
        if value == "accepted":
            return rows.exclude(accepted_at=None)
        if value == "revoked":
            return rows.exclude(revoked_at=None)
        if value == "waiting":
            return rows.waiting(self.now)
        if value == "unconfirmed":
            return rows.open().filter(confirmed_by=None)
        if value == "expired":
            return rows.open().filter(expires_at__lte=self.now)
        return rows.open().exclude(**{f"{value}_at": None})
