"""The page `/he-thong/nhat-ky/` for leaders and administrators: all that was done and read, proven, and as a file."""

import tempfile
from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from units.forms.fields import DayField
from units.refusals import show_refusal
from units.rules import can_inspect
from units.selectors.history import history, history_lines, kinds_of_history, last_check, parts_of_history
from units.services.exports import MOST_LINES, export_history

A_PAGE = 50
SHOWN_DAYS = 30


class HistoryForm(forms.Form):
    """A period, and what of it: nothing typed leaves the last thirty days."""

    about = forms.CharField(label="Về (tên đơn vị, trích yếu…)", required=False, max_length=100)
    who = forms.CharField(label="Người", required=False, max_length=100)
    kind = forms.ChoiceField(label="Loại", required=False)
    since = DayField(label="Từ ngày", required=False)
    until = DayField(label="Đến hết ngày", required=False)

    def __init__(self, data, *, today):
        self.today = today
        days = {"since": today - timedelta(days=SHOWN_DAYS), "until": today}
        super().__init__({name: f"{day}" for name, day in days.items()} | {name: data[name] for name in data})
        kinds = [(kind, kind) for kind in kinds_of_history()]
        self.fields["kind"].choices = [("", "Mọi loại"), *kinds]

    def clean(self):
        """The days not given; the first may not be after the last."""
        data = super().clean()
        until = data.get("until") or self.today
        since = data.get("since") or until - timedelta(days=SHOWN_DAYS)
        if since > until:
            raise ValidationError({"until": "Ngày cuối phải từ ngày đầu trở đi."})
        return data | {"since": since, "until": until}

    def wanted(self):
        """What is asked for, as far as it is well formed."""
        last = {"since": self.today - timedelta(days=SHOWN_DAYS), "until": self.today}
        return last if self.errors else self.cleaned_data


class Lines(Paginator):
    """The tables counted one by one (each by its own index), sorted together."""

    def __init__(self, parts, per_page):
        super().__init__(history(parts) if parts else [], per_page)
        self.parts = parts

    @cached_property
    def count(self):
        return sum(rows.count() for rows in self.parts)


@never_cache
@require_http_methods(["GET", "POST"])
def inspection(request):
    """The lines of the period; posted, the period as an archive (`units.services.exports`)."""
    if not can_inspect(request.user):
        raise PermissionDenied
    now = timezone.now()
    form = HistoryForm(request.POST if request.method == "POST" else request.GET, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        target = tempfile.TemporaryFile()  # noqa: SIM115 – the answer closes it
        period = {name: form.cleaned_data[name] for name in ("since", "until")}
        try:
            export_history(target, actor=request.user, now=now, most=MOST_LINES, **period)
        except ValidationError as refusal:
            target.close()
            show_refusal(form, refusal)
        else:
            return _archive(target, **period)
    page = Lines(parts_of_history(**form.wanted()), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(history_lines(page.object_list))
    wanted = form.wanted()
    context = {"form": form, "page": page, "check": last_check(), "since": wanted["since"], "until": wanted["until"]}
    return render(request, "config/inspection.html", context)


def _archive(target, since, until):
    target.seek(0)
    name = f"nhat-ky-{since:%Y%m%d}-{until:%Y%m%d}.zip"
    response = FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
