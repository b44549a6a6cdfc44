"""The address of the leaders' page."""

from __future__ import annotations

from django.urls import path

from khcn.overview import views

urlpatterns = [path("tong-quan/", views.show_overview, name="overview")]
