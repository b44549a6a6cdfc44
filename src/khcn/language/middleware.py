"""Answer each reader in the language they chose."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from khcn.language.words import SOURCE_LANGUAGE

PROGRAMS = "/api/"  # programs compare words; they get the Vietnamese always


class ReaderLanguageMiddleware:
    """Draw every page in the language that the reader's cookie names.

    What the browser asks for is not heard: the machines of the department are often set up in English, and their
    people would find a page they did not choose.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Draw the answer in the reader's language, and say which it is."""
        language = chosen_language(request)
        request.LANGUAGE_CODE = language  # where Django's own middleware puts it
        with translation.override(language):
            answer = self.get_response(request)
        if not request.path.startswith(PROGRAMS):
            patch_vary_headers(answer, ["Cookie"])
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        answer.headers.setdefault("Content-Language", language if is_page else SOURCE_LANGUAGE)  # files are Vietnamese
        return answer


def chosen_language(request: HttpRequest) -> str:
    """Return the language a reader chose; Vietnamese where they chose none that there is."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, SOURCE_LANGUAGE)
    is_known = chosen in dict(settings.LANGUAGES) and not request.path.startswith(PROGRAMS)
    return chosen if is_known else SOURCE_LANGUAGE
