"""Addresses of files."""

from django.urls import path

from khcn.kernel.files import views

urlpatterns = [
    path("tep/dinh-kem/<str:register>/<str:code>/", views.upload, name="file-upload"),
    path("tep/<int:number>/<str:filename>", views.download, name="file"),
]
