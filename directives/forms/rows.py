"""The rows of a draft: lines of addressees, demands, copy lines, bases."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError

from directives.deadlines import daily_phrase, due_from, in_words, last_day, readings
from directives.forms.owners import OneUnitField, OwnersField, OwnersWidget
from plans.states import Cadence, EvidenceKind, TargetRole
from units.forms.fields import DayField

SMALL = {"class": "form-control form-control-sm"}
SMALL_SELECT = {"class": "form-select form-select-sm"}
OTHER = "other"
LARGEST = 2**31 - 1
MOST_DAYS = 120
FIRST_BASIS = date(1945, 9, 2)


def day_input():
    return forms.DateInput(attrs={"type": "date", **SMALL}, format="%Y-%m-%d")


class RowForm(forms.Form):
    """One row; `book` is the shared address book. A row without words is no row. `spot` is where its words stand in the
    text as it was typed, `was` the row it replaces on the page."""

    words = "text"
    spot = was = None

    def __init__(self, *args, book, **kwargs):
        super().__init__(*args, **kwargs)
        self.book = book

    def value_of(self, name):
        """What the row shows now: posted or initial."""
        return self[name].value()

    def is_blank(self):
        return not (self.cleaned_data.get(self.words) or "").strip()


class AddresseeForm(RowForm):
    text = forms.CharField(
        label="Dòng in", max_length=300, required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )

    def __init__(self, *args, book, **kwargs):
        super().__init__(*args, book=book, **kwargs)
        self.fields["owners"] = OwnersField(book=book, label="Gửi tới", widget=OwnersWidget())
        text = self.value_of("text")
        self.candidates = book.behind(text)["candidates"] if text else []
        likely = {book.rows[each.what, each.pk]: _likeness(each) for each in self.candidates}
        self.fields["owners"].widget.offered, self.fields["owners"].widget.remarks = list(likely), likely

    def row(self):
        owners = self.cleaned_data["owners"]
        return {
            "text": self.cleaned_data["text"],
            "groups": [each for each in owners if _is_group(each)],
            "units": [each for each in owners if not _is_group(each)],
        }


def _likeness(candidate):
    """How well a group or unit fits the printed line, in words."""
    if candidate.ended:
        return f"đã chấm dứt {candidate.ended:%d/%m/%Y}"
    share = f"{candidate.score:.0%}"
    return "đúng tên" if candidate.score == 1 else f"khớp {share}" if candidate.sure else f"có thể, {share}"


def _is_group(row):
    return row._meta.model_name == "unitgroup"


class CopyForm(RowForm):
    text = forms.CharField(label="Dòng in", max_length=300, required=False, widget=forms.TextInput(attrs=SMALL))

    def __init__(self, *args, book, **kwargs):
        super().__init__(*args, book=book, **kwargs)
        self.fields["unit"] = OneUnitField(book=book, label="Gửi bản điện tử tới")

    def row(self):
        return {"text": self.cleaned_data["text"], "unit": self.cleaned_data["unit"]}


class BasisForm(RowForm):
    """`fresh` marks a row that was proposed and that nobody has touched: it follows the text."""

    text = forms.CharField(
        label="Trích dẫn", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, **SMALL})
    )
    fresh = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput())
    number = forms.CharField(label="Số, ký hiệu", max_length=50, required=False, widget=forms.TextInput(attrs=SMALL))
    issued_on = DayField(label="Ngày", first=FIRST_BASIS, required=False, widget=day_input())

    def __init__(self, *args, book, known, **kwargs):
        super().__init__(*args, book=book, **kwargs)
        self.known = {str(row.pk): row for row in known}
        choices = [("", "Chưa có trong danh mục căn cứ"), *((pk, str(row)[:120]) for pk, row in self.known.items())]
        self.fields["basis"] = forms.ChoiceField(
            label="Trong danh mục", required=False, choices=choices, widget=forms.Select(attrs=SMALL_SELECT)
        )

    def clean_basis(self):
        return self.known.get(self.cleaned_data["basis"])

    def row(self):
        return {name: self.cleaned_data[name] for name in ("text", "number", "issued_on", "basis")}


class DemandForm(RowForm):
    """One demand. `reading` chooses between the meanings of its phrase; a day or hour changed by hand (against `shown`)
    decides over it, and alone where the phrase fixes no day. `fresh` as of a basis."""

    label = forms.CharField(label="Mục", max_length=30, required=False, widget=forms.TextInput(attrs=SMALL))
    text = forms.CharField(label="Nội dung", required=False, widget=forms.Textarea(attrs={"rows": 3, **SMALL}))
    starts = forms.IntegerField(required=False, min_value=0, max_value=LARGEST, widget=forms.HiddenInput())
    ends = forms.IntegerField(required=False, min_value=0, max_value=LARGEST, widget=forms.HiddenInput())
    plan_item = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput())
    fresh = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput())
    due_phrase = forms.CharField(
        label="Hạn ghi trong văn bản", max_length=200, required=False, widget=forms.TextInput(attrs=SMALL)
    )
    reading = forms.CharField(required=False)
    due_on = DayField(label="Đến hết ngày", required=False, widget=day_input())
    shown = forms.CharField(required=False, widget=forms.HiddenInput())
    hour = forms.TimeField(
        label="Giờ", required=False, widget=forms.TimeInput(attrs={"type": "time", **SMALL}, format="%H:%M")
    )
    every = forms.ChoiceField(
        label="Lặp lại", required=False, choices=Cadence.choices, widget=forms.Select(attrs=SMALL_SELECT)
    )
    repeat_from = DayField(label="Từ ngày", required=False, widget=day_input())
    repeat_until = DayField(label="Đến hết ngày", required=False, widget=day_input())
    evidence_kind = forms.ChoiceField(
        label="Minh chứng", choices=EvidenceKind.choices, widget=forms.Select(attrs=SMALL_SELECT)
    )
    must_report = forms.BooleanField(
        label="Phải báo cáo", required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args, book, on, **kwargs):
        super().__init__(*args, book=book, **kwargs)
        self.on = on
        self.fields["lead"] = OwnersField(book=book, label="Chủ trì")
        self.fields["support"] = OwnersField(book=book, label="Phối hợp")

    def offer(self, rows):
        for name in ("lead", "support"):
            self.fields[name].widget.offered = rows

    def meanings(self):
        """The readings of the phrase as (value, words, chosen), "another day" last; empty when it fixes no day."""
        found = [(each.due_at.isoformat(), each.words) for each in readings(self.value_of("due_phrase"), self.on)]
        if not found:
            return []
        chosen = self.value_of("reading") or (OTHER if self.value_of("due_on") else found[0][0])
        return [(value, words, value == chosen) for value, words in [*found, (OTHER, "ngày khác, ghi ở ô dưới")]]

    def lead_words(self):
        return "; ".join(str(row) for row in self.value_of("lead")["rows"])

    def support_words(self):
        return "; ".join(str(row) for row in self.value_of("support")["rows"])

    def due_words(self):
        """When the demand falls due, as the row stands now; empty when it has no deadline."""
        day, hour = self._shown("due_on"), self._shown("hour")
        if self.value_of("every"):
            first, last = self._shown("repeat_from"), self._shown("repeat_until")
            return daily_phrase(first, last, hour) if first and last else "hằng ngày"
        by_hand = day and _as_text(day, hour) != self.value_of("shown")
        chosen = next((words for value, words, chosen in self.meanings() if chosen and value != OTHER), None)
        if chosen and not by_hand:
            return chosen.partition(" – ")[0]
        return in_words(due_from(day, hour)) if day else ""

    def proof_words(self):
        """Which proof is asked for; empty when none is."""
        proof = self.value_of("evidence_kind") or EvidenceKind.NONE
        said = [dict(EvidenceKind.choices).get(proof, "")] if proof != EvidenceKind.NONE else []
        return ", ".join([*said, *(["phải báo cáo"] if self.value_of("must_report") else [])])

    def _shown(self, name):
        """What a field holds now, None where that is not well formed."""
        try:
            return self.fields[name].clean(self.value_of(name))
        except ValidationError:
            return None

    def clean(self):
        data = super().clean()
        if self.errors or self.is_blank():
            return data
        if not (data.get("label") or "").strip():
            self.add_error("label", "Hãy ghi số mục của yêu cầu.")
        if data.get("every"):
            if not (data.get("repeat_from") and data.get("repeat_until")):
                self.add_error("repeat_from", "Yêu cầu hằng ngày cần ngày bắt đầu và ngày kết thúc.")
            elif data["repeat_until"] < data["repeat_from"]:
                self.add_error("repeat_until", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
            elif data["repeat_until"] - data["repeat_from"] >= timedelta(days=MOST_DAYS):
                self.add_error(
                    "repeat_until",
                    f"Yêu cầu hằng ngày kéo dài tối đa {MOST_DAYS} ngày; việc dài hơn, hãy tách thành nhiều đợt.",
                )
        if data.get("hour") and not data.get("due_on") and not data.get("every") and not self._chosen():
            self.add_error("due_on", "Có giờ thì phải có ngày.")
        both = set(data.get("lead", ())) & set(data.get("support", ()))
        if both:
            raise ValidationError(f"“{next(iter(both))}” không thể vừa chủ trì vừa phối hợp.", code="both_roles")
        return data

    def _chosen(self):
        """The instant of the reading chosen; None when the day beside it was written by hand."""
        data = self.cleaned_data
        if data.get("due_on") and _as_text(data["due_on"], data.get("hour")) != data.get("shown"):
            return None
        found = readings(data.get("due_phrase"), self.on)
        return next((each.due_at for each in found if each.due_at.isoformat() == data.get("reading")), None)

    def row(self):
        data = self.cleaned_data
        daily = bool(data["every"])
        due_at = None if daily else self._chosen() or due_from(data["due_on"], data["hour"])
        return {
            "label": data["label"].strip(),
            "text": data["text"].replace("\r\n", "\n").strip(),
            "starts": data["starts"] or 0,
            "ends": data["ends"] or 0,
            "due_at": due_at,
            "due_phrase": data["due_phrase"],
            "every": data["every"],
            "repeat_from": data["repeat_from"] if daily else None,
            "repeat_until": data["repeat_until"] if daily else None,
            "due_time": data["hour"] if daily else None,
            "evidence_kind": data["evidence_kind"],
            "must_report": data["must_report"],
            "plan_item_id": data["plan_item"],
            "targets": [(each, TargetRole.LEAD) for each in data["lead"]]
            + [(each, TargetRole.SUPPORT) for each in data["support"]],
        }


def _as_text(day, hour):
    return f"{day.isoformat() if day else ''} {f'{hour:%H:%M}' if hour else ''}"


def demand_initial(row, on):
    """A demand as `create_dispatch` takes it, as the form shows it: a day that a reading of the phrase gives is not
    written out beside it."""
    due_at, plan_item = row.get("due_at"), row.get("plan_item")
    read = due_at and next((each for each in readings(row.get("due_phrase"), on) if each.due_at == due_at), None)
    day, hour = last_day(due_at) if due_at and not read else (None, None)
    return {
        **{name: row.get(name) for name in ("label", "text", "starts", "ends", "due_phrase", "every", "evidence_kind")},
        **{name: row.get(name) for name in ("must_report", "repeat_from", "repeat_until", "fresh")},
        "reading": read.due_at.isoformat() if read else "",
        "due_on": day,
        "hour": row.get("due_time") or hour,
        "shown": _as_text(day, hour),
        "plan_item": plan_item.pk if plan_item else row.get("plan_item_id"),
        "lead": [each for each, role in row.get("targets", ()) if role == TargetRole.LEAD],
        "support": [each for each, role in row.get("targets", ()) if role == TargetRole.SUPPORT],
    }
