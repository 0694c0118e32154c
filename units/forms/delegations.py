"""Forms and filter of delegation for absence."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q

from units.forms.fields import LineField, MomentField
from units.models import Delegation, Membership, User
from units.services.delegations import LONGEST
from units.states import Role


def _people(rights):
    """Who holds one of these rights and can log in, by given name."""
    return User.objects.filter(pk__in=rights.values("user"), is_active=True).order_by("contact__sort_key", "username")


class DelegationForm(forms.Form):
    """Who stands in for whom, for how long and why. The absent person is chosen only by whoever answers for others."""

    giver = forms.ModelChoiceField(label="Người vắng mặt", queryset=User.objects.none(), empty_label=None)
    taker = forms.ModelChoiceField(
        label="Người xử lý thay", queryset=User.objects.none(), empty_label="Chọn người xử lý thay"
    )
    starts_at = MomentField(label="Từ", required=False, help_text="Để trống: có hiệu lực ngay.")
    ends_at = MomentField(
        label="Đến", help_text=f"Đúng giờ này quyền xử lý thay tự hết. Nhiều nhất {LONGEST.days} ngày."
    )
    reason = LineField(
        label="Lý do",
        max_length=200,
        help_text="Ví dụ: Đi công tác, nghỉ phép. Không ghi chi tiết về sức khỏe, gia đình.",
    )

    def __init__(self, *args, user, for_others, absent=None, **options):
        super().__init__(*args, **options)
        rights = Membership.objects.current()
        own = user.own_roles()
        house = Q(pk=None)
        if any(role in Role.STAFF for _, role in own):
            house |= Q(role__in=Role.STAFF)
        house |= Q(unit__in={unit for unit, role in own if role in Role.RECIPIENT})
        if absent is not None:
            house |= Q(unit__in={unit for unit, role in absent.own_roles() if role in Role.RECIPIENT})
        people = _people(rights.filter(house))
        self.fields["taker"].queryset = people if for_others else people.exclude(pk=user.pk)
        if for_others:
            self.fields["giver"].queryset = people
            self.initial.setdefault("giver", absent or user)
        else:
            del self.fields["giver"]


class DelegationFilter(django_filters.FilterSet):
    """Delegations by person, side and standing."""

    q = django_filters.CharFilter(method="by_words", label="Tìm theo họ tên")
    side = django_filters.ChoiceFilter(
        choices=[("given", "Tôi ủy quyền"), ("taken", "Tôi xử lý thay")],
        method="by_side",
        label="Của tôi",
        empty_label="Tất cả",
    )
    state = django_filters.ChoiceFilter(
        choices=[("in_force", "Đang hiệu lực"), ("to_come", "Sắp tới"), ("over", "Đã kết thúc")],
        method="by_state",
        label="Tình trạng",
        empty_label="Mọi tình trạng",
    )

    class Meta:
        model = Delegation
        fields = ["q", "side", "state"]

    def __init__(self, *args, user, now, **options):
        self.user, self.now = user, now
        super().__init__(*args, **options)
        self.form.fields["q"].widget.attrs.update(type="search", autocomplete="off")

    def by_words(self, rows, name, value):
        people = User.objects.search(value).values("pk")
        return rows.filter(Q(giver__in=people) | Q(taker__in=people))

    def by_side(self, rows, name, value):
        return rows.filter(giver=self.user) if value == "given" else rows.filter(taker=self.user)

    def by_state(self, rows, name, value):
        if value == "in_force":
            return rows.in_force(self.now)
        if value == "to_come":
            return rows.to_come(self.now)
        return rows.exclude(pk__in=rows.meeting(self.now, self.now + timedelta(days=36500)))
