"""Every address of the product, one line an app."""

from django.urls import include, path

from config.health import healthz
from config.inspection import inspection
from config.operations import operations
from config.rights.page import rights
from units.views.activation import activate
from units.views.people import own_page
from units.views.security import download_codes, presence

handler400 = "config.errors.bad_request"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("he-thong/", operations, name="operations"),
    path("he-thong/quyen/", rights, name="rights"),
    path("he-thong/nhat-ky/", inspection, name="inspection"),
    path("tai-khoan/email/", own_page, name="account_email"),
    path("tai-khoan/kich-hoat/<str:key>/", activate, name="account_activate"),
    path("tai-khoan/bao-mat/recovery-codes/download/", download_codes, name="mfa_download_recovery_codes"),
    path("tai-khoan/bao-mat/", include("allauth.mfa.urls")),
    path("tai-khoan/con-lai/", presence, name="account_presence"),
    path("tai-khoan/phien/", include("allauth.usersessions.urls")),
    path("tai-khoan/", include("allauth.account.urls")),
    path("don-vi/", include("units.urls")),
    path("", include("plans.urls")),
    path("", include("directives.urls")),
    path("", include("assignments.urls")),
    path("", include("notices.urls")),
    path("", include("reports.urls")),
]
