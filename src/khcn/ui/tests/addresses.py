"""The gallery alone, where the product mounts it."""

from django.urls import include, path

urlpatterns = [path("ui/", include("khcn.ui.urls"))]
