"""Addresses of policies."""

from django.urls import path

from khcn.policies import steps, views

__all__ = ["steps", "urlpatterns"]

urlpatterns = [
    path("van-ban-qppl/moi/", views.propose_document, name="legal-document-new"),
    path("chuong-trinh/moi/", views.draft_programme, name="programme-new"),
    path("chuong-trinh/<str:code>/chi-tieu/", views.add_target, name="programme-target-new"),
    path("chuong-trinh/<str:code>/ket-qua/", views.record_result, name="programme-result-new"),
    path("ke-hoach-cong-tac/moi/", views.plan_item, name="work-plan-item-new"),
]
