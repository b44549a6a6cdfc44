"""Addresses of official papers."""

from django.urls import path

from khcn.correspondence import views

urlpatterns = [
    path("van-ban/moi/", views.create_paper, name="paper-create"),
    path("van-ban/den/moi/", views.register_paper, name="paper-register"),
    path("van-ban/di/moi/", views.draft_paper, name="paper-draft"),
    path("van-ban/<str:code>/sua/", views.edit_draft, name="paper-edit"),
    path("van-ban/<str:code>/but-phe/", views.instruct_paper, name="paper-instruct"),
    path("van-ban/<str:code>/so/", views.number_paper, name="paper-number"),
]
