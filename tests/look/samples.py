"""Pages that show every part of the look at once, with invented rows: what the browser tests measure."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as real_urls

WORDS = {
    "draft": "Dự thảo",
    "review": "Chờ duyệt",
    "approved": "Đã duyệt",
    "signed": "Đã ký",
    "issued": "Đã phát hành",
    "sent": "Đã giao",
    "accepted": "Đang thực hiện",
    "submitted": "Chờ xác nhận",
    "questioned": "Vướng mắc",
    "declined": "Không thực hiện được",
    "cancelled": "Đã hủy",
    "closed": "Hoàn thành",
}
TONES = ["done", "active", "waiting", "late", "submitted", "asked", "refused", "void"]
MENU = [
    ("Việc của tôi", "/mau/so-lieu/", "home", True),
    ("Đợt phục vụ", "/mau/danh-sach/", "calendar-event", False),
    ("Kế hoạch", "/mau/danh-sach/", "clipboard-list", False),
    ("Văn bản", "/mau/danh-sach/", "file-text", False),
    ("Nhiệm vụ", "/mau/danh-sach/", "checklist", False),
    ("Điều hành", "/mau/ma-tran/", "layout-dashboard", False),
    ("Đơn vị", "/mau/danh-sach/", "building", False),
    ("Hệ thống", "/mau/danh-sach/", "activity", False),
]


class Row(SimpleNamespace):
    _meta = SimpleNamespace(
        model_name="sample", get_field=lambda name: SimpleNamespace(flatchoices=list(WORDS.items()))
    )

    def get_urgency_display(self):
        return {"hoa_toc": "Hỏa tốc", "khan": "Khẩn"}.get(self.urgency, "")


class FilterForm(forms.Form):
    q = forms.CharField(label="Tìm trong danh sách", required=False)
    status = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Tất cả"), *WORDS.items()])
    until = forms.DateField(label="Đến ngày", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class OccasionForm(forms.Form):
    name = forms.CharField(label="Tên đợt", help_text="Tên sẽ in trong kế hoạch và văn bản.")
    kind = forms.ChoiceField(label="Loại", choices=[("e", "Bầu cử"), ("t", "Tết Nguyên đán")])
    d_day = forms.DateField(label="Ngày D", widget=forms.DateInput(attrs={"type": "date"}))
    around = forms.BooleanField(label="Trực 24/24 giờ trong cao điểm", required=False)
    layers = forms.MultipleChoiceField(
        label="Lớp trực bắt buộc",
        choices=[("a", "Trực lãnh đạo"), ("b", "Trực điều hành"), ("c", "Trực ca")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 5, "class": "font-paper"}))
    file = forms.FileField(
        label="Văn bản chỉ đạo",
        required=False,
        widget=forms.ClearableFileInput(attrs={"data-max-bytes": "1024"}),
        help_text="PDF, tối đa 20 MB.",
    )


def rows(now):
    subjects = [
        "Bảo đảm an toàn thông tin liên lạc phục vụ bầu cử đại biểu Quốc hội và Hội đồng nhân dân các cấp",
        "Tăng cường trực ca, trực điều hành dịp Tết Nguyên đán",
        "Rà soát tuyến cáp, nguồn dự phòng tại các điểm bỏ phiếu",
        "Báo cáo danh sách lãnh đạo trực 24/24 giờ",
    ]
    statuses = list(WORDS)
    for index in range(57):
        yield Row(
            number=f"{1200 + index}/SKHCN-BCVT",
            subject=subjects[index % 4],
            status=statuses[index % len(statuses)],
            urgency=["", "hoa_toc", "", "khan", ""][index % 5],
            due_at=now + timedelta(hours=17 * (index - 6)),
            open=index % 4 != 3,
            first=now - timedelta(days=9) if index % 6 == 2 else None,
            late=index < 6,
            count=1234 + index,
        )


def _frame(request, template, context):
    frame = {
        "menu": MENU,
        "user": SimpleNamespace(is_authenticated=True, full_name="Nguyễn Thị Hồng Ứng", get_username="ung"),
        "unread_notices": 12,
        "demo": True,
        "department": "Sở Khoa học và Công nghệ tỉnh Hải Giang",
        "role": "Chuyên viên · Phòng Bưu chính, Viễn thông",
        "pulse": ("Các lượt quét chạy đúng giờ", True),
        "search_url": "/mau/danh-sach/",
    }
    return render(request, template, frame | context)


def listing(request):
    now = timezone.now()
    page = Paginator(list(rows(now)), 12).get_page(request.GET.get("page"))
    return _frame(request, "look/list.html", {"page": page, "form": FilterForm(request.GET), "now": now})


def detail(request):
    now = timezone.now()
    context = {
        "row": next(rows(now)),
        "now": now,
        "steps": [
            ("Dự thảo", "done"),
            ("Chờ duyệt", "done"),
            ("Đã duyệt", "current"),
            ("Đã ký", "todo"),
            ("Phát hành", "todo"),
        ],
        "files": [SimpleNamespace(name="Kế hoạch bảo đảm thông tin.pdf", url="/", size=2_400_000, note="Bản ký số")],
    }
    return _frame(request, "look/detail.html", context)


def form(request):
    messages.success(request, "Đã lưu đợt phục vụ. Các mốc được tính lại theo ngày D.")
    bound = OccasionForm(request.POST, request.FILES) if request.method == "POST" else OccasionForm()
    if request.method == "POST" and bound.is_valid():
        return redirect("/mau/danh-sach/")
    return _frame(request, "look/form.html", {"form": bound})


def figures(request):
    return _frame(request, "look/figures.html", {})


def matrix(request):
    lines = [
        {
            "name": f"Công ty Viễn thông số {line}",
            "cells": [
                {"tone": TONES[(line * 3 + cell * cell) % 8], "word": "Tình trạng", "url": "/mau/chi-tiet/"}
                for cell in range(30)
            ],
        }
        for line in range(20)
    ]
    return _frame(request, "look/matrix.html", {"columns": range(1, 31), "lines": lines})


def paper(request):
    return _frame(request, "look/paper.html", {})


def empty(request):
    return _frame(request, "look/empty.html", {})


SAMPLES = {
    "danh-sach": listing,
    "chi-tiet": detail,
    "bieu-mau": form,
    "so-lieu": figures,
    "ma-tran": matrix,
    "van-ban": paper,
    "trong": empty,
}
urlpatterns = [*(path(f"mau/{name}/", login_not_required(view)) for name, view in SAMPLES.items()), *real_urls]
