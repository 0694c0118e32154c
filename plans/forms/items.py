"""The form of one demand: what, who, by when in one of four ways, with which proof."""

from datetime import timedelta

from django import forms

from plans.forms.fields import VersionForm, time_field
from plans.states import LONGEST_DAILY, Cadence, EvidenceKind, TargetRole
from units.forms.fields import DayField, MomentField
from units.models import Unit, UnitGroup
from units.states import UnitKind

TIMINGS = [
    ("offset", "Tính theo ngày D"),
    ("daily", "Hằng ngày, trong một khoảng theo ngày D"),
    ("fixed", "Thời hạn cố định"),
    ("none", "Chưa có thời hạn"),
]
BEFORE, AFTER = "before", "after"
FARTHEST = timedelta(days=400)


class ItemForm(VersionForm):
    """A demand. Days are typed as days; what is stored is their distance from D-day, so they move with it."""

    section = forms.CharField(
        label="Mục", max_length=200, widget=forms.TextInput(attrs={"list": "sections", "autocomplete": "off"})
    )
    text = forms.CharField(label="Nội dung yêu cầu", max_length=4000, widget=forms.Textarea({"rows": 4}))
    timing = forms.ChoiceField(label="Thời hạn", choices=TIMINGS, widget=forms.RadioSelect, initial="offset")
    days = forms.IntegerField(label="Số ngày", required=False, min_value=0, max_value=FARTHEST.days)
    side = forms.ChoiceField(
        label="So với ngày D", required=False, choices=[(BEFORE, "ngày trước ngày D"), (AFTER, "ngày sau ngày D")]
    )
    due_time = time_field("Đến mấy giờ (để trống là hết ngày)", required=False)
    first_day = DayField(label="Từ ngày", required=False)
    last_day = DayField(label="Đến hết ngày", required=False)
    daily_time = time_field("Trước mấy giờ mỗi ngày", required=False)
    due_at = MomentField(label="Thời điểm", required=False)
    evidence_kind = forms.ChoiceField(label="Minh chứng", choices=EvidenceKind, initial=EvidenceKind.DOCUMENT)
    must_report = forms.BooleanField(label="Phải gửi báo cáo về Sở", required=False)
    lead = forms.MultipleChoiceField(label="Chủ trì", required=False)
    support = forms.MultipleChoiceField(label="Phối hợp", required=False)

    def __init__(self, *args, d_day, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.d_day = d_day
        self.groups = list(UnitGroup.objects.order_by("sort_key", "pk"))
        units = list(Unit.objects.active_on(today).exclude(kind=UnitKind.OWN).order_by("sort_key", "pk"))
        self.divisions = [unit for unit in units if unit.kind == UnitKind.DIVISION]
        self.units = [unit for unit in units if unit.kind != UnitKind.DIVISION]
        self.targets = {f"g{group.pk}": group for group in self.groups} | {f"u{unit.pk}": unit for unit in units}
        for name in ("lead", "support"):
            self.fields[name].choices = [(key, str(target)) for key, target in self.targets.items()]

    def target_rows(self, rows, letter):
        """(key, name, leads?, supports?) of each row, as the table of recipients shows them."""
        leads, supports = set(self["lead"].value() or ()), set(self["support"].value() or ())
        keys = [(f"{letter}{row.pk}", str(row)) for row in rows]
        return [(key, name, key in leads, key in supports) for key, name in keys]

    def group_rows(self):
        return self.target_rows(self.groups, "g")

    def division_rows(self):
        return self.target_rows(self.divisions, "u")

    def unit_rows(self):
        """Single units, the chosen ones first."""
        return sorted(self.target_rows(self.units, "u"), key=lambda row: not (row[2] or row[3]))

    def clean(self):
        data = super().clean()
        if both := set(data.get("lead", ())) & set(data.get("support", ())):
            names = ", ".join(str(self.targets[key]) for key in sorted(both))
            self.add_error("lead", f"Chọn một vai trò cho mỗi đơn vị: {names} đang vừa chủ trì vừa phối hợp.")
        timing = data.get("timing")
        if timing == "offset" and data.get("days") is None and "days" not in self.errors:
            self.add_error("days", "Hãy nhập số ngày trước hoặc sau ngày D (0 là chính ngày D).")
        if timing == "fixed" and not data.get("due_at") and "due_at" not in self.errors:
            self.add_error("due_at", "Hãy nhập thời điểm.")
        if timing == "daily" and not {"first_day", "last_day"} & self.errors.keys():
            first, last = data.get("first_day"), data.get("last_day")
            if not first or not last:
                self.add_error("first_day", "Hãy nhập ngày đầu và ngày cuối.")
            elif last < first:
                self.add_error("last_day", "Ngày cuối phải từ ngày đầu trở đi.")
            elif (last - first).days >= LONGEST_DAILY:
                self.add_error("last_day", f"Yêu cầu hằng ngày kéo dài nhiều nhất {LONGEST_DAILY} ngày.")
            elif abs(first - self.d_day) > FARTHEST or abs(last - self.d_day) > FARTHEST:
                self.add_error("first_day", f"Ngày phải cách ngày D không quá {FARTHEST.days} ngày.")
        return data

    def facts(self):
        """What the verb takes: only the fields of the chosen way to be due."""
        data = self.cleaned_data
        due = {
            "due_offset": None,
            "due_time": None,
            "due_at": None,
            "every": Cadence.ONCE,
            "repeat_from": None,
            "repeat_until": None,
        }
        if data["timing"] == "offset":
            due["due_offset"] = -data["days"] if data["side"] == BEFORE else data["days"]
            due["due_time"] = data["due_time"]
        elif data["timing"] == "fixed":
            due["due_at"] = data["due_at"]
        elif data["timing"] == "daily":
            due |= {
                "every": Cadence.DAY,
                "repeat_from": (data["first_day"] - self.d_day).days,
                "repeat_until": (data["last_day"] - self.d_day).days,
                "due_time": data["daily_time"],
            }
        names = ("section", "text", "evidence_kind", "must_report", "version")
        targets = [
            (self.targets[key], role)
            for name, role in (("lead", TargetRole.LEAD), ("support", TargetRole.SUPPORT))
            for key in data[name]
        ]
        return {name: data[name] for name in names} | due | {"targets": targets}


def initial_of_item(item, d_day):
    """A stored demand as the form's first values."""
    timing = "fixed" if item.due_at else "daily" if item.every else "none" if item.due_offset is None else "offset"
    offset = item.due_offset or 0
    keys = [
        (f"u{target.unit_id}" if target.unit_id else f"g{target.group_id}", target.role)
        for target in item.targets.all()
    ]
    return {
        "section": item.section,
        "text": item.text,
        "timing": timing,
        "days": abs(offset) if timing == "offset" else None,
        "side": AFTER if offset > 0 else BEFORE,
        "due_time": item.due_time if timing == "offset" else None,
        "daily_time": item.due_time if timing == "daily" else None,
        "first_day": d_day + timedelta(days=item.repeat_from) if timing == "daily" else None,
        "last_day": d_day + timedelta(days=item.repeat_until) if timing == "daily" else None,
        "due_at": item.due_at,
        "evidence_kind": item.evidence_kind,
        "must_report": item.must_report,
        "lead": [key for key, role in keys if role == TargetRole.LEAD],
        "support": [key for key, role in keys if role == TargetRole.SUPPORT],
    }
