"""Addresses of search."""

from django.urls import path

from khcn.kernel.search import views

urlpatterns = [
    path("tim/", views.results, name="search"),
    path("tim/goi-y/", views.suggest, name="search-suggest"),
]
