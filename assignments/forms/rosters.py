"""Rosters: which one, one shift, a pattern of shifts, what the Sở says."""

import re
from datetime import time, timedelta

from django import forms
from django.core.exceptions import ValidationError

from assignments import rules
from assignments.duty import PATTERNS, ZONE, day_start, days_of
from assignments.forms.acts import AT_LEAST, VerbForm
from assignments.selectors.rosters import MISSING, needs_of, occasions_for
from assignments.sheet.values import DAY, clock_of
from assignments.states import RosterStatus
from plans.models import Occasion
from plans.states import DutyKind
from units.forms.fields import DayField, LineField, PersonNameField, PhoneField
from units.models import Contact, Unit
from units.states import UnitKind

TURNS = 8
NEW_PERSON = "Chọn người trong danh bạ, hoặc nhập người mới bên dưới"
WHOLE_DAY = timedelta(days=1)


class ClockField(forms.Field):
    """An hour as minutes since midnight: 07:00, 7h30, 1930, 24:00. Typed: a browser's own field has no 24:00, and in many
    languages it says 07:00 PM."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "07:00", "autocomplete": "off", "size": 6})

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        typed = re.sub(r"^(\d{1,2})([0-5]\d)$", r"\1:\2", str(value).strip())
        minutes = clock_of(typed)
        if minutes is None:
            raise ValidationError("Hãy ghi giờ như 07:00 hoặc 7h30.", code="invalid")
        return minutes


class PersonChoice(forms.TypedChoiceField):
    """One of the unit's people; the value is the contact, or None."""

    def __init__(self, people, *, empty, **options):
        self.people = {str(person.pk): person for person in people}
        choices = [("", empty), *((key, person_words(person)) for key, person in self.people.items())]
        super().__init__(choices=choices, coerce=self.people.get, empty_value=None, **options)


def person_words(person):
    return f"{person.name}, {person.position}" if person.position else person.name


class LayersField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        options.setdefault("label", "Loại trực")
        super().__init__(choices=DutyKind.choices, **options)


def people_of(unit):
    return list(Contact.objects.current().filter(unit=unit).order_by("sort_key", "pk"))


class ShiftForm(VerbForm):
    """One stretch of one person. Without a last day the end is the first one after the start: shifts cross midnight unasked."""

    aliases = {"starts_at": "starts_clock", "ends_at": "ends_clock"}

    def __init__(self, *args, roster, shift=None, **options):
        if shift:
            initial = initial_of(shift)
        else:
            needs = needs_of(roster.occasion)
            initial = {"layers": layers_first(needs), "starts_on": days_of(needs, roster.occasion)[0]}
        super().__init__(*args, initial=initial | options.pop("initial", {}), **options)
        people = people_of(roster.unit_id)
        self.fields["contact"] = PersonChoice(
            people, label="Người trực", required=False, empty="Chọn người" if shift else NEW_PERSON
        )
        if shift is None:
            self.fields["name"] = PersonNameField(label="Họ và tên", max_length=100, required=False)
            self.fields["position"] = LineField(label="Chức danh", max_length=100, required=False)
            self.fields["phone"] = PhoneField(label="Điện thoại di động", required=False)
        self.fields["layers"] = LayersField()
        self.fields["starts_on"] = DayField(label="Ngày bắt đầu")
        self.fields["starts_clock"] = ClockField(label="Từ giờ")
        self.fields["ends_on"] = DayField(
            label="Ngày kết thúc", required=False, help_text="Để trống nếu hết ca trong ngày, hoặc qua đêm đến hôm sau."
        )
        self.fields["ends_clock"] = ClockField(label="Đến giờ")
        self.fields["place"] = LineField(label="Nơi trực", max_length=150, required=False)
        self.fields["note"] = LineField(label="Ghi chú", max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        contact = cleaned.get("contact")
        if contact and cleaned.get("name"):
            self.add_error("name", f"Đã chọn {contact.name} trong danh bạ: hãy bỏ chọn, hoặc xóa họ tên này.")
        if contact is None and "contact" not in self.errors:
            if "name" not in self.fields:
                self.add_error("contact", "Hãy chọn người trực.")
            elif not cleaned.get("name") and "name" not in self.errors:
                self.add_error("contact", "Hãy chọn người trực, hoặc nhập họ tên người chưa có trong danh bạ.")
            elif not cleaned.get("phone") and "phone" not in self.errors:
                self.add_error("phone", "Hãy nhập số điện thoại của người trực.")
        return cleaned

    def arguments(self):
        data = self.cleaned_data
        first, start, end = data["starts_on"], data["starts_clock"], data["ends_clock"]
        last = data["ends_on"] or (first + WHOLE_DAY if end <= start else first)
        facts = {name: data[name] for name in ("layers", "place", "note", "contact")}
        facts["starts_at"] = day_start(first) + timedelta(minutes=start)
        facts["ends_at"] = day_start(last) + timedelta(minutes=end)
        if data["contact"] is None:
            facts["person"] = {name: data[name] for name in ("name", "position", "phone")}
        return facts


def layers_first(needs):
    """The first layer that is required: what an empty form offers."""
    return [needs[0].layer] if needs else []


def initial_of(shift):
    start, end = shift.starts_at.astimezone(ZONE), shift.ends_at.astimezone(ZONE)
    return {
        "contact": shift.contact_id,
        "layers": shift.layers,
        "starts_on": start.date(),
        "starts_clock": start.time(),
        "ends_on": end.date(),
        "ends_clock": end.time(),
        "place": shift.place,
        "note": shift.note,
    }


class PatternForm(VerbForm):
    """A period filled in one act: the people take turns in the order they stand here."""

    aliases = {"people": "person_1", "starts_at": "starts_on"}
    pattern = forms.ChoiceField(
        label="Kiểu ca", choices=[(code, rule.label) for code, rule in PATTERNS.items()], widget=forms.RadioSelect
    )

    def __init__(self, *args, roster, **options):
        needs = needs_of(roster.occasion)
        first, last = days_of(needs, roster.occasion)
        initial = {"pattern": "24", "starts_on": first, "ends_on": last, "layers": layers_first(needs)}
        super().__init__(*args, initial=initial, **options)
        self.fields["layers"] = LayersField()
        self.fields["starts_on"] = DayField(label="Từ ngày")
        self.fields["ends_on"] = DayField(label="Đến hết ngày")
        self.fields["begins"] = ClockField(
            label="Giờ giao ca", required=False, help_text="Để trống: 07:00 (theo ngày: 00:00)."
        )
        people = people_of(roster.unit_id)
        for turn in range(1, TURNS + 1):
            self.fields[f"person_{turn}"] = PersonChoice(people, label=f"Người thứ {turn}", empty="—", required=False)
        self.fields["more_people"] = forms.CharField(
            label="Người chưa có trong danh bạ",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Nguyễn Văn An; Trưởng ca; 0912345678"}),
            help_text="Mỗi dòng một người: họ tên; chức danh; điện thoại. Xếp ca sau những người chọn ở trên.",
        )
        self.fields["place"] = LineField(label="Nơi trực", max_length=150, required=False)
        self.fields["note"] = LineField(label="Ghi chú", max_length=300, required=False)

    def turns(self):
        return [self[f"person_{turn}"] for turn in range(1, TURNS + 1)]

    def clean_more_people(self):
        return [_person_of(line) for line in self.cleaned_data["more_people"].splitlines() if line.strip()]

    def clean_begins(self):
        minutes = self.cleaned_data["begins"]
        return None if minutes is None else time(minutes % DAY // 60, minutes % 60)

    def clean(self):
        cleaned = super().clean()
        chosen = [cleaned.get(f"person_{turn}") for turn in range(1, TURNS + 1)]
        cleaned["people"] = [person for person in chosen if person] + cleaned.get("more_people", [])
        if not cleaned["people"] and "more_people" not in self.errors:
            self.add_error("person_1", "Hãy chọn ít nhất một người để xếp ca.")
        return cleaned

    def arguments(self):
        names = ("pattern", "people", "layers", "starts_on", "ends_on", "begins", "place", "note")
        return {name: self.cleaned_data[name] for name in names}


def _person_of(line):
    """A person of a line such as "Nguyễn Văn An; Trưởng ca; 0912 345 678", pasted from a table or typed."""
    parts = [part.strip() for part in re.split(r"[;,|\t]", line) if part.strip()]
    phones = [part for part in parts if len(re.sub(r"\D", "", part)) >= 6]
    if not phones:
        raise ValidationError(f"Dòng “{line.strip()[:60]}” thiếu số điện thoại. Ghi: họ tên; chức danh; điện thoại.")
    words = [part for part in parts if part not in phones]
    try:
        name = PersonNameField(max_length=100).clean(words[0] if words else "")
        phone = PhoneField().clean(phones[0])
    except ValidationError as wrong:
        raise ValidationError(f"Dòng “{line.strip()[:60]}”: {wrong.messages[0]}") from wrong
    return {"name": name, "position": " ".join(words[1:])[:100], "phone": phone}


class NewRosterForm(forms.Form):
    """For which occasion, of which unit."""

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.occasions = {str(row.pk): row for row in occasions_for(user).order_by("-d_day", "-pk")}
        self.units = {str(row.pk): row for row in units_kept_by(user)}
        self.fields["dot"] = forms.TypedChoiceField(
            label="Đợt",
            choices=[("", "Chọn đợt"), *((key, row.name) for key, row in self.occasions.items())],
            coerce=self.occasions.get,
        )
        self.fields["don-vi"] = forms.TypedChoiceField(
            label="Đơn vị",
            choices=[("", "Chọn đơn vị"), *((key, row.name) for key, row in self.units.items())],
            coerce=self.units.get,
        )
        if len(self.units) == 1:
            self.fields["don-vi"].initial = next(iter(self.units))


def units_kept_by(user):
    """The units whose roster this person may enter, by name."""
    units = Unit.objects.visible_to(user).order_by("sort_key", "pk")
    if not rules.can_fill_rosters(user):
        units = units.filter(pk__in=[key for key in user.unit_ids() if rules.keeps_roster(user, key)])
    return units.filter(valid_to=None)


class RosterFilterForm(forms.Form):
    """The bar of the list; `selectors.rosters.roster_filter` reads its address."""

    def __init__(self, data, user):
        super().__init__(data)
        staff = user.is_department_staff()
        occasions = Occasion.objects.visible_to(user) if staff else occasions_for(user)
        choices = {"dot": ("Đợt", list(occasions.order_by("-d_day", "-pk").values_list("pk", "name")))}
        if staff:
            choices["loai"] = ("Loại đơn vị", [kind for kind in UnitKind.choices if kind[0] != UnitKind.OWN])
        states = [("can-lam", "Đơn vị đang lập"), ("da-gui", "Đã gửi, đã duyệt"), *RosterStatus.choices]
        choices["trang-thai"] = ("Tình trạng", [*states, (MISSING, "Chưa lập")])
        choices["thieu"] = ("Trực đủ", [("1", "Còn thiếu"), ("0", "Đủ")])
        if staff:
            self.fields["tim"] = forms.CharField(
                label="Tìm", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên đơn vị…"})
            )
        for name, (label, values) in choices.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=[("", "Tất cả"), *values])
        if data.get("don-vi"):
            self.fields["don-vi"] = forms.CharField(widget=forms.HiddenInput)
        for field in self.fields.values():
            field.required = False


class WaiverForm(VerbForm):
    """Accepting what leaves a layer empty: who accepts it and why stays on the roster."""

    waiver_reason = forms.CharField(
        label="Lý do chấp nhận phần trực còn thiếu",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=AT_LEAST,
    )


class SendForm(VerbForm):
    note = forms.CharField(
        label="Lời nhắn gửi Sở (nếu có)", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
