"""Addresses of the gallery."""

from django.urls import path

from khcn.ui import views

app_name = "ui"

urlpatterns = [
    path("gallery/", views.show_gallery, name="gallery"),
    path("gallery/record/", views.show_record, name="gallery-record"),
    path("gallery/list/", views.show_list, name="gallery-list"),
    path("gallery/public/", views.show_public, name="gallery-public"),
    path("gallery/sign-in/", views.show_sign_in, name="gallery-sign-in"),
    path("gallery/drawer/", views.show_drawer, name="gallery-drawer"),
    path("gallery/confirm/", views.show_confirmation, name="gallery-confirm"),
]
