"""Addresses of period reports."""

from __future__ import annotations

from django.urls import path, re_path

from khcn.reporting import comparison_views, views

app_name = "reporting"
urlpatterns = [
    path("bao-cao/", views.index, name="index"),
    path("bao-cao/soan/", views.draft, name="draft"),
    path("bao-cao/so-sanh/", comparison_views.comparison, name="comparison"),
    path("bao-cao/so-sanh/<str:indicator>/", comparison_views.difference, name="difference"),
    path("bao-cao/<str:code>/", views.report, name="report"),
    path("bao-cao/<str:code>/so-lieu/<str:indicator>/", views.figure, name="figure"),
    path("bao-cao/<str:code>/muc/<int:ordinal>/", views.section, name="section"),
    path("bao-cao/<str:code>/trinh/", views.submit, name="submit"),
    path("bao-cao/<str:code>/ky/", views.sign, name="sign"),
    path("bao-cao/<str:code>/cho-xem/", views.release, name="release"),
    re_path(r"^bao-cao/(?P<code>[^/]+)/van-ban\.(?P<suffix>docx|pdf)$", views.paper, name="paper"),
]
