"""All of a draft on one page: its main fields and the rows of its parts, bound or filled in together."""

from contextlib import suppress
from copy import copy

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone

from directives.forms.follow import Standing
from directives.forms.rows import LARGEST, AddresseeForm, BasisForm, CopyForm, DemandForm, demand_initial
from directives.models import Dispatch, Requirement
from directives.selectors import paper_of
from directives.selectors.drafting import AddressBook, authorities_on
from directives.selectors.printed import as_printed
from directives.services.drafting import symbol_of
from directives.states import DispatchKind, Urgency
from plans.models import LegalBasis, Occasion, PlanItem
from units.models import SigningAuthority, Unit
from units.selectors import own_department
from units.states import UnitKind
from units.text import sort_key

GENERAL = ("occasion", "division", "authority", "place")
BESIDE = frozenset({"version", "note"})  # of a saving, not of the paper
PARTS = {"addressees": AddresseeForm, "requirements": DemandForm, "copies": CopyForm, "bases": BasisForm}


class AuthorityChoice(forms.ModelChoiceField):
    def label_from_instance(self, authority):
        until = f", đến trước {authority.valid_to:%d/%m/%Y}" if authority.valid_to else ""
        return f"{authority}{until}"


class MainForm(forms.Form):
    """What stands at the head of a paper, and its text."""

    subject = forms.CharField(
        label="Trích yếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Không ghi “V/v”."
    )
    kind = forms.ChoiceField(label="Loại văn bản", choices=DispatchKind.choices, initial=DispatchKind.CONG_VAN)
    urgency = forms.ChoiceField(label="Độ khẩn", choices=Urgency.choices, required=False)
    occasion = forms.ModelChoiceField(
        label="Đợt phục vụ", queryset=Occasion.objects.none(), required=False, empty_label="Không thuộc đợt nào"
    )
    division = forms.ModelChoiceField(label="Phòng soạn thảo", queryset=Unit.objects.none(), empty_label="Chọn phòng")
    authority = AuthorityChoice(
        label="Thẩm quyền ký",
        queryset=SigningAuthority.objects.none(),
        required=False,
        empty_label="Chọn người ký",
        help_text="Khối chữ ký được lập từ thẩm quyền đang có hiệu lực.",
    )
    place = forms.CharField(label="Địa danh", max_length=60)
    body = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 24, "class": "form-control font-paper", "spellcheck": "false"}),
        help_text="Mỗi đoạn một dòng; đánh số như thường lệ: “1.”, “a)”, “-”; bảng viết “| ô | ô |”, chú thích “[1]”. "
        "Không ghi Kính gửi, Nơi nhận, chữ ký.",
    )
    annexes = forms.CharField(
        label="Phụ lục",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control font-paper", "spellcheck": "false"}),
        help_text="Mỗi phụ lục mở đầu bằng một dòng “Phụ lục I”, dòng sau là tên viết hoa. Thêm dòng “[khổ ngang]” để in "
        "ngang. Dòng “(Kèm theo …)” hệ thống tự in.",
    )
    note = forms.CharField(
        label="Ghi chú lần sửa (không bắt buộc)",
        required=False,
        max_length=200,
        help_text="Ví dụ: sửa theo ý kiến trưởng phòng. Hiện trong danh sách các bản và khi so sánh.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=1, max_value=LARGEST)

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        issuer = own_department()
        self.fields["occasion"].queryset = Occasion.objects.visible_to(user).order_by("-d_day", "pk")
        self.fields["division"].queryset = (
            Unit.objects.filter(kind__in=UnitKind.INSIDE).active_on(on).order_by("sort_key")
        )
        self.fields["authority"].queryset = authorities_on(issuer, on)
        self.fields["place"].initial = issuer.issuing_place

    def shown(self, name):
        """What a field holds, None where that is not well formed."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None

    def typed(self, name):
        """A text as it was typed, with one kind of line end, as a browser counts its places."""
        return (self[name].value() or "").replace("\r\n", "\n")

    def paper(self, dispatch, *, addressees, copies, on):
        """The paper as it would be printed from what stands in the fields, whatever is still amiss in it. `dispatch` is
        the stored one, or one that need not be stored; it is not changed."""
        shown = copy(dispatch)
        for name in ("kind", "subject", "body", "annexes", "urgency", "authority", "place"):
            setattr(shown, name, self.shown(name) or (None if name == "authority" else ""))
        with suppress(ValidationError, ValueError, ObjectDoesNotExist):
            shown.symbol = symbol_of(shown.kind, shown.issuer, self.shown("division") or dispatch.division)
        return as_printed(paper_of(shown, recipients=addressees, copies=copies, on=on))


class DraftForms:
    """`values` fills the page (as `create_dispatch` takes them, plus `version`); `data` is what came back.

    `add` names a part that gets one more empty row. Queries do not grow with the rows."""

    def __init__(self, data=None, *, user, now, values=None, add=""):
        self.on = timezone.localdate(now)
        self.book = AddressBook()
        self.added = add
        values = values or {}
        if data is not None and add in PARTS:
            data = data.copy()
            rows = data.get(f"{add}-TOTAL_FORMS", "")
            data[f"{add}-TOTAL_FORMS"] = str(int(rows) + 1 if rows.isdecimal() and len(rows) < 4 else 1)
        self.main = MainForm(data, user=user, on=self.on, initial=values)
        for part, form in PARTS.items():
            formset = forms.formset_factory(form, extra=0, can_delete=True, max_num=300, absolute_max=300)
            setattr(
                self,
                part,
                formset(
                    data,
                    prefix=part,
                    initial=[self._initial(part, row) for row in values.get(part, ())],
                    form_kwargs=self._shared(part),
                ),
            )
        self._offer()

    def _shared(self, part):
        shared = {"book": self.book}
        if part == "requirements":
            shared["on"] = self.on
        if part == "bases":
            shared["known"] = list(LegalBasis.objects.order_by("-issued_on", "pk"))
        return shared

    def _initial(self, part, row):
        if part == "requirements":
            return demand_initial(row, self.on)
        if part == "addressees":
            return {"text": row["text"], "owners": [*row.get("groups", ()), *row.get("units", ())]}
        if part == "bases":
            return row | {"basis": row["basis"].pk if row.get("basis") else ""}
        return row

    def _offer(self):
        """Demands offer as owners whoever the addressee lines are sent to."""
        rows = {}
        for form in self.addressees:
            rows |= dict.fromkeys(form["owners"].value()["rows"])
        for form in self.requirements:
            form.offer(list(rows))

    @property
    def open(self):
        """The folded parts of the page that must be seen: something in them is amiss, or a row was just added."""
        amiss = {part for part in PARTS if any(form.errors for form in getattr(self, part))}
        if set(GENERAL) & set(self.main.errors):
            amiss.add("chung")
        if "annexes" in self.main.errors:
            amiss.add("phu-luc")
        return amiss | {self.added}

    def parts(self):
        return [getattr(self, part) for part in PARTS]

    def is_valid(self):
        valid = False not in [form.is_valid() for form in [self.main, *self.parts()]]
        if valid:
            self._forget_lost_items()
        return valid

    def _forget_lost_items(self):
        """An item struck from its plan while the page was open leaves its demand standing, without the link."""
        linked = [form.cleaned_data for form in self.requirements if form.cleaned_data.get("plan_item")]
        if linked:
            kept = set(
                PlanItem.objects.filter(pk__in=[row["plan_item"] for row in linked]).values_list("pk", flat=True)
            )
            for row in linked:
                row["plan_item"] = row["plan_item"] if row["plan_item"] in kept else None

    def paper(self, dispatch):
        """The paper as it would be printed from what stands on the page."""
        lines = {
            part: [form["text"].value() or "" for form in self._standing(part)] for part in ("addressees", "copies")
        }
        return self.main.paper(dispatch, **lines, on=self.on)

    def place(self, spots):
        """Tells each demand where its words stand in the text as it was typed; the rows with words, as they stand."""
        rows = []
        for index, form in enumerate(self.requirements):
            starts, ends, text = (form[name].value() for name in ("starts", "ends", "text"))
            if text and str(ends).isdecimal() and int(ends) and str(starts).isdecimal():
                form.spot = spots.span(int(starts), int(ends))
            starts = int(starts) if form.spot else 0
            rows.append(Standing(index, (form["label"].value() or "").strip(), (text or "").strip(), starts=starts))
        return rows

    def mapped(self):
        """The lines of addressees that are sent to somebody."""
        return [form["text"].value() for form in self._standing("addressees") if form["owners"].value()["rows"]]

    def _standing(self, part):
        """The rows with words that are not to be dropped."""
        return [form for form in getattr(self, part) if form["text"].value() and not form["DELETE"].value()]

    def cleaned(self):
        """What `create_dispatch` takes; `version` and `note` aside."""
        main = {name: value for name, value in self.main.cleaned_data.items() if name not in BESIDE}
        return main | {part: self._rows(part) for part in PARTS}

    def _rows(self, part):
        kept = [form for form in getattr(self, part) if not form.cleaned_data.get("DELETE")]
        return [form.row() for form in kept if form.cleaned_data and not form.is_blank()]

    def refuse(self, refusal):
        """A refusal of the service, shown at its field or on top of the page; nothing typed is lost."""
        if not hasattr(refusal, "error_dict"):
            self.main.add_error(None, refusal)
            return
        for name, texts in refusal.message_dict.items():
            if name in self.main.fields:
                self.main.add_error(name, texts)
            else:
                self.main.add_error(None, [f"{_label(name)}: {text}" if _label(name) else text for text in texts])

    def names(self):
        """Every name for the page's datalist."""
        return sorted({row.name for row in self.book.rows.values()}, key=sort_key)


def _label(name):
    """How a column without a field on the page is called in a sentence; empty for a refusal of the row as a whole."""
    names = {field.name: field.verbose_name for model in (Requirement, Dispatch) for field in model._meta.fields}
    label = str(names.get(name, ""))
    return label[:1].upper() + label[1:]
