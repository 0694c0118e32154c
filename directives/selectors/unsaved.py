"""What is typed and not yet saved: one's own to take back, the others' to know of."""

from datetime import timedelta

from django.http import QueryDict

from directives.models import Unsaved

TYPING = timedelta(minutes=10)
MOST_OTHERS = 5


def unsaved_of(dispatch, user):
    """What this person has typed into the draft and not saved (`dispatch` None: into one not yet made), else None."""
    return Unsaved.objects.filter(dispatch=dispatch, author=user).first()


def typed(row):
    """The fields of such a row as a page sends them, with the version they were begun on."""
    data = QueryDict(mutable=True)
    for name, texts in row.data.items():
        data.setlist(name, texts)
    if row.dispatch_id:
        data["version"] = str(row.base_version)
    return data


def others_at(dispatch, user, now):
    """Who else has something unsaved in this draft, the latest first; `typing` is true of who typed in the last ten
    minutes. One query."""
    rows = Unsaved.objects.filter(dispatch=dispatch).exclude(author=user).select_related("author")
    rows = list(rows.defer("data").order_by("-at", "pk")[:MOST_OTHERS])
    for row in rows:
        row.typing = row.at >= now - TYPING
    return rows


def newer_than(dispatch, version):
    """The latest version when it is newer than the one somebody is working on, with its author; else None."""
    return dispatch.versions.filter(version__gt=version).select_related("author").order_by("-version").first()
