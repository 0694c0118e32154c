"""Forms of occasions: filter, proposal, the occasion itself, another D-day."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError

from plans.forms.fields import BasesField
from plans.selectors import aware, start_of
from plans.states import DutyKind, OccasionKind, PhaseKind
from units.forms.fields import DayField, MomentField, SeenForm


class OccasionFilter(forms.Form):
    q = forms.CharField(
        label="Tìm theo tên",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Tên đợt, có dấu hoặc không"}),
    )
    kind = forms.ChoiceField(label="Loại đợt", required=False, choices=[("", "Tất cả"), *OccasionKind.choices])


class ProposalForm(forms.Form):
    """The first step: a kind and a year, or D-day itself."""

    kind = forms.ChoiceField(label="Loại đợt", choices=OccasionKind)
    year = forms.IntegerField(label="Năm", required=False, min_value=2016, max_value=2100)
    d_day = DayField(label="Hoặc ngày chính (ngày D)", required=False)

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("year") and not data.get("d_day"):
            raise ValidationError("Hãy nhập năm, hoặc ngày chính nếu đã biết.", code="when")
        return data


class OccasionForm(SeenForm):
    """The whole occasion. Three phases touch, so two instants divide them; the outer edges are the first and the last day."""

    name = forms.CharField(label="Tên đợt", max_length=150)
    starts_on = DayField(label="Bắt đầu từ ngày")
    during_from = MomentField(label="Giai đoạn “Trong” từ lúc")
    during_until = MomentField(label="Giai đoạn “Trong” đến trước lúc")
    ends_on = DayField(label="Kết thúc hết ngày")

    def __init__(self, *args, occasion=None, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        if occasion:
            self.carry_stamp(occasion)
        for kind in PhaseKind:
            self.fields[f"layers_{kind}"] = forms.MultipleChoiceField(
                label=f"Lớp trực bắt buộc – giai đoạn “{kind.label}”",
                choices=DutyKind,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["bases"] = BasesField(chosen)

    def layer_fields(self):
        return [self[f"layers_{kind}"] for kind in PhaseKind]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        first, last = start_of(data["starts_on"]), start_of(data["ends_on"] + timedelta(days=1))
        edges = [first, data["during_from"], data["during_until"], last]
        if edges != sorted(edges) or edges[1] == edges[2]:
            raise ValidationError(
                "Các mốc phải theo thứ tự: bắt đầu đợt, bắt đầu giai đoạn “Trong”, kết thúc giai đoạn “Trong”, "
                "kết thúc đợt.",
                code="order",
            )
        data["phases"] = [
            {"kind": kind, "starts_at": starts_at, "ends_at": ends_at, "duty_layers": data[f"layers_{kind}"]}
            for kind, starts_at, ends_at in zip(PhaseKind.values, edges, edges[1:], strict=False)
            if starts_at < ends_at
        ]
        return data

    def facts(self):
        """What the verbs take."""
        names = ("name", "starts_on", "ends_on", "phases", "bases", "seen")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class NewOccasionForm(OccasionForm):
    """The second step: the proposal, every part of it open to change but its kind and D-day."""

    kind = forms.ChoiceField(choices=OccasionKind, widget=forms.HiddenInput(attrs={"id": "id_chosen_kind"}))
    d_day = DayField(widget=forms.HiddenInput(attrs={"type": "hidden", "id": "id_chosen_d_day"}))

    def facts(self):
        return super().facts() | {"kind": self.cleaned_data["kind"], "d_day": self.cleaned_data["d_day"]}


def initial_of_proposal(outline):
    """The proposal as the form's first values."""
    during = next(phase for phase in outline.phases if phase.kind == PhaseKind.DURING)
    return {
        "kind": outline.kind,
        "name": outline.name,
        "d_day": outline.d_day.isoformat(),
        "starts_on": outline.starts_on,
        "ends_on": outline.ends_on,
        "during_from": aware(during.starts_at),
        "during_until": aware(during.ends_at),
    } | {f"layers_{phase.kind}": list(phase.duty_layers) for phase in outline.phases}


def initial_of_occasion(occasion, phases, bases):
    """A stored occasion as the form's first values; without a middle phase its D-day stands in."""
    by_kind = {phase.kind: phase for phase in phases}
    during = by_kind.get(PhaseKind.DURING)
    day = aware(datetime.combine(occasion.d_day, time.min))
    return {
        "name": occasion.name,
        "starts_on": occasion.starts_on,
        "ends_on": occasion.ends_on,
        "during_from": during.starts_at if during else day,
        "during_until": during.ends_at if during else day + timedelta(days=1),
        "bases": [basis.pk for basis in bases],
    } | {f"layers_{kind}": phase.duty_layers for kind, phase in by_kind.items()}


class MoveForm(forms.Form):
    """Another D-day; `seen` is the one that stood on the page."""

    d_day = DayField(label="Ngày D mới")


class ConfirmMoveForm(forms.Form):
    d_day = DayField(widget=forms.HiddenInput)
    seen = DayField(widget=forms.HiddenInput)
