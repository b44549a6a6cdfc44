"""The addresses that programs read, version 1."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Schema
from pydantic import Field

from khcn.api import schemas
from khcn.api.callers import AccessTokenAuth
from khcn.api.description import PlainRenderer, ReadApi
from khcn.api.figures import asked_figure, figure_detail, figure_records, indicator_info
from khcn.api.permissions import may_read_figures
from khcn.api.problems import WrongParameter
from khcn.api.reading import (
    Walk,
    asked_rows,
    page_values,
    record_with_stamp,
    register_detail,
    register_info,
)
from khcn.api.values import Reading
from khcn.kernel.indicators.registry import Indicator, UnknownIndicator, find_indicator, indicators
from khcn.kernel.pages.instants import instant_asked
from khcn.kernel.records.registry import Register, UnknownRegister, register, registers

LARGEST_PAGE, PAGE = 200, 50
FIRST_YEAR, LAST_YEAR = 1900, 2200
ABOUT = (
    "Đọc các sổ và chỉ số. Chỉ có GET. Không có mã truy cập thì chỉ thấy hồ sơ công khai; có mã thì thấy đúng những gì "
    "chủ mã được xem hôm nay. Ngày viết 2021-09-24, thời điểm theo giờ UTC; số thập phân là chuỗi; hồ sơ không được "
    "biết là null. Lỗi theo RFC 9457 (application/problem+json)."
)
AS_OF = "Đọc như đã biết ở thời điểm này: 2021-09-24 (hết ngày), 2021-09-24T17:00 hoặc 24/9/2021. Bỏ trống là hiện nay."

api = ReadApi(
    title="API đọc của Sở Khoa học và Công nghệ",
    version="1.0.0",
    description=ABOUT,
    docs_url=None,
    urls_namespace="api",
    renderer=PlainRenderer(),
)
visitors_too = AccessTokenAuth(required=False)
token_holders = AccessTokenAuth(required=True)


def _failures(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys(statuses, schemas.Problem)


def _filter_parameters() -> dict[str, Any]:
    """Describe the filters of all registers; which of them a register has stands with the register."""
    labels: dict[str, str] = {}
    for found in registers():
        for one in found.filters:
            labels.setdefault(one.name, one.label)
    parameters = [
        {
            "in": "query",
            "name": name,
            "required": False,
            "schema": {"type": "string"},
            "description": f"{label}, ở những sổ có bộ lọc này; các giá trị xem ở địa chỉ của sổ.",
        }
        for name, label in sorted(labels.items())
    ]
    return {"parameters": parameters, "x-visitors": True}


class Instant(Schema):
    """As of when to read."""

    as_of: str = Field("", max_length=40, description=AS_OF)


class Paging(Instant):
    """Where to go on, and how many records to give."""

    cursor: str = Field("", max_length=2000, description="next_cursor của trang trước.")
    limit: int = Field(PAGE, ge=1, le=LARGEST_PAGE, description="Số hồ sơ mỗi trang.")


class Search(Paging):
    """Which records of a register."""

    q: str = Field("", max_length=300, description="Các từ có trong mã hoặc tên, không kể dấu và chữ hoa.")
    withdrawn: bool = Field(default=False, description="Gồm cả hồ sơ đã thu hồi.")


PeriodKey = Literal[
    "month-1",
    "month-2",
    "month-3",
    "month-4",
    "month-5",
    "month-6",
    "month-7",
    "month-8",
    "month-9",
    "month-10",
    "month-11",
    "month-12",
    "quarter-1",
    "quarter-2",
    "quarter-3",
    "quarter-4",
    "six-month",
    "nine-month",
    "year",
    "statistics-year",
]
"""Every period of a year that a report can speak of, as `key_of` names them."""


class PeriodAsked(Instant):
    """Which days a figure speaks of: the kind of the period, and its year."""

    period: PeriodKey = Field(description="Kỳ số liệu: month-9 là tháng 9, quarter-3 là quý III.")
    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR, description="Năm của kỳ số liệu.")


class FigurePaging(Paging, PeriodAsked):
    """Which records behind a figure."""


Key = Annotated[str, Path(description="Khóa của sổ.")]
Code = Annotated[str, Path(description="Mã của hồ sơ hoặc của chỉ số.")]


@api.get(
    "/registers",
    response={200: schemas.Registers, **_failures(401)},
    auth=visitors_too,
    tags=["Sổ"],
    openapi_extra={"x-visitors": True},
)
def list_registers(request: HttpRequest) -> schemas.Registers:
    """List the registers with their columns and the names of their filters."""
    return schemas.Registers(items=[register_info(found, _caller(request)) for found in registers()])


@api.get(
    "/registers/{key}",
    response={200: schemas.RegisterDetail, **_failures(401, 404)},
    auth=visitors_too,
    tags=["Sổ"],
    openapi_extra={"x-visitors": True},
)
def read_register(request: HttpRequest, key: Key) -> schemas.RegisterDetail:
    """Read one register, with the values that its filters take."""
    return register_detail(_register(key), _caller(request))


@api.get(
    "/registers/{key}/records",
    response={200: schemas.RecordPage, **_failures(400, 401, 404, 422)},
    auth=visitors_too,
    tags=["Sổ"],
    openapi_extra=_filter_parameters(),
)
def list_records(request: HttpRequest, key: Key, asked: Query[Search]) -> dict[str, Any]:
    """List the records of a register that the caller may know of, in the order in which they were entered."""
    found, reading = _register(key), _reading(request, asked)
    _refuse_unknown(request, {*Search.model_fields, *(one.name for one in found.filters)})
    rows = asked_rows(found, request.GET, reading, text=asked.q, withdrawn=asked.withdrawn)
    return page_values(found, rows, reading, _walk(request, asked, reverse("api:list_records", args=[key])))


@api.get(
    "/registers/{key}/records/{path:code}",
    response={200: schemas.RecordDetail, **_failures(400, 401, 404, 422)},
    auth=visitors_too,
    tags=["Sổ"],
    openapi_extra={"x-visitors": True},
)
def read_record(
    request: HttpRequest, response: HttpResponse, key: Key, code: Code, asked: Query[Instant]
) -> schemas.RecordDetail:
    """Read one record with its facts and links."""
    found = record_with_stamp(_register(key), code, _reading(request, asked))
    if found is None:
        raise Http404
    detail, stamp = found
    response["ETag"] = str(stamp)
    return detail


@api.get("/indicators", response={200: schemas.Indicators, **_failures(401, 403)}, auth=token_holders, tags=["Chỉ số"])
def list_indicators(request: HttpRequest) -> schemas.Indicators:
    """List the indicators with their definitions."""
    may_read_figures(_caller(request)).enforce()
    return schemas.Indicators(items=[indicator_info(found) for found in indicators()])


@api.get(
    "/indicators/{code}",
    response={200: schemas.FigureDetail, **_failures(400, 401, 403, 404, 422)},
    auth=token_holders,
    tags=["Chỉ số"],
)
def read_indicator(request: HttpRequest, code: Code, asked: Query[PeriodAsked]) -> schemas.FigureDetail:
    """Read the value of an indicator over a period, in the office of the token's owner."""
    found, reading = _indicator(request, code), _reading(request, asked)
    return figure_detail(found, asked_figure(found, asked.period, asked.year, reading), reading)


@api.get(
    "/indicators/{code}/records",
    response={200: schemas.FigureRecords, **_failures(400, 401, 403, 404, 422)},
    auth=token_holders,
    tags=["Chỉ số"],
)
def list_indicator_records(request: HttpRequest, code: Code, asked: Query[FigurePaging]) -> dict[str, Any]:
    """List exactly the records behind a value that the caller may know of, and how many others there are."""
    found, reading = _indicator(request, code), _reading(request, asked)
    value = asked_figure(found, asked.period, asked.year, reading)
    path = reverse("api:list_indicator_records", args=[code])
    return figure_records(value, reading, _walk(request, asked, path))


def _caller(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]  # set by AccessTokenAuth


def _reading(request: HttpRequest, asked: Instant) -> Reading:
    now = request.now  # type: ignore[attr-defined]  # set by the middleware
    return Reading(_caller(request), now, instant_asked({"as_of": asked.as_of}), asked.as_of.strip())


def _walk(request: HttpRequest, asked: Paging, path: str) -> Walk:
    return Walk(asked.cursor, asked.limit, path, request.GET)


def _register(key: str) -> Register:
    try:
        return register(key)
    except UnknownRegister as error:
        raise Http404 from error


def _indicator(request: HttpRequest, code: str) -> Indicator:
    may_read_figures(_caller(request)).enforce()
    try:
        return find_indicator(code)
    except UnknownIndicator as error:
        raise Http404 from error


def _refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """Refuse a parameter that says nothing here: a filter misspelt would give the whole register."""
    if unknown := sorted(set(request.GET) - known):
        raise WrongParameter(unknown[0], "không có tham số này ở đây; xem các bộ lọc ở địa chỉ của sổ")
