"""The API itself: how answers are marked, compared and described."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from khcn.api import problems
from khcn.api.callers import AccessTokenAuth
from khcn.kernel.access.decisions import NotPermitted

OK, NOT_MODIFIED, NOT_ALLOWED = 200, 304, 405
HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (Exception, problems.server_error),
    (Http404, problems.not_found),
    (NotPermitted, problems.forbidden),
    (BadRequest, problems.bad_request),
    (SuspiciousOperation, problems.bad_request),
    (AuthenticationError, problems.unauthorized),
    (ValidationError, problems.unprocessable),
    (problems.WrongParameter, problems.wrong_parameter),
)


class PlainRenderer(JSONRenderer):
    """Write Vietnamese as it is read."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class ReadApi(NinjaAPI):
    """An API that is only read: each answer bears a mark of its version, each failure is a problem."""

    def set_default_exception_handlers(self) -> None:
        """Answer every failure in the API's own form."""
        for kind, handler in HANDLERS:
            self.add_exception_handler(kind, handler)

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Return the answer with its mark, or that nothing moved since the caller read it.

        A mark that the operation set, of a record's version, becomes a strong one with what else the answer says.
        """
        answer = super().create_response(request, data, **options)
        digest = hashlib.sha256(answer.content).hexdigest()[:32]
        stamp = answer.headers.get("ETag", "")
        answer["ETag"] = f'"{stamp}-{digest}"' if stamp else f'W/"{digest}"'
        answer["Cache-Control"] = "private, no-store" if "Authorization" in request.headers else "no-cache"
        answer["Vary"] = "Authorization"
        if answer.status_code == OK and _is_known(request, answer["ETag"]):
            kept = {name: answer[name] for name in ("ETag", "Cache-Control", "Vary")}
            return HttpResponseNotModified(headers=kept)
        return answer

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description, with failures as problems, and the marks of versions."""
        found = super().get_openapi_schema(**options)
        for methods in found["paths"].values():
            for operation in methods.values():
                _complete(operation)
        return found

    def _get_urls(self) -> list[Any]:
        patterns: list[Any] = super()._get_urls()
        for pattern in patterns:
            pattern.callback = answered(pattern.callback)
        return patterns


def answered(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let HEAD be answered as GET, and tell of a wrong method or address as a problem."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        try:
            found = view(request, *args, **kwargs)
        except Http404:
            return problems.not_found(request)
        finally:
            request.method = asked  # the server leaves out the body of an answer to HEAD
        if found.status_code == NOT_ALLOWED:
            found = problems.problem(request, NOT_ALLOWED, "API này chỉ để đọc: dùng GET.")
            found["Allow"] = "GET, HEAD"
        return found

    return answer


def _is_known(request: HttpRequest, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag.removeprefix("W/") in {one.removeprefix("W/") for one in known}


def _complete(operation: dict[str, Any]) -> None:
    for status, said in operation["responses"].items():
        if int(status) == OK:
            said["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "Dấu phiên bản của câu trả lời."}}
        else:
            said["description"] = problems.TITLES[int(status)]
            said["content"] = {problems.MEDIA_TYPE: said["content"]["application/json"]}
    operation["responses"][NOT_MODIFIED] = {"description": "Không có gì đổi từ lần đọc có ETag ấy."}
    mark = {"type": "string"}
    operation["parameters"].append({"in": "header", "name": "If-None-Match", "schema": mark, "required": False})
    if operation.pop("x-visitors", False):
        operation["security"] = [{}, {AccessTokenAuth.__name__: []}]
