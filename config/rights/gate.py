"""The gate before every view: what the table does not name is closed, and so is whatever none of a person's roles may do."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404

from config.rights.table import table

METHODS = {"GET": "GET", "HEAD": "GET", "POST": "POST"}


class Gate:
    """Stands after the middleware that asks for a login, and fails closed.

    It knows the address and the roles, not the row: which rows somebody sees and what they may do to one is for
    `visible_to` and `rules`. Costs no query but that of the roles, which every page asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        line = table()[1].get(request.resolver_match.view_name)
        if line is None:
            raise PermissionDenied("Địa chỉ này chưa có trong bảng quyền.")
        method = METHODS.get(request.method)
        holders = line.holders(method) if method else None
        if holders is None or any(holder.said == "public" for holder in holders):
            return None  # a method that nobody may use is refused by the view
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        refuse(line, holders, request.user)
        return None


def refuse(line, holders, user):
    """Raises what the table says is answered to somebody none of whose roles opens this address, whatever the row.

    Where they may know of some rows, the view answers: it alone tells a row they see from one they do not."""
    if any(not holder.roles for holder in holders):
        return
    roles = {role for _, role in user.roles()}
    if any(holder.may_be(roles) for holder in holders):
        return
    unseen = line.object and not any(holder.may_be(roles) for holder in line.object.seen_by)
    if line.instead == 404 or (line.instead is None and unseen):
        raise Http404
    if line.instead == 403 or line.object is None:
        raise PermissionDenied
