"""Addresses of organisations and people."""

from django.urls import path

from khcn.parties import views

urlpatterns = [
    path("to-chuc/moi/", views.create_organisation, name="organisation-create"),
    path("ca-nhan/moi/", views.create_person, name="person-create"),
    path("ca-nhan/<str:code>/chuc-vu/moi/", views.give_person_role, name="role-give"),
    path("chuc-vu/<int:number>/thoi-giu/", views.end_person_role, name="role-end"),
]
