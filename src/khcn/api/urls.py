"""Addresses of access tokens, and of the API."""

from __future__ import annotations

from django.urls import path, re_path

from khcn.api import problems, views
from khcn.api.v1 import api

urlpatterns = [
    path("tai-khoan/ma-truy-cap/", views.show_tokens, name="access-tokens"),
    path("tai-khoan/ma-truy-cap/<int:number>/thu-hoi/", views.revoke, name="access-token-revoke"),
    path("api/v1/", api.urls),
    re_path(r"^api/", problems.not_found),
]
