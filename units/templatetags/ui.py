"""What templates share: icons, states as word + shape + colour, deadlines and numbers as a Vietnamese office writes them.

A builtin library (`settings.TEMPLATES`): no template loads it.
"""

from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from html import escape

from django import template
from django.forms import Select, TextInput
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

TONES = {
    "draft": "draft",
    "review": "review",
    "approved": "active",
    "signed": "active",
    "numbered": "active",
    "issued": "done",
    "recalled": "void",
    "replaced": "void",
    "corrected": "info",
    "sent": "waiting",
    "accepted": "active",
    "submitted": "submitted",
    "questioned": "asked",
    "declined": "refused",
    "cancelled": "void",
    "returned": "refused",
    "closed": "done",
    "pending": "waiting",
    "sending": "active",
    "failed": "refused",
    "expired": "void",
    "asked": "asked",
    "granted": "done",
    "refused": "refused",
}
TONES_OF_MODEL = {
    ("plan", "closed"): "void",
    ("roster", "accepted"): "done",
    ("dutyshift", "accepted"): "done",
    ("notice", "sent"): "done",
    ("delivery", "sent"): "done",
}
SOON = timedelta(days=3)
_CONTROL = "form-control form-control-sm"
CALM_URGENCY = frozenset({"", "none", "normal"})


def tone_of(row):
    """The tone of a row's status: its own word for that model, else what the status means everywhere."""
    return TONES_OF_MODEL.get((row._meta.model_name, row.status)) or TONES.get(row.status, "info")


@register.simple_tag
@lru_cache(500, typed=True)  # typed: text known to be safe is another thing than the same text
def icon(name, label=""):
    """A Tabler icon of `static/icons.txt`; silent to screen readers unless it has a label of its own."""
    sprite = static("vendor/icons/sprite.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


@register.simple_tag
@lru_cache(500, typed=True)
def badge(tone, word):
    return format_html('<span class="state state-{}">{}</span>', tone, word)


@cache
def _words(model, field):
    return dict(model._meta.get_field(field).flatchoices)


@register.filter
def word(row, field):
    """What `get_<field>_display` says, from a table made once: Django makes it anew for every row."""
    value = getattr(row, field)
    return _words(type(row), field).get(value, value)


@register.simple_tag
def state(row):
    return badge(tone_of(row), word(row, "status"))


@register.simple_tag
def urgency(row):
    return "" if (row.urgency or "") in CALM_URGENCY else badge("urgent", row.get_urgency_display())


@register.filter
def tone(row):
    return tone_of(row)


@register.filter
def status_word(entry):
    """The Vietnamese word of the status a history entry led to, read from the model's choices (no query)."""
    model = type(entry)._meta.get_field("row").related_model
    return _words(model, "status").get(entry.after, entry.after)


@register.filter
def status_tone(entry):
    model = type(entry)._meta.get_field("row").related_model
    return TONES_OF_MODEL.get((model._meta.model_name, entry.after)) or TONES.get(entry.after, "info")


def _local(value):
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(timezone.get_default_timezone())  # the one zone; asking for the present one costs more
    return value


@register.filter
def day(value):
    return f"{_local(value):%d/%m/%Y}" if value else ""


@register.filter
def clock(value):
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def moment(value):
    return f"{_local(value):%H:%M, %d/%m/%Y}" if value else ""


@register.filter
def long_day(value):
    """NĐ 30/2020, PL I.II.4: days under 10 and months 1 and 2 take a leading zero."""
    if not value:
        return ""
    value = _local(value)
    return f"ngày {value.day:02d} tháng {value.month:0{2 if value.month < 3 else 1}d} năm {value.year}"


@register.filter
def deadline(value):
    """A half-open instant in words: 00:00 of the 20th is late from that instant on, so people read “hết ngày 19”."""
    if not value:
        return ""
    value = _local(value)
    if not isinstance(value, datetime):
        return f"hết ngày {value:%d/%m/%Y}"
    if value.time() == time.min:
        return f"hết ngày {value - timedelta(days=1):%d/%m/%Y}"
    return f"{value:%H:%M, %d/%m/%Y}"


def _span(delta):
    """A length of time in its largest whole unit."""
    minutes = int(delta.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} phút"
    if minutes < 48 * 60:
        return f"{minutes // 60} giờ"
    return f"{minutes // (24 * 60)} ngày"


@register.simple_tag(takes_context=True)
def due(context, at, open=True, first=None):
    """A deadline, how far it is, and the first one when it was moved; `now` of the context decides, else the clock."""
    if not at:
        return SafeString('<span class="due muted">không hạn</span>')
    left = moved = ""  # days and numbers only, nothing that anybody typed
    if open:
        now = context.get("now") or timezone.now()
        if now >= at:
            left = badge("late", f"quá hạn {_span(now - at)}")
        elif at - now <= SOON:
            left = badge("soon", f"còn {_span(at - now)}")
        else:
            left = f'<span class="due-left">còn {_span(at - now)}</span>'
    if first and first != at:
        moved = f'<small class="due-first">hạn đầu: {deadline(first)}</small>'
    return SafeString(f'<span class="due"><span class="due-at">{deadline(at)}</span> {left}{moved}</span>')


@register.filter
def ago(value, now=None):
    if not value:
        return ""
    now = timezone.localtime(now)
    passed = now - value
    local = _local(value)
    if passed < timedelta(0):
        return moment(value)
    if passed < timedelta(minutes=1):
        return "vừa xong"
    if passed < timedelta(hours=1):
        return f"{_span(passed)} trước"
    if local.date() == now.date():
        return f"hôm nay, {local:%H:%M}"
    if local.date() == now.date() - timedelta(days=1):
        return f"hôm qua, {local:%H:%M}"
    return moment(value)


@register.filter
def weekday(value):
    names = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
    value = _local(value)
    return names[value.weekday()] if isinstance(value, date) else ""


@register.filter
def shorten(text, most):
    """At most so many letters, an ellipsis among them. What is stored is in NFC, so a letter is one character."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@register.filter
def number(value):
    return "" if value is None else f"{value:,}".replace(",", ".")


@register.filter
def percent(value, total):
    """A whole per cent, never rounded up to 100 while something is missing; a dash where nothing is counted."""
    return f"{value * 100 // total} %" if total else "—"


@register.filter
def file_size(value):
    if value is None:
        return ""
    if value < 1024 * 1024:
        return f"{max(1, round(value / 1024))} kB"
    return f"{value / 1024 / 1024:.1f} MB".replace(".", ",")


@register.simple_tag
def crumb(text, target):
    """One ancestor of the page; `target` is a path or the name of a URL without arguments."""
    url = target if str(target).startswith("/") else reverse(target)
    return format_html('<li><a href="{}">{}</a></li>', url, text)


@register.simple_block_tag
def capture(content):
    """Render a block once and keep it: `{% capture as page_title %}{% block title %}{% endblock %}{% endcapture %}`."""
    return SafeString(content.strip())


@register.filter
def pages_around(page):
    """Page numbers for the pager, None where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if number == page.paginator.ELLIPSIS else number for number in shown]


@register.filter
def filter_control(field):
    """A field of a filter bar with the class its widget needs. Words and lists are written in one go: Django renders two
    templates for a field, and one for each option."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "text")
    if type(widget) is TextInput:
        said = {"type": widget.input_type, "name": field.html_name, "value": field.value() or None}
        attrs = widget.build_attrs(
            widget.attrs, field.build_widget_attrs({"class": _CONTROL, "id": field.id_for_label})
        )
        return format_html("<input{}>", flatatt(said | attrs))
    if type(widget) is Select:
        chosen = {str(value) for value in widget.format_value(field.value())}
        options = "".join(
            f'<option value="{escape(value)}"{" selected" if value in chosen else ""}>{escape(label)}</option>'
            for value, label in (("" if value is None else str(value), label) for value, label in widget.choices)
        )
        return format_html(
            '<select class="form-select form-select-sm" id="{}" name="{}">{}</select>',
            field.id_for_label,
            field.html_name,
            SafeString(options),
        )
    css = {"select": "form-select form-select-sm", "checkbox": "form-check-input"}.get(kind, _CONTROL)
    return field.as_widget(attrs={"class": css})


@register.simple_tag
def countdown(when, today):
    """Days to a D-day in words; the day itself and days past are said too."""
    days = (when - today).days
    word = f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else f"đã qua {-days} ngày"
    return badge("soon" if 0 <= days <= 7 else "info" if days > 0 else "void", word)
