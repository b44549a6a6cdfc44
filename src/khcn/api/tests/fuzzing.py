"""Ask the API whatever its description allows, and what it does not, in the same process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from khcn.config.wsgi import application
from khcn.kernel.indicators.periods import PERIOD_LABELS
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.records.registry import registers

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
KEPT = ("cursor", "limit", "q", "withdrawn")
INSTANTS = ({}, {"as_of": "2021-09-24"}, {"as_of": "1900-01-01"}, {"as_of": "24/9/2021 17:00"}, {"as_of": "2200-12-31"})
DESCRIPTION = "/api/v1/openapi.json"


@contextmanager
def one_connection() -> Iterator[None]:
    """Let the application answer on the connection of the test, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def description() -> Any:
    """Return the API's own description, read from it."""
    return schemathesis.openapi.from_wsgi(DESCRIPTION, application)


def known_records(user: Any) -> list[tuple[str, str]]:
    """Return a register and a code for some records of every register that the user may know of."""
    return [(one.key, code) for one in registers() for code in one.visible_to(user).values_list("code", flat=True)[:5]]


def ask_anything(data: Any, described: Any, records: list[tuple[str, str]], code: str) -> None:
    """Ask one question drawn from the description, half of them of something that exists, and judge the answer."""
    mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = data.draw(described.as_strategy(generation_mode=mode))
    if data.draw(st.booleans()):
        _aim(data, case, records)
    headers = {"Authorization": f"Bearer {code}"} if data.draw(st.integers(0, 3)) else {}
    answer = case.call(headers=headers)
    case.validate_response(answer, checks=CHECKS)


def _aim(data: Any, case: Any, records: list[tuple[str, str]]) -> None:
    """Let the question be of a register, a record or an indicator that exists, at an instant that can be read."""
    query = {name: value for name, value in (case.query or {}).items() if name in KEPT}
    if "{key}" in case.path:
        key, code = data.draw(st.sampled_from(records))
        case.path_parameters = {"key": key, "code": code} if "{code}" in case.path else {"key": key}
    elif "{code}" in case.path:
        case.path_parameters = {"code": data.draw(st.sampled_from([one.code for one in indicators()]))}
        query |= {"period": data.draw(st.sampled_from(list(PERIOD_LABELS))), "year": data.draw(st.integers(1900, 2200))}
    case.query = query | data.draw(st.sampled_from(INSTANTS))
