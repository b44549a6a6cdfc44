"""Addresses of the notices."""

from django.urls import path

from khcn.kernel.notices import views

urlpatterns = [
    path("thong-bao/", views.notice_list, name="notices"),
    path("thong-bao/da-doc/", views.read_all, name="notices-read"),
    path("thong-bao/<int:number>/mo/", views.open_notice, name="notice-open"),
]
