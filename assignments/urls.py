from django.urls import include, path

from assignments.views import acts, detail, dispatches, duty, feeds, listing

app_name = "assignments"
of_assignments = [
    path("", listing.assignment_list, name="assignment_list"),
    path("<int:pk>/", detail.assignment_detail, name="assignment_detail"),
    path("<int:pk>/tiep-nhan/", acts.assignment_accept, name="assignment_accept"),
    path("<int:pk>/vuong-mac/", acts.assignment_ask, name="assignment_ask"),
    path("<int:pk>/khong-thuc-hien/", acts.assignment_decline, name="assignment_decline"),
    path("<int:pk>/minh-chung/", acts.evidence_new, name="evidence_new"),
    path("<int:pk>/nop/", acts.assignment_submit, name="assignment_submit"),
    path("<int:pk>/xin-gia-han/", acts.assignment_ask_extension, name="assignment_ask_extension"),
    path("<int:pk>/tra-loi/", acts.assignment_answer, name="assignment_answer"),
    path("<int:pk>/giao-lai/", acts.assignment_resend, name="assignment_resend"),
    path("<int:pk>/xac-nhan/", acts.assignment_close, name="assignment_close"),
    path("<int:pk>/tra-lai/", acts.assignment_return, name="assignment_return"),
    path("<int:pk>/gia-han/", acts.assignment_extend, name="assignment_extend"),
    path("<int:pk>/tra-loi-gia-han/", acts.assignment_decide_extension, name="assignment_decide_extension"),
    path("<int:pk>/huy/", acts.assignment_cancel, name="assignment_cancel"),
    path("<int:pk>/mo-lai/", acts.assignment_reopen, name="assignment_reopen"),
    path("minh-chung/<int:pk>/", detail.evidence_file, name="evidence_file"),
    path("ban-hanh/<int:pk>/", dispatches.dispatch_issue, name="dispatch_issue"),
    path("tiep-nhan/<int:pk>/", dispatches.dispatch_accept, name="dispatch_accept"),
    path("noi-nhan/<int:pk>/", dispatches.receipt_list, name="receipt_list"),
]
of_rosters = [
    path("dang-truc/", duty.on_duty, name="on_duty"),
    path("lich-cua-toi/", feeds.my_calendar, name="my_calendar"),
    path("lich-cua-toi/tao-lien-ket/", feeds.calendar_link_new, name="calendar_link_new"),
    path("lich-cua-toi/<int:pk>/thu-hoi/", feeds.calendar_link_revoke, name="calendar_link_revoke"),
    path("ics/<str:token>/", feeds.calendar_feed_file, name="calendar_feed"),
]
urlpatterns = [
    path("nhiem-vu/", include(of_assignments)),
    path("lich-truc/", include(of_rosters)),
]
