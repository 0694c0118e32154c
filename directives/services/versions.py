"""Versions of a draft after they were saved: looked at, and made the draft again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from directives import rules
from directives.models import DispatchView
from directives.selectors.rows import values_of
from directives.services.drafting import write_draft


def see_version(dispatch, *, actor, now):
    """Notes which version of a draft a person of the house has before them; returns the row, with the version they saw
    before that. Writes only when it is another one."""
    row, _ = DispatchView.objects.get_or_create(
        dispatch=dispatch, user=actor, defaults={"version": dispatch.version, "at": now}
    )
    if row.version < dispatch.version:
        row.earlier, row.earlier_at = row.version, row.at
        row.version, row.at = dispatch.version, now
        row.save(update_fields=["version", "at", "earlier", "earlier_at"])
    return row


@transaction.atomic
def restore_version(dispatch, *, actor, now, version, earlier):
    """An earlier version becomes the next one, with its lines, owners and demands as far as these units still are.

    Refuses as `write_draft` does, a version that is not there, and one kept before owners were kept with it."""
    if not rules.can_edit(actor, dispatch):
        raise PermissionDenied
    kept = dispatch.versions.filter(version=earlier).first()
    if kept is None or kept.version == version:
        raise ValidationError("Không có bản dự thảo này để lấy lại.", code="no_version")
    values = values_of(kept)
    if values is None:
        raise ValidationError(
            f"Bản {earlier} được lưu từ khi hệ thống chưa giữ kèm nơi nhận và đơn vị thực hiện nên không lấy lại trọn "
            "vẹn được. Hãy chép phần cần dùng từ trang so sánh.",
            code="words_only",
        )
    values |= {"version": version, "note": f"Lấy lại bản {earlier}"}
    return write_draft(dispatch, actor=actor, now=now, **values)
