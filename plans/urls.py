from django.urls import path

from plans.views import bases, holidays, items, occasions, plans

app_name = "plans"
urlpatterns = [
    path("dot/", occasions.occasion_list, name="occasion_list"),
    path("dot/lap-moi/", occasions.occasion_new, name="occasion_new"),
    path("dot/<int:pk>/", occasions.occasion_detail, name="occasion_detail"),
    path("dot/<int:pk>/sua/", occasions.occasion_edit, name="occasion_edit"),
    path("dot/<int:pk>/chuyen-ngay/", occasions.occasion_move, name="occasion_move"),
    path("ke-hoach/", plans.plan_list, name="plan_list"),
    path("ke-hoach/lap-moi/", plans.plan_new, name="plan_new"),
    path("ke-hoach/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("ke-hoach/<int:pk>/sua/", plans.plan_edit, name="plan_edit"),
    path("ke-hoach/<int:pk>/trinh/", plans.plan_submit, name="plan_submit"),
    path("ke-hoach/<int:pk>/tra-lai/", plans.plan_return, name="plan_return"),
    path("ke-hoach/<int:pk>/duyet/", plans.plan_approve, name="plan_approve"),
    path("ke-hoach/<int:pk>/ket-thuc/", plans.plan_close, name="plan_close"),
    path("ke-hoach/<int:pk>/yeu-cau-moi/", items.item_new, name="item_new"),
    path("ke-hoach/yeu-cau/<int:pk>/", items.item_edit, name="item_edit"),
    path("ke-hoach/yeu-cau/<int:pk>/bo/", items.item_remove, name="item_remove"),
    path("ke-hoach/yeu-cau/<int:pk>/len/", items.item_shift, {"way": "len"}, name="item_up"),
    path("ke-hoach/yeu-cau/<int:pk>/xuong/", items.item_shift, {"way": "xuong"}, name="item_down"),
    path("can-cu/", bases.basis_list, name="basis_list"),
    path("can-cu/nhap-moi/", bases.basis_new, name="basis_new"),
    path("can-cu/<int:pk>/", bases.basis_detail, name="basis_detail"),
    path("can-cu/<int:pk>/sua/", bases.basis_edit, name="basis_edit"),
    path("tep/can-cu/<int:pk>/", bases.basis_file, name="basis_file"),
    path("ngay-nghi/", holidays.holiday_list, name="holiday_list"),
    path("ngay-nghi/nhap-moi/", holidays.holiday_new, name="holiday_new"),
    path("ngay-nghi/<int:pk>/", holidays.holiday_edit, name="holiday_edit"),
    path("ngay-nghi/<int:pk>/bo/", holidays.holiday_remove, name="holiday_remove"),
]
