"""The addresses of papers, of parties and of the kernel's pages they lead to."""

from django.urls import include, path

urlpatterns = [
    path("", include("khcn.kernel.identity.urls")),
    path("", include("khcn.kernel.notices.urls")),
    path("", include("khcn.kernel.files.urls")),
    path("", include("khcn.kernel.search.urls")),
    path("", include("khcn.correspondence.urls")),
    path("", include("khcn.parties.urls")),
    path("", include("khcn.kernel.pages.urls")),
]
