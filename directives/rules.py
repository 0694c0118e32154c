"""Who may do what to a paper. Each answers for the person alone; what the paper's state allows is in `states.DISPATCH_MOVES`.

`may(user, dispatch, verb)` puts both together: it decides which button a page shows.
"""

from directives.states import DispatchStatus as S
from units.states import Role

DRAFTERS = (Role.SPECIALIST, Role.HEAD, Role.CLERK)


def can_draft(user):
    """Drafting is open to every desk that writes papers."""
    return user.has_role(*DRAFTERS)


def _of_division(user, dispatch, *roles):
    return any((dispatch.division_id, role) in user.roles() for role in roles)


def _signatory(user, dispatch):
    """The person who will sign: whoever holds the signing authority the paper names, or a leader of the Sở.

    Signing authority is personal (NĐ 30/2020 Đ13): it is neither lent to whoever acts for its holder, nor used in their name."""
    own = dispatch.authority is not None and user.acting is None and dispatch.authority.user_id == user.pk
    return own or user.has_role(Role.LEADER)


def can_edit(user, dispatch):
    """The author, the division that drafts, and the clerk."""
    return (
        dispatch.author_id == user.works_as().pk
        or _of_division(user, dispatch, Role.SPECIALIST, Role.HEAD)
        or user.has_role(Role.CLERK)
    )


can_submit = can_edit


def can_review(user, dispatch):
    """The head of the drafting division answers for the content (NĐ 30/2020 Đ12.1)."""
    return _of_division(user, dispatch, Role.HEAD)


def can_approve(user, dispatch):
    """The draft is approved by the person who will sign it (NĐ 30/2020 Đ11)."""
    return _signatory(user, dispatch)


def can_return(user, dispatch):
    """Head and signatory at any step before the number; the author withdraws what waits; the clerk what was signed amiss."""
    if _signatory(user, dispatch) or can_review(user, dispatch):
        return True
    if dispatch.status == S.REVIEW:
        return dispatch.author_id == user.works_as().pk
    return dispatch.status == S.SIGNED and user.has_role(Role.CLERK)


def can_sign(user, dispatch):
    """The signature by hand is recorded by the signatory, or by the clerk who has the signed paper before him."""
    return _signatory(user, dispatch) or user.has_role(Role.CLERK)


def can_number(user, dispatch):
    """Numbers are given by the clerk alone (NĐ 30/2020 Đ15, Đ32)."""
    return user.has_role(Role.CLERK)


can_void = can_file_scan = can_issue = can_number


def can_waive_scan(user, dispatch):
    """Somebody answers by name for the scan that comes later: the clerk or a leader."""
    return user.has_role(Role.CLERK, Role.LEADER)


def scan_is_open(dispatch):
    """A scan is filed, and replaced by a better one, until the paper is issued; afterwards once, where it was waived."""
    return dispatch.status == S.NUMBERED or (dispatch.status == S.ISSUED and dispatch.scan_id is None)


BUTTONS = {
    "edit": (can_edit, lambda dispatch: dispatch.status in S.EDITABLE),
    "submit": (can_submit, S.REVIEW),
    "review": (can_review, lambda dispatch: dispatch.status == S.REVIEW and dispatch.reviewed_by_id is None),
    "approve": (can_approve, S.APPROVED),
    "return": (can_return, lambda dispatch: dispatch.status in S.RETURNABLE),
    "sign": (can_sign, S.SIGNED),
    "number": (can_number, S.NUMBERED),
    "void": (can_void, lambda dispatch: dispatch.status == S.NUMBERED),
    "scan": (can_file_scan, scan_is_open),
    "waive": (
        can_waive_scan,
        lambda dispatch: (
            dispatch.status == S.NUMBERED and dispatch.scan_id is None and dispatch.scan_waived_by_id is None
        ),
    ),
    "issue": (can_issue, S.ISSUED),
}


def may(user, dispatch, verb):
    """True when this person may do this to the paper as it stands."""
    can, state = BUTTONS[verb]
    open_now = state(dispatch) if callable(state) else state in dispatch.MOVES[dispatch.status]
    return open_now and can(user, dispatch)
