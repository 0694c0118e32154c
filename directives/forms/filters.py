"""Finding papers: filters of the list and of the register."""

import django_filters
from django import forms
from django.db.models import Q
from django_filters.fields import ModelMultipleChoiceField

from directives.models import Dispatch, Register
from directives.states import DispatchKind, DispatchStatus
from plans.models import Occasion
from units.forms.fields import RowsField
from units.models import Unit, User
from units.states import UnitKind


class ManyRows(RowsField, ModelMultipleChoiceField):
    """Several rows in an address: what no key can be finds no row and breaks nothing."""


class RowsFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = ManyRows


class DispatchFilter(django_filters.FilterSet):
    """Words are looked for without accents, each of them anywhere."""

    q = django_filters.CharFilter(label="Tìm số, trích yếu", method="search")
    status = django_filters.ChoiceFilter(
        label="Tình trạng", choices=DispatchStatus.choices, empty_label="Mọi tình trạng"
    )
    kind = django_filters.ChoiceFilter(label="Loại", choices=DispatchKind.choices, empty_label="Mọi loại")
    occasion = django_filters.ModelChoiceFilter(label="Đợt", queryset=Occasion.objects.none(), empty_label="Mọi đợt")
    year = django_filters.ChoiceFilter(label="Năm", method="in_year", empty_label="Mọi năm")
    division = RowsFilter(
        label="Phòng soạn", queryset=Unit.objects.filter(kind__in=UnitKind.INSIDE).order_by("sort_key")
    )
    author = django_filters.ModelChoiceFilter(
        label="Người soạn", queryset=User.objects.order_by("contact__sort_key", "username"), empty_label="Mọi người"
    )
    scan = django_filters.ChoiceFilter(
        label="Bản quét", method="without_scan", choices=[("no", "Chưa có")], empty_label="Có hoặc chưa"
    )
    reviewed = django_filters.ChoiceFilter(
        label="Ý kiến của phòng", method="unreviewed", choices=[("no", "Chưa có")], empty_label="Có hoặc chưa"
    )
    seen = django_filters.ChoiceFilter(
        label="Đơn vị đã xem", method="unseen", choices=[("no", "Chưa xem")], empty_label="Đã hoặc chưa"
    )
    OF_A_DESK = ("division", "author", "scan", "reviewed")  # shown where somebody's desk led here by them

    class Meta:
        model = Dispatch
        fields = []

    def __init__(self, *args, user, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        years = sorted({this_year, *Register.objects.values_list("year", flat=True)}, reverse=True)
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]
        self.filters["occasion"].queryset = Occasion.objects.visible_to(user).order_by("-d_day", "pk")
        staff = user.is_department_staff()
        if not staff:
            del self.filters["status"], self.filters["occasion"]
        for name in self.OF_A_DESK:
            if not staff or not self.data.get(name):
                del self.filters[name]
        if staff or not self.data.get("seen"):
            del self.filters["seen"]

    def search(self, queryset, name, value):
        return queryset.filter(search_key__words=value)

    def without_scan(self, queryset, name, value):
        return queryset.filter(status__in=DispatchStatus.ISSUED_ON, scan=None)

    def unreviewed(self, queryset, name, value):
        return queryset.filter(reviewed_by=None)

    def unseen(self, queryset, name, value):
        return queryset.unseen_by(self.user)

    def in_year(self, queryset, name, value):
        return queryset.filter(Q(year=value) | Q(year=None, created_at__year=value))


class RegisterFilter(forms.Form):
    """Which book, which month; without a month the whole year."""

    year = forms.TypedChoiceField(label="Năm", coerce=int, required=False)
    month = forms.TypedChoiceField(
        label="Tháng",
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", "Cả năm"), *((month, f"Tháng {month}") for month in range(1, 13))],
    )

    def __init__(self, *args, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        years = sorted({this_year, *Register.objects.values_list("year", flat=True)}, reverse=True)
        self.fields["year"].choices = [(year, str(year)) for year in years]
