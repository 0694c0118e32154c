"""Who did what a line of history says. A builtin library (`settings.TEMPLATES`): no template loads it."""

from django import template

from units.when import period_words

register = template.Library()


@register.filter
def who(entry):
    """Who did it, and in whose place, of a history row with its actor and `under__giver` selected."""
    if entry.under is None:
        return str(entry.actor or "Hệ thống")
    return f"{entry.actor}, xử lý thay {entry.under.giver} theo ủy quyền {period_words(entry.under.starts_at, entry.under.ends_at)}"


@register.filter
def who_at(entries, at):
    """Who did what the history has at that moment, for a page that names the person beside the fact; empty when it has not."""
    return next((who(entry) for entry in entries if entry.at == at), "")
