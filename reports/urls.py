from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("dieu-hanh/", views.dashboard, name="dashboard"),
    path("dieu-hanh/<int:pk>/", views.occasion_dashboard, name="occasion_dashboard"),
    path("dieu-hanh/<int:pk>/bang/", views.matrix, name="matrix"),
    path("dieu-hanh/<int:pk>/truc/", views.duty_map, name="duty_map"),
    path("don-vi/uy-quyen/<int:pk>/", views.delegation_detail, name="delegation_detail"),
    path("tim/", views.search, name="search"),
    path("bao-cao/<int:pk>.pdf", views.print_report, name="print_report"),
]
