"""The product's addresses with bare failure pages: thousands of refusals are asked for, and their look is tested elsewhere."""

from django.http import HttpResponse

from config.urls import urlpatterns  # noqa: F401


def handler403(request, exception):
    return HttpResponse(status=403)


def handler404(request, exception):
    return HttpResponse(status=404)
