from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("thong-bao/", views.notice_list, name="notice_list"),
    path("thong-bao/<int:pk>/", views.notice_read, name="notice_read"),
    path("thong-bao/da-doc/", views.read_all, name="read_all"),
    path("he-thong/thu-chua-gui/", views.outbox, name="outbox"),
    path("he-thong/thu-chua-gui/<int:pk>/gui-lai/", views.outbox_retry, name="outbox_retry"),
    path("he-thong/hop-thu/", views.mailbox, name="mailbox"),
]
