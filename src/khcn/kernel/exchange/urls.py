"""Addresses of imports."""

from django.urls import path

from khcn.kernel.exchange import views, wizard_views

ONE = "so/<slug:key>/nhap/<int:staging_key>/"

urlpatterns = [
    path("so/<slug:key>/nhap/", views.upload, name="register-import"),
    path("so/<slug:key>/nhap/da-nho/", wizard_views.remembered, name="register-import-remembered"),
    path(f"{ONE}cot/", wizard_views.columns, name="register-import-columns"),
    path(f"{ONE}bo-cuc/", wizard_views.layout, name="register-import-layout"),
    path(f"{ONE}kiem-tra/", wizard_views.overview, name="register-import-check"),
    path(f"{ONE}gia-tri/", wizard_views.values, name="register-import-values"),
    path(f"{ONE}dong-loi/", wizard_views.rows, name="register-import-rows"),
    path(f"{ONE}thu-xep/", wizard_views.settle, name="register-import-settle"),
    path(f"{ONE}xac-nhan/", wizard_views.confirm, name="register-import-confirm"),
    path(f"{ONE}dang-chay/", wizard_views.progress, name="register-import-progress"),
    path(f"{ONE}ket-qua/", wizard_views.result, name="register-import-result"),
    path(f"{ONE}de-lai.xlsx", wizard_views.left_rows, name="register-import-left-rows"),
    path(f"{ONE}bo/", wizard_views.give_up, name="register-import-give-up"),
]
