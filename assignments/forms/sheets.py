"""A filled roster sheet on its way in, and the occasion it is for."""

from django import forms

from plans.models import Occasion
from units.forms.sheets import CarriedFileForm
from units.sheets.reading import check_workbook


class SheetForm(CarriedFileForm):
    """A roster as an .xlsx."""

    CARRIED_NAME = "lich-truc.xlsx"

    def check(self, upload):
        return check_workbook(upload, "lịch trực")


class OccasionForm(forms.Form):
    """The occasion a sheet of many units is for."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.occasions = {str(row.pk): row for row in Occasion.objects.order_by("-d_day", "-pk")}
        self.fields["dot"] = forms.TypedChoiceField(
            label="Đợt",
            choices=[("", "Chọn đợt"), *((key, row.name) for key, row in self.occasions.items())],
            coerce=self.occasions.get,
        )
