"""Every address of the product, one line an app."""

from django.urls import include, path

from config.health import healthz
from units.views.people import own_page

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("tai-khoan/email/", own_page, name="account_email"),
    path("tai-khoan/", include("allauth.account.urls")),
    path("don-vi/", include("units.urls")),
    path("", include("plans.urls")),
    path("van-ban/", include("directives.urls")),
    path("", include("assignments.urls")),
    path("", include("notices.urls")),
    path("", include("reports.urls")),
]
