from django.urls import include, path

from assignments.views import acts, detail, dispatches, duty, feeds, listing, roster_acts, rosters, sheets, shifts

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
    path("", rosters.roster_list, name="roster_list"),
    path("moi/", rosters.roster_new, name="roster_new"),
    path("tai-len/", sheets.sheet_occasion, name="sheet_occasion"),
    path("tai-len/<int:occasion>/", sheets.rosters_upload, name="rosters_upload"),
    path("tai-len/<int:occasion>/mau/", sheets.rosters_template, name="rosters_template"),
    path("tai-len/<int:occasion>/danh-dau/", sheets.rosters_marked, name="rosters_marked"),
    path("<int:pk>/", rosters.roster_detail, name="roster_detail"),
    path("<int:pk>/gui/", roster_acts.roster_submit, name="roster_submit"),
    path("<int:pk>/tra-lai/", roster_acts.roster_return, name="roster_return"),
    path("<int:pk>/duyet/", roster_acts.roster_accept, name="roster_accept"),
    path("<int:pk>/mo-lai/", roster_acts.roster_reopen, name="roster_reopen"),
    path("<int:pk>/dung-chung/", rosters.roster_take, name="roster_take"),
    path("<int:pk>/ca-moi/", shifts.shift_new, name="shift_new"),
    path("<int:pk>/ca/<int:shift>/", shifts.shift_edit, name="shift_edit"),
    path("<int:pk>/ca/<int:shift>/bo/", shifts.shift_remove, name="shift_remove"),
    path("<int:pk>/xep-ca/", shifts.roster_pattern, name="roster_pattern"),
    path("<int:pk>/chep/", shifts.roster_copy, name="roster_copy"),
    path("<int:pk>/mau/", sheets.roster_template, name="roster_template"),
    path("<int:pk>/tai-len/", sheets.roster_upload, name="roster_upload"),
    path("<int:pk>/danh-dau/", sheets.roster_marked, name="roster_marked"),
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
