"""A filled file of the address book on its way in; the list of contacts to be proven."""

import django_filters
from django import forms
from django.db.models import Q

from units.forms.sheets import CarriedFileForm
from units.models import Contact, Unit, UnitGroup
from units.selectors import group_units
from units.sheets.lines import check_file, is_workbook
from units.sheets.reading import MOST_BYTES, MOST_LINES
from units.states import UnitKind
from units.uploads import EXCEL


class ImportForm(CarriedFileForm):
    """A workbook, or one table as CSV."""

    MISSING = "Hãy chọn tệp Excel (.xlsx) hoặc CSV đã điền."
    upload = forms.FileField(
        label="Tệp Excel (.xlsx) hoặc CSV (UTF-8)",
        required=False,
        help_text=f"Nhiều nhất {MOST_BYTES // 1048576} MB, {MOST_LINES // 1000}.000 dòng. Tệp chỉ được xem trước; "
        "chưa lưu gì cho đến khi bấm lưu.",
        widget=forms.FileInput(attrs={"accept": f".xlsx,.csv,text/csv,{EXCEL}", "data-max-bytes": MOST_BYTES}),
    )

    def check(self, upload):
        return check_file(upload)

    def _carried(self):
        found = super()._carried()
        if found is not None and not is_workbook(found.read(4)):
            found.name = "tep.csv"
        return found


class ProofFilter(django_filters.FilterSet):
    """People not reached for a month, by name or unit, kind and group of units, and by which way they were not."""

    q = django_filters.CharFilter(method="by_words", label="Tìm theo tên người hoặc đơn vị")
    kind = django_filters.ChoiceFilter(
        choices=UnitKind.choices, field_name="unit__kind", label="Loại đơn vị", empty_label="Mọi loại đơn vị"
    )
    group = django_filters.ModelChoiceFilter(
        queryset=UnitGroup.objects.order_by("sort_key", "pk"), method="by_group", label="Nhóm", empty_label="Mọi nhóm"
    )
    way = django_filters.ChoiceFilter(
        choices=[("phone", "Điện thoại"), ("email", "Thư điện tử"), ("never", "Chưa lần nào")],
        method="by_way",
        label="Chưa xác minh",
        empty_label="Điện thoại hoặc thư",
    )
    who = django_filters.ChoiceFilter(
        choices=[("all", "Mọi người trong danh bạ")], method="by_who", label="Ai", empty_label="Đầu mối nhận yêu cầu"
    )

    class Meta:
        model = Contact
        fields = ["q", "kind", "group", "way", "who"]

    def __init__(self, *args, user, since, today, **options):
        self.since, self.today = since, today
        super().__init__(*args, **options)
        self.form.fields["q"].widget.attrs.update(type="search", autocomplete="off")
        if not user.is_department_staff():  # groups are the Sở's own tool, and its unit is one
            for name in ("kind", "group"):
                self.form.fields.pop(name)
                self.filters.pop(name)

    @property
    def qs(self):
        rows = super().qs
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        return rows if asked.get("who") else rows.filter(is_focal=True)

    def by_words(self, people, name, value):
        return people.filter(Q(search_key__words=value) | Q(unit__in=Unit.objects.search(value)))

    def by_group(self, people, name, value):
        return people.filter(unit__in=group_units(value, self.today))

    def by_way(self, people, name, value):
        if value == "never":
            return people.filter(phone_proven_at=None, email_proven_at=None)
        stale = Q(**{f"{value}_proven_at": None}) | Q(**{f"{value}_proven_at__lt": self.since})
        return people.filter(stale).exclude(**{value: ""})

    def by_who(self, people, name, value):
        return people
