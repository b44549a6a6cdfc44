"""Read the clock once a request and hand it down with the person."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ActorMiddleware:
    """Put `now` and `today` on the request and fix the day on which the user acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the clock read here and nowhere below."""
        request.now = timezone.now()  # type: ignore[attr-defined]  # Django's request is open for such values
        request.today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.user.act_on(request.today)  # type: ignore[attr-defined]
        answer = self.get_response(request)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            # On a shared machine the next person must not find these pages by going back.
            answer["Cache-Control"] = "private, no-store"
        return answer
