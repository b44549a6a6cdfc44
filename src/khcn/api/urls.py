"""Addresses of access tokens."""

from __future__ import annotations

from django.urls import path

from khcn.api import views

urlpatterns = [
    path("tai-khoan/ma-truy-cap/", views.show_tokens, name="access-tokens"),
    path("tai-khoan/ma-truy-cap/<int:number>/thu-hoi/", views.revoke, name="access-token-revoke"),
]
