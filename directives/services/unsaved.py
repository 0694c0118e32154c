"""What is being typed, kept on the server until it is saved: another computer has it too, and a colleague is told."""

import json
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError

from directives import rules
from directives.models import Unsaved
from directives.paper.draft import read_body
from directives.paper.text import clean
from directives.services.drafting import refuse_secret

KEPT_FOR = timedelta(days=30)
MOST_BYTES = 1_000_000
TOO_LONG = (
    "Nội dung đang soạn dài {size} kB, quá {most} kB nên hệ thống không giữ hộ được bản viết dở. "
    "Hãy lưu thành bản dự thảo, hoặc chuyển phần dài thành tệp kèm theo."
)


def keep_unsaved(dispatch, *, actor, now, base_version, data):
    """Keeps the fields of the page ({name: [texts]}) this person has typed into a draft, begun on `base_version`; with
    `dispatch` None those of a draft not yet made. Returns the row, None when the text is what was saved meanwhile.

    One row a person and draft: the latest. A mark of secrecy is refused (code "secret") and the earlier row goes too; a
    text over one megabyte is refused (code "too_long") and the earlier row stays."""
    if not (rules.can_draft(actor) if dispatch is None else rules.can_edit(actor, dispatch)):
        raise PermissionDenied
    data = {name: [text.replace("\0", "") for text in texts] for name, texts in data.items()}
    try:
        refuse_secret(*(text for texts in data.values() for text in texts))
    except ValidationError:
        drop_unsaved(dispatch, actor=actor)
        raise
    size = len(json.dumps(data, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        raise ValidationError(TOO_LONG.format(size=size // 1000, most=MOST_BYTES // 1000), code="too_long")
    if dispatch is not None and base_version < dispatch.version and _says_the_same(dispatch, data):
        drop_unsaved(dispatch, actor=actor)
        return None
    row, _ = Unsaved.objects.update_or_create(
        dispatch=dispatch, author=actor, defaults={"base_version": base_version, "data": data, "at": now}
    )
    return row


def _says_the_same(dispatch, data):
    """An answer that was under way while its text was saved."""
    subject, body, annexes = ((data.get(name) or [""])[0] for name in ("subject", "body", "annexes"))
    return (" ".join(subject.split()), read_body(body).body, clean(annexes).strip()) == (
        dispatch.subject,
        dispatch.body,
        dispatch.annexes,
    )


def drop_unsaved(dispatch, *, actor):
    """What this person typed and did not save is let go: because they said so, or because it is saved now."""
    Unsaved.objects.filter(dispatch=dispatch, author=actor).delete()


def forget_unsaved(*, now):
    """What nobody came back to for thirty days."""
    Unsaved.objects.filter(at__lt=now - KEPT_FOR).delete()
