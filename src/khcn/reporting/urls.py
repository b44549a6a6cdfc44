"""Addresses of period reports."""

from __future__ import annotations

from django.urls import path, re_path

from khcn.reporting import comparison_views, design_views, views

app_name = "reporting"
urlpatterns = [
    path("bao-cao/", views.index, name="index"),
    path("bao-cao/soan/", views.draft, name="draft"),
    path("bao-cao/so-sanh/", comparison_views.comparison, name="comparison"),
    path("bao-cao/so-sanh/<str:indicator>/", comparison_views.difference, name="difference"),
    path("bao-cao/mau/", design_views.designs, name="designs"),
    path("bao-cao/mau/<str:outline_kind>/", design_views.design, name="design"),
    path("bao-cao/mau/<str:outline_kind>/sua/", design_views.begin, name="design-begin"),
    path("bao-cao/mau/<str:outline_kind>/bo/", design_views.drop, name="design-drop"),
    path("bao-cao/mau/<str:outline_kind>/doi/", design_views.act, name="design-act"),
    path("bao-cao/mau/<str:outline_kind>/chung/", design_views.general, name="design-general"),
    path("bao-cao/mau/<str:outline_kind>/muc/", design_views.design_section, name="design-add-section"),
    path("bao-cao/mau/<str:outline_kind>/muc/<str:section>/", design_views.design_section, name="design-section"),
    path("bao-cao/mau/<str:outline_kind>/bang/", design_views.design_table, name="design-add-table"),
    path("bao-cao/mau/<str:outline_kind>/bang/<str:table>/", design_views.design_table, name="design-table"),
    path("bao-cao/mau/<str:outline_kind>/ap-dung/", design_views.adopt, name="design-adopt"),
    path("bao-cao/mau/<str:outline_kind>/he-thong/", design_views.shipped, name="design-shipped"),
    path("bao-cao/mau/<str:outline_kind>/xem/", design_views.tried, name="design-tried"),
    path("bao-cao/<str:code>/", views.report, name="report"),
    path("bao-cao/<str:code>/so-lieu/<str:indicator>/", views.figure, name="figure"),
    path("bao-cao/<str:code>/muc/<int:ordinal>/", views.section, name="section"),
    path("bao-cao/<str:code>/trinh/", views.submit, name="submit"),
    path("bao-cao/<str:code>/ky/", views.sign, name="sign"),
    path("bao-cao/<str:code>/cho-xem/", views.release, name="release"),
    re_path(r"^bao-cao/(?P<code>[^/]+)/van-ban\.(?P<suffix>docx|pdf)$", views.paper, name="paper"),
]
