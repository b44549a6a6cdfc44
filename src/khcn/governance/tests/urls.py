"""Addresses for the tests of this module: what its pages lead to, without the modules above."""

from django.urls import include, path

urlpatterns = [
    path("", include("khcn.kernel.identity.urls")),
    path("", include("khcn.kernel.notices.urls")),
    path("", include("khcn.kernel.files.urls")),
    path("", include("khcn.kernel.sharing.urls")),
    path("", include("khcn.governance.urls")),
    path("", include("khcn.kernel.pages.urls")),
]
handler400 = "khcn.kernel.pages.errors.bad_request"
handler403 = "khcn.kernel.pages.errors.forbidden"
handler404 = "khcn.kernel.pages.errors.not_found"
handler500 = "khcn.kernel.pages.errors.server_error"
