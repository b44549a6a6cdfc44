"""Read the clock once a request and hand it down with the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone

from khcn.kernel.access.reader import pieces_as, reading_as


class ActorMiddleware:
    """Put `now` and `today` on the request, fix the day on which the user acts, and answer for this reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the clock read here and nowhere below."""
        request.now = timezone.now()  # type: ignore[attr-defined]  # Django's request is open for such values
        request.today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.user.act_on(request.today)  # type: ignore[attr-defined]
        with reading_as(request.user):
            answer = self.get_response(request)
        made: Any = answer
        if made.streaming and not isinstance(made, FileResponse):  # a file is sent as it lies on the disk
            made.streaming_content = pieces_as(request.user, made.streaming_content)
        if request.user.is_authenticated and not answer.has_header("Cache-Control"):
            # On a shared machine the next person must not find these pages by going back.
            answer["Cache-Control"] = "private, no-store"
        return answer
