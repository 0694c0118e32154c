"""Who did what with a paper and who read it: for the house alone."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from directives.forms.log import LogForm
from directives.selectors.log import log_lines, log_of, readers
from directives.states import LookKind
from directives.views.access import of_the_house

A_PAGE = 50


@require_GET
def dispatch_log(request, pk):
    """Every act and every view, newest first. Recipients do not learn who else read the paper; reading this is a view too."""
    dispatch = of_the_house(request, pk, LookKind.LOG)
    form = LogForm(request.GET)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name, "") for name in form.fields}
    page = Paginator(log_of(dispatch, **chosen), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = log_lines(page.object_list)
    context = {"dispatch": dispatch, "form": form, "page": page, "readers": readers(dispatch)}
    return render(request, "directives/dispatch_log.html", context)
