"""Forms and filters of contacts, accounts, rights and signing authority."""

import django_filters
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError

from units.forms.fields import DayField, LineField, PersonNameField, PhoneField, SeenForm
from units.models import Contact, SigningAuthority, Unit, User
from units.states import Role, SignatureForm, UnitKind

NOT_SHOWN = "Số đang lưu không hiện ở đây. Để trống để giữ nguyên, nhập số mới để thay."


class ContactForm(SeenForm, forms.ModelForm):
    """A person of a unit. Who may not see the number may replace it; a person with an account keeps name and email."""

    name = PersonNameField(label="Họ và tên", max_length=100)
    position = LineField(label="Chức vụ", max_length=100, required=False)
    phone = PhoneField(label="Điện thoại di động", required=False, mobile=True)
    email = forms.EmailField(label="Thư điện tử", required=False)

    class Meta:
        model = Contact
        fields = ["name", "position", "phone", "email", "is_focal"]
        labels = {"is_focal": "Là đầu mối nhận yêu cầu của Sở"}
        help_texts = {"is_focal": "Người này nhận văn bản, nhiệm vụ và nhắc việc của đơn vị."}

    def __init__(self, *args, phone_shown=True, **options):
        super().__init__(*args, **options)
        self.keeps_phone = not phone_shown and bool(self.instance.phone)
        if self.keeps_phone:
            self.initial["phone"] = ""
            self.fields["phone"].help_text = NOT_SHOWN
        if self.instance.pk:
            self.carry_stamp(self.instance)
        if self.instance.user_id:
            del self.fields["name"], self.fields["email"]

    def clean(self):
        """A number left empty by somebody who cannot see it is not a wish to erase it."""
        cleaned = super().clean()
        if self.keeps_phone and not cleaned.get("phone"):
            cleaned.pop("phone", None)
        return cleaned

    def _post_clean(self):
        """The verb judges the row; here only the fields are lent."""


class LeaveForm(forms.Form):
    """The day since when a person no longer speaks for the unit."""

    left_on = DayField(label="Thôi làm đầu mối từ ngày")


class PersonFilter(django_filters.FilterSet):
    """Accounts by name, role and condition."""

    q = django_filters.CharFilter(method="by_words", label="Tìm theo họ tên, tên đăng nhập hoặc thư")
    role = django_filters.ChoiceFilter(
        choices=Role.choices, method="by_role", label="Vai trò", empty_label="Mọi vai trò"
    )
    state = django_filters.ChoiceFilter(
        choices=[("active", "Đang dùng"), ("locked", "Đã khóa"), ("none", "Không còn vai trò")],
        method="by_state",
        label="Tình trạng",
        empty_label="Tất cả",
    )

    class Meta:
        model = User
        fields = ["q", "role", "state"]

    def __init__(self, *args, today, **options):
        self.today = today
        super().__init__(*args, **options)
        self.form.fields["q"].widget.attrs.update(type="search", autocomplete="off")

    def by_words(self, people, name, value):
        return people.search(value)

    def by_role(self, people, name, value):
        return people.holding(self.today, [value])

    def by_state(self, people, name, value):
        if value == "locked":
            return people.filter(is_active=False)
        if value == "none":
            return people.filter(is_active=True).exclude(pk__in=people.holding(self.today).values("pk"))
        return people.filter(is_active=True)


def unit_field(label, kinds=None, **options):
    units = Unit.objects.filter(kind__in=kinds) if kinds else Unit.objects.all()
    return forms.ModelChoiceField(
        queryset=units.order_by("sort_key", "pk"), label=label, empty_label="Chọn đơn vị", **options
    )


ROLE_GROUPS = [
    ("", "Chọn vai trò"),
    ("Trong Sở", [(role.value, role.label) for role in Role if role in Role.STAFF]),
    ("Ở đơn vị ngoài Sở", [(role.value, role.label) for role in Role if role in Role.RECIPIENT]),
]


class PersonEditForm(SeenForm):
    """A person's name and email on the account."""

    full_name = PersonNameField(label="Họ và tên", max_length=100)
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Dùng để đăng nhập, đặt lại mật khẩu và nhận thông báo."
    )

    def __init__(self, *args, person=None, **options):
        super().__init__(*args, **options)
        if person:
            self.carry_stamp(person)


class PersonForm(PersonEditForm):
    """A new account with its first role."""

    unit = unit_field("Đơn vị")
    role = forms.ChoiceField(label="Vai trò", choices=ROLE_GROUPS)
    position = LineField(label="Chức vụ", max_length=100, required=False)
    phone = PhoneField(label="Điện thoại di động", required=False, mobile=True)
    is_focal = forms.BooleanField(
        label="Là đầu mối nhận yêu cầu của Sở", required=False, help_text="Chỉ dùng cho người của đơn vị ngoài Sở."
    )
    username = LineField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ không dấu, số và các dấu . _ -; không phân biệt hoa thường.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label="Mật khẩu ban đầu",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["full_name", "unit", "role", "position", "phone", "email", "is_focal", "username", "password"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["password"].help_text = " ".join(
            [
                "Để trống: người dùng tự đặt qua “Quên mật khẩu”, liên kết gửi vào thư điện tử.",
                *password_validators_help_texts(),
            ]
        )

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        User.username_validator(username)
        if not username.isascii():
            raise ValidationError("Tên đăng nhập viết không dấu.")
        return username


class RoleForm(forms.Form):
    """A role in a unit for a period."""

    unit = unit_field("Đơn vị")
    role = forms.ChoiceField(label="Vai trò", choices=ROLE_GROUPS)
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Thôi giữ từ ngày", required=False, help_text="Để trống nếu chưa xác định.")

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "Ngày thôi giữ phải sau ngày bắt đầu.")
        return cleaned


class EndForm(forms.Form):
    """The day from which a right is no longer held."""

    on = DayField(label="Thôi giữ từ ngày")


class AuthorityForm(forms.ModelForm):
    """Who may sign what, in whose name, in which period."""

    unit = unit_field("Cơ quan ban hành", UnitKind.INSIDE)
    form = forms.ChoiceField(label="Hình thức ký", choices=SignatureForm.choices)
    on_behalf_of = LineField(
        label="Ký thay cho",
        max_length=100,
        required=False,
        help_text="Ghi khi ký KT., TL., TUQ., TM.; ví dụ: Giám đốc. Bỏ trống khi người đứng đầu tự ký.",
    )
    title = LineField(label="Chức vụ người ký", max_length=100, help_text="Ví dụ: Phó Giám đốc.")
    scope = LineField(label="Phạm vi được ký", max_length=200, required=False)
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Thôi giữ từ ngày", required=False, help_text="Để trống nếu chưa xác định.")

    class Meta:
        model = SigningAuthority
        fields = ["unit", "form", "on_behalf_of", "title", "scope", "valid_from", "valid_to"]
