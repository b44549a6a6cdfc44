"""Answer failures to programs as RFC 9457 says, in words a person can read, with an id to quote."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, ValidationError

MEDIA_TYPE = "application/problem+json"
FAULT = 500
TITLES = {
    400: "Yêu cầu không hiểu được",
    401: "Mã truy cập thiếu, sai hoặc đã hết hạn",
    403: "Không được phép",
    404: "Không tìm thấy",
    405: "Chỉ đọc được ở địa chỉ này",
    422: "Tham số chưa đúng",
    500: "Lỗi của hệ thống",
}
NOTHING_HERE = "Không có gì ở địa chỉ này, hoặc bạn không được biết là có."
NO_ENTRANCE = (
    "Gửi mã truy cập còn hiệu lực trong tiêu đề «Authorization: Bearer …». "
    "Tạo mã ở trang Tài khoản, mục Mã truy cập. Phiên đăng nhập trên trình duyệt không dùng được ở đây."
)
OUR_FAULT = "Lỗi do hệ thống, không phải do yêu cầu. Báo quản trị hệ thống kèm mã lỗi này."
WORDS = {
    "missing": "còn thiếu",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "bool_parsing": "phải là true hoặc false",
    "greater_than_equal": "nhỏ hơn {ge}",
    "less_than_equal": "lớn hơn {le}",
    "literal_error": "phải là một trong {expected}",
    "string_too_long": "dài quá {max_length} ký tự",
}
logger = logging.getLogger(__name__)


class WrongParameter(Exception):
    """A parameter of the address cannot be used; the message says why."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)


def problem(request: HttpRequest, status: int, detail: str, **members: Any) -> HttpResponse:
    """Return the answer that tells of a failure; its id stands in the log too."""
    error_id = uuid.uuid4().hex[:8].upper()
    log = logger.error if status >= FAULT else logger.info
    log("api answered %s, id %s", status, error_id, extra={"path": request.path})
    said = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "instance": request.path,
        "error_id": error_id,
        **members,
    }
    answer = HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "no-store"
    answer["Vary"] = "Authorization"
    return answer


def not_found(request: HttpRequest, _error: Any = None) -> HttpResponse:
    """Tell that there is nothing; what may not be known of looks the same."""
    return problem(request, 404, NOTHING_HERE)


def unauthorized(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Tell that the token is missing, wrong or expired, and which of them is not told."""
    answer = problem(request, 401, NO_ENTRANCE)
    answer["WWW-Authenticate"] = 'Bearer realm="khcn"'
    return answer


def forbidden(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell why the caller may not read this."""
    return problem(request, 403, str(error))


def bad_request(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell what could not be understood."""
    return problem(request, 400, str(error))


def unprocessable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell of each parameter what is wrong with it."""
    errors = [{"name": str(one["loc"][-1]), "detail": _words(one)} for one in error.errors]
    return problem(request, 422, _sentence(errors), errors=errors)


def wrong_parameter(request: HttpRequest, error: WrongParameter) -> HttpResponse:
    """Tell of the one parameter what is wrong with it."""
    errors = [{"name": error.name, "detail": str(error)}]
    return problem(request, 422, _sentence(errors), errors=errors)


def server_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell that the fault is ours; the trace stands in the log beside the id."""
    logger.error("api failed", exc_info=error, extra={"path": request.path})
    return problem(request, FAULT, OUR_FAULT)


def _words(error: dict[str, Any]) -> str:
    return WORDS.get(error["type"], "không hợp lệ").format(**error.get("ctx", {}))


def _sentence(errors: list[dict[str, str]]) -> str:
    return "; ".join(f"«{one['name']}»: {one['detail']}" for one in errors) + "."
