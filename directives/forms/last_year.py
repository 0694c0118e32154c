"""Making a new paper from an earlier one: for which occasion, and what is written instead of each moved date."""

import re

from django import forms
from django.core.exceptions import ValidationError

from directives.moving import OccasionDates
from directives.paper.dates import DAY, day_iso
from directives.selectors.earlier import next_occasion, occasions_for, old_dates
from directives.selectors.last_year import LONGEST
from plans.models import Occasion
from plans.states import OccasionKind
from units.forms.fields import DayField
from units.text import tidy

_DAYS = re.compile(DAY)
OTHER = "khac"
UNREAL = "Không có ngày {day}; hãy ghi lại."


class OccasionChoice(forms.ModelChoiceField):
    def label_from_instance(self, occasion):
        return f"{occasion.name} (ngày chính {occasion.d_day:%d/%m/%Y})"


class AgainForm(forms.Form):
    """The new occasion, and the old D-day where the earlier paper was linked to no occasion: proposed from its words."""

    dot = OccasionChoice(label="Lập cho đợt", queryset=Occasion.objects.none(), empty_label=None)
    ngay_cu = DayField(
        label="Ngày chính của đợt trước", help_text="Văn bản cũ không gắn với đợt nào; các ngày được tính từ ngày này."
    )

    def __init__(self, data, *, source, user, today):
        self.source = source
        rows = occasions_for(source, user)
        self.default = next_occasion(rows, today)
        data = data.copy()
        if self.default and not data.get("dot"):
            data["dot"] = str(self.default.pk)
        super().__init__(data)
        self.fields["dot"].queryset = rows
        if source.occasion_id:
            del self.fields["ngay_cu"]
        elif "ngay_cu" not in data and (found := self._guessed(rows)):
            data["ngay_cu"] = found.d_day.isoformat()

    def _guessed(self, rows):
        chosen = self.data["dot"] if self.data.get("dot", "").isdecimal() and len(self.data["dot"]) < 19 else None
        occasion = rows.filter(pk=chosen).first() if chosen else None
        return old_dates(self.source, occasion.kind) if occasion else None

    def old(self):
        """The old occasion as it was confirmed. Its name is known where the day is that of the paper's own words."""
        kind = self.cleaned_data["dot"].kind
        found = old_dates(self.source, kind)
        if self.source.occasion_id:
            return found
        day = self.cleaned_data["ngay_cu"]
        return found if found and found.d_day == day else OccasionDates(kind, day)


class WordsForm:
    """What was chosen on the page for each row of `LastYear`, and which units take the place of those that ended."""

    def __init__(self, data, carried):
        self.chosen, self.errors, self.typed, self.picked = {}, {}, {}, {}
        for row in [*carried.rows, *carried.kept]:
            try:
                words = self._words(data, row)
            except ValidationError as wrong:
                self.errors[row.key] = " ".join(wrong.messages)
            else:
                if words != row.move.new:
                    self.chosen[row.key] = words
        self.heirs = None
        if "thay" in data:
            self.heirs = {
                unit.pk: [each for each in heirs if str(each.pk) in data.getlist(f"thay-{unit.pk}")]
                for unit, heirs in carried.ended.items()
            }

    def _words(self, data, row):
        typed = self.typed[row.key] = tidy(data.get(f"khac-{row.key}", ""))
        picked = self.picked[row.key] = data.get(f"chon-{row.key}", row.move.new)
        if picked != OTHER:
            if picked not in {words for words, _ in row.choices()}:
                raise ValidationError("Hãy chọn lại cách ghi này.")
            return picked
        if not typed or len(typed) > LONGEST:
            raise ValidationError(f"Hãy ghi từ 1 đến {LONGEST} ký tự, hoặc chọn một cách ghi có sẵn.")
        for found in _DAYS.finditer(typed):
            if day_iso(found) is None:
                raise ValidationError(UNREAL.format(day=found[0]))
        return typed

    def lines(self, rows):
        """The rows of the page, each with what is chosen now, what was typed and what is wrong with that."""
        return [
            {
                "row": row,
                "picked": self.picked[row.key],
                "typed": self.typed.get(row.key, ""),
                "error": self.errors.get(row.key, ""),
            }
            for row in rows
        ]

    def takes_over(self, carried):
        """Each unit that ended, with the units that may take its place and whether they do."""
        return [
            (unit, [(each, self.heirs is None or each in self.heirs[unit.pk]) for each in heirs])
            for unit, heirs in carried.ended.items()
        ]


class EarlierForm(forms.Form):
    """Looking for an earlier paper: words without accents, and the kind of occasion. `dot` is the occasion it is wanted for."""

    q = forms.CharField(label="Tìm số, trích yếu", required=False, max_length=200)
    loai = forms.ChoiceField(label="Loại đợt", required=False, choices=[("", "Mọi loại đợt"), *OccasionKind.choices])

    dot = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())

    def wanted(self):
        """What to look for, of whatever was well formed."""
        self.is_valid()
        self.occasion = self.cleaned_data.get("dot")
        return {"kind": self.cleaned_data.get("loai", ""), "words": self.cleaned_data.get("q") or ""}
