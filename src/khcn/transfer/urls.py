"""Addresses of appraisals."""

from django.urls import path

from khcn.transfer import steps, views

__all__ = ["steps", "urlpatterns"]

urlpatterns = [path("tham-dinh-cong-nghe/moi/", views.receive, name="technology-appraisal-new")]
