"""Finding papers: filters of the list and of the register."""

import django_filters
from django import forms
from django.db.models import Q

from directives.models import Dispatch, Register
from directives.states import DispatchKind, DispatchStatus
from plans.models import Occasion
from units.text import fold


class DispatchFilter(django_filters.FilterSet):
    """Words are looked for without accents, each of them anywhere."""

    q = django_filters.CharFilter(label="Tìm số, trích yếu", method="search")
    status = django_filters.ChoiceFilter(
        label="Tình trạng", choices=DispatchStatus.choices, empty_label="Mọi tình trạng"
    )
    kind = django_filters.ChoiceFilter(label="Loại", choices=DispatchKind.choices, empty_label="Mọi loại")
    occasion = django_filters.ModelChoiceFilter(label="Đợt", queryset=Occasion.objects.none(), empty_label="Mọi đợt")
    year = django_filters.ChoiceFilter(label="Năm", method="in_year", empty_label="Mọi năm")

    class Meta:
        model = Dispatch
        fields = []

    def __init__(self, *args, user, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        years = sorted({this_year, *Register.objects.values_list("year", flat=True)}, reverse=True)
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]
        self.filters["occasion"].queryset = Occasion.objects.visible_to(user).order_by("-d_day", "pk")
        if not user.is_department_staff():
            del self.filters["status"], self.filters["occasion"]

    def search(self, queryset, name, value):
        for word in fold(value).split():
            queryset = queryset.filter(search_key__contains=word)
        return queryset

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
