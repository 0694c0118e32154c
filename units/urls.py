"""Addresses under /don-vi/."""

from django.urls import path

from units.views import contacts, groups, invitations, people, units

app_name = "units"
urlpatterns = [
    path("", units.unit_list, name="unit_list"),
    path("moi/", units.unit_new, name="unit_new"),
    path("<int:pk>/", units.unit_detail, name="unit_detail"),
    path("<int:pk>/sua/", units.unit_edit, name="unit_edit"),
    path("<int:pk>/doi-ten/", units.unit_rename, name="unit_rename"),
    path("<int:pk>/cham-dut/", units.unit_end, name="unit_end"),
    path("<int:pk>/khoi-phuc/", units.unit_restore, name="unit_restore"),
    path("<int:pk>/lich-su/", units.unit_history, name="unit_history"),
    path("ten/<int:pk>/sua/", units.name_correct, name="name_correct"),
    path("ten/<int:pk>/huy/", units.name_undo, name="name_undo"),
    path("<int:unit>/dau-moi/moi/", contacts.contact_new, name="contact_new"),
    path("dau-moi/<int:pk>/sua/", contacts.contact_edit, name="contact_edit"),
    path("dau-moi/<int:pk>/thoi/", contacts.contact_leave, name="contact_leave"),
    path("dau-moi/<int:pk>/tro-lai/", contacts.contact_return, name="contact_return"),
    path("dau-moi/<int:pk>/lien-lac-duoc/", contacts.contact_prove, name="contact_prove"),
    path("dau-moi/<int:pk>/moi/", invitations.contact_invite, name="contact_invite"),
    path("dau-moi/<int:pk>/thay/", invitations.focal_replace, name="focal_replace"),
    path("loi-moi/", invitations.invitation_list, name="invitation_list"),
    path("loi-moi/moi/", invitations.invitation_new, name="invitation_new"),
    path("loi-moi/nhieu/", invitations.invitation_many, name="invitation_many"),
    path("loi-moi/<int:pk>/gui-lai/", invitations.invitation_resend, name="invitation_resend"),
    path("loi-moi/<int:pk>/thu-hoi/", invitations.invitation_revoke, name="invitation_revoke"),
    path("nhom/", groups.group_list, name="group_list"),
    path("nhom/moi/", groups.group_new, name="group_new"),
    path("nhom/<int:pk>/", groups.group_detail, name="group_detail"),
    path("nhom/<int:pk>/sua/", groups.group_edit, name="group_edit"),
    path("nguoi/", people.person_list, name="person_list"),
    path("nguoi/moi/", people.person_new, name="person_new"),
    path("nguoi/<int:pk>/", people.person_detail, name="person_detail"),
    path("nguoi/<int:pk>/sua/", people.person_edit, name="person_edit"),
    path("nguoi/<int:pk>/khoa/", people.person_lock, name="person_lock"),
    path("nguoi/<int:pk>/dat-lai-xac-thuc/", people.second_factor_reset, name="second_factor_reset"),
    path("nguoi/<int:pk>/vai-tro/moi/", people.role_new, name="role_new"),
    path("vai-tro/<int:pk>/ket-thuc/", people.role_end, name="role_end"),
    path("nguoi/<int:pk>/quyen-ky/moi/", people.authority_new, name="authority_new"),
    path("quyen-ky/<int:pk>/ket-thuc/", people.authority_end, name="authority_end"),
]
