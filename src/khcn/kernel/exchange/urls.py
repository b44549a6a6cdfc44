"""Addresses of imports."""

from django.urls import path

from khcn.kernel.exchange import views

urlpatterns = [
    path("so/<slug:key>/nhap/", views.upload, name="register-import"),
    path("so/<slug:key>/nhap/xac-nhan/", views.confirm, name="register-import-confirm"),
]
