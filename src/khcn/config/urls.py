"""Join the addresses of all modules."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from khcn.kernel.pages import errors

MODULES = (
    "khcn.api.urls",
    "khcn.kernel.identity.urls",
    "khcn.kernel.notices.urls",
    "khcn.kernel.files.urls",
    "khcn.kernel.search.urls",
    "khcn.kernel.sharing.urls",
    "khcn.parties.urls",
    "khcn.correspondence.urls",
    "khcn.assignments.urls",
    "khcn.policies.urls",
    "khcn.councils.urls",
    "khcn.research.urls",
    "khcn.transfer.urls",
    "khcn.governance.urls",
    "khcn.reporting.urls",
    "khcn.overview.urls",
)
urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(module)) for module in MODULES),
    path("ui/", include("khcn.ui.urls")),
    path("", include("khcn.kernel.pages.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
