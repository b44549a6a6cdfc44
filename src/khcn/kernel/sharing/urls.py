"""Addresses of links: what they open, and where they are given out."""

from __future__ import annotations

from django.urls import path

from khcn.kernel.sharing import views

urlpatterns = [
    path("xem/<str:token>/", views.open_link, name="shared-link"),
    path("lien-ket-doc/<int:number>/thu-hoi/", views.revoke, name="shared-link-revoke"),
    path("lien-ket-doc/<slug:key>/<str:code>/", views.show_links, name="shared-links"),
]
