"""Pages of accounts: who they are, what they may do and sign, for how long. The administrator's, but for one's own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from units import rules, selectors
from units.forms.people import (
    AuthorityForm,
    EndForm,
    PersonEditForm,
    PersonFilter,
    PersonForm,
    RoleForm,
)
from units.forms.units import ReasonForm
from units.models import Membership, SigningAuthority, Unit, User
from units.refusals import show_refusal
from units.services import people as services
from units.states import UnitKind

PAGE_SIZE = 50
SHOWN_ENTRIES = 30


def _refuse_unless_administrator(user):
    if not rules.can_manage_people(user):
        raise PermissionDenied


def _form_page(request, form, verb, template, *, done, **context):
    """Run the verb with the cleaned form; back to the person it returns, or the page with the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            person = verb(actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(person)
    return render(request, template, {"form": form, **context})


def _sent(request):
    return request.POST if request.method == "POST" else None


@require_GET
def person_list(request):
    _refuse_unless_administrator(request.user)
    now = timezone.now()
    today = timezone.localdate(now)
    found = PersonFilter(request.GET, User.objects.visible_to(request.user), today=today)
    people = found.qs.with_rights(today).order_by("contact__sort_key", "username")
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "now": now, "invited": selectors.open_invitations(request.user).count()}
    return render(request, "units/person_list.html", context)


@require_GET
def own_page(request):
    """A person's own page. Stands where allauth would let people change their address: that is the administrator's to do."""
    return redirect("units:person_detail", pk=request.user.pk)


@require_GET
def person_detail(request, pk):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    may_manage = rules.can_manage_people(request.user)
    contact = selectors.contact_of(person)
    context = {
        "person": person,
        "contact": contact,
        "phone_shown": contact is not None and rules.can_see_phone(request.user, contact),
        "today": timezone.localdate(now),
        "rights": selectors.rights_newest_first(person),
        "authorities": selectors.authorities_newest_first(person),
        "entries": person.rights_history.select_related("actor", "unit", "under__giver").order_by("-at", "-pk")[
            :SHOWN_ENTRIES
        ],
        "may_manage": may_manage,
        "second_factors": selectors.second_factors(person),
    }
    return render(request, "units/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def person_new(request):
    _refuse_unless_administrator(request.user)
    form = PersonForm(_sent(request), initial={"unit": request.GET.get("unit")})
    done = "Đã lập tài khoản."
    return _form_page(request, form, services.create_user, "units/person_new.html", done=done)


def _person(request, pk):
    """A person whose account the asker may change."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    _refuse_unless_administrator(request.user)
    return person


@require_http_methods(["GET", "POST"])
def person_edit(request, pk):
    person = _person(request, pk)
    form = PersonEditForm(_sent(request), person=person, initial={"full_name": person.full_name, "email": person.email})

    def verb(**given):
        return services.update_user(person, **given)

    return _form_page(request, form, verb, "units/person_edit.html", done="Đã lưu.", person=person)


@require_http_methods(["GET", "POST"])
def person_lock(request, pk):
    """Lock an account that is open, open one that is locked."""
    person = _person(request, pk)
    active = not person.is_active
    form = ReasonForm(_sent(request))

    def verb(**given):
        return services.set_active(person, active=active, **given)

    done = "Tài khoản dùng lại được." if active else "Đã khóa tài khoản."
    return _form_page(request, form, verb, "units/person_lock.html", done=done, person=person)


@require_http_methods(["GET", "POST"])
def second_factor_reset(request, pk):
    """The phone or key is lost: the person opens the account by password alone, until they set a second factor anew."""
    person = _person(request, pk)
    form = ReasonForm(_sent(request))

    def verb(**given):
        return services.reset_second_factor(person, **given)

    done = "Đã đặt lại bước xác thực thứ hai; người này được báo bằng thư."
    return _form_page(request, form, verb, "units/second_factor_reset.html", done=done, person=person)


@require_http_methods(["GET", "POST"])
def role_new(request, pk):
    person = _person(request, pk)
    contact = selectors.contact_of(person)
    form = RoleForm(
        _sent(request), initial={"starts_on": timezone.localdate(), "unit": contact.unit_id if contact else None}
    )

    def verb(**given):
        return services.grant_role(person, **given).user

    return _form_page(request, form, verb, "units/role_new.html", done="Đã giao vai trò.", person=person)


@require_http_methods(["GET", "POST"])
def role_end(request, pk):
    seen = Membership.objects.filter(user__in=User.objects.visible_to(request.user))
    membership = get_object_or_404(seen.select_related("user", "unit"), pk=pk)
    _refuse_unless_administrator(request.user)
    form = EndForm(_sent(request), initial={"on": timezone.localdate()})

    def verb(**given):
        return services.end_role(membership, **given).user

    context = {"person": membership.user, "membership": membership}
    return _form_page(request, form, verb, "units/role_end.html", done="Đã kết thúc vai trò.", **context)


@require_http_methods(["GET", "POST"])
def authority_new(request, pk):
    person = _person(request, pk)
    own = Unit.objects.filter(kind=UnitKind.OWN).first()
    form = AuthorityForm(_sent(request), initial={"valid_from": timezone.localdate(), "unit": own})

    def verb(**given):
        return services.grant_authority(user=person, **given).user

    return _form_page(request, form, verb, "units/authority_new.html", done="Đã giao quyền ký.", person=person)


@require_http_methods(["GET", "POST"])
def authority_end(request, pk):
    seen = SigningAuthority.objects.filter(user__in=User.objects.visible_to(request.user))
    authority = get_object_or_404(seen.select_related("user", "unit"), pk=pk)
    _refuse_unless_administrator(request.user)
    form = EndForm(_sent(request), initial={"on": timezone.localdate()})

    def verb(**given):
        return services.end_authority(authority, **given).user

    context = {"person": authority.user, "authority": authority}
    return _form_page(request, form, verb, "units/authority_end.html", done="Đã kết thúc quyền ký.", **context)
