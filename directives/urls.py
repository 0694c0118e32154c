from django.urls import path

from directives.views import acts, bulk, detail, drafting, files, last_year, lists, unsaved

app_name = "directives"
urlpatterns = [
    path("", lists.dispatch_list, name="dispatch_list"),
    path("so-van-ban/", lists.register, name="register"),
    path("in/", bulk.dispatch_print, name="dispatch_print"),
    path("dan-van-ban/", drafting.dispatch_paste, name="dispatch_paste"),
    path("soan/", drafting.dispatch_new, name="dispatch_new"),
    path("xem-truoc/", files.draft_preview, name="draft_preview"),
    path("soan/viet-do/", unsaved.unsaved_keep, name="unsaved_new"),
    path("soan/viet-do/bo/", unsaved.unsaved_drop, name="unsaved_drop_new"),
    path("ban-word/", files.draft_word, name="draft_word"),
    path("van-ban-truoc/", last_year.earlier_list, name="earlier_list"),
    path("tu-ke-hoach/<int:pk>/", acts.from_plan, name="from_plan"),
    path("<int:pk>/", detail.dispatch_detail, name="dispatch_detail"),
    path("<int:pk>/sua/", drafting.dispatch_edit, name="dispatch_edit"),
    path("<int:pk>/viet-do/", unsaved.unsaved_keep, name="unsaved_keep"),
    path("<int:pk>/viet-do/bo/", unsaved.unsaved_drop, name="unsaved_drop"),
    path("<int:pk>/lap-moi/", last_year.dispatch_again, name="dispatch_again"),
    path("<int:pk>/xac-nhan-ngay/", last_year.dispatch_confirm, name="dispatch_confirm"),
    path("<int:pk>/so-sanh/", detail.dispatch_compare, name="dispatch_compare"),
    path("<int:pk>/lay-lai/", detail.dispatch_restore, name="dispatch_restore"),
    path("<int:pk>/xem-truoc/", files.dispatch_preview, name="dispatch_preview"),
    path("<int:pk>/ban-word/", files.dispatch_word, name="dispatch_word"),
    path("<int:pk>/pdf/", files.dispatch_pdf, name="dispatch_pdf"),
    path("<int:pk>/ban-quet/", files.dispatch_scan, name="dispatch_scan"),
    path("<int:pk>/trinh/", acts.dispatch_submit, name="dispatch_submit"),
    path("<int:pk>/xem-xet/", acts.dispatch_review, name="dispatch_review"),
    path("<int:pk>/duyet/", acts.dispatch_approve, name="dispatch_approve"),
    path("<int:pk>/tra-lai/", acts.dispatch_return, name="dispatch_return"),
    path("<int:pk>/ky/", acts.dispatch_sign, name="dispatch_sign"),
    path("<int:pk>/cap-so/", acts.dispatch_number, name="dispatch_number"),
    path("<int:pk>/huy-so/", acts.dispatch_void, name="dispatch_void"),
    path("<int:pk>/nop-ban-quet/", acts.dispatch_scan_new, name="dispatch_scan_new"),
    path("<int:pk>/nop-sau/", acts.dispatch_waive, name="dispatch_waive"),
]
