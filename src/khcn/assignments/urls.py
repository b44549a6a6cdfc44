"""Addresses of given work."""

from django.urls import path

from khcn.assignments import steps, views

__all__ = ["steps", "urlpatterns"]

urlpatterns = [
    path("nhiem-vu/", views.show_board, name="assignments-board"),
    path("nhiem-vu/giao/", views.give, name="assignment-new"),
    path("nhiem-vu/<str:code>/bao-cao/", views.report, name="assignment-report"),
    path("nhiem-vu/<str:code>/ket-qua/", views.decide_result, name="assignment-result"),
    path("nhiem-vu/<str:code>/gia-han/", views.ask_extension, name="assignment-extension"),
    path("nhiem-vu/<str:code>/gia-han/<int:number>/", views.decide_extension, name="assignment-extension-decision"),
    path("nhiem-vu/<str:code>/don-doc/", views.urge, name="assignment-urge"),
    path("nhiem-vu/<str:code>/ket-thuc/", views.set_closing_rule, name="assignment-closing-rule"),
    path("nhiem-vu/<str:code>/cho-xem-cham/", views.release_lateness, name="assignment-release-lateness"),
]
