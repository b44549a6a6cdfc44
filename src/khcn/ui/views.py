"""The gallery: every component in every state, with sample values."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khcn.ui import gallery


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component of the kit in the full frame."""
    return render(request, "ui/gallery.html", gallery.page())


def show_record(request: HttpRequest) -> HttpResponse:
    """Show how a record's page is put together."""
    return render(request, "ui/gallery_record.html", gallery.record_page())


def show_list(request: HttpRequest) -> HttpResponse:
    """Show how a register's list is put together, with rows that open beside it."""
    return render(request, "ui/gallery_list.html", gallery.list_page())


def show_public(request: HttpRequest) -> HttpResponse:
    """Show the frame of public pages."""
    return render(request, "ui/gallery_public.html", gallery.public_page())


def show_sign_in(request: HttpRequest) -> HttpResponse:
    """Show the shell of signing in, with a form that has errors."""
    return render(request, "ui/gallery_sign_in.html", gallery.sign_in_page())


def show_drawer(request: HttpRequest) -> HttpResponse:
    """Show the page behind a figure, which the drawer borrows."""
    return render(request, "ui/gallery_drawer.html", gallery.drawer_page())


def show_confirmation(request: HttpRequest) -> HttpResponse:
    """Show the page that asks once."""
    return render(request, "ui/confirm.html", gallery.confirmation_page())
