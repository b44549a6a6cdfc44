"""Whether codes, states and references of the registers hold together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Value, Window
from django.db.models.functions import Cast, Coalesce, Lag, Substr

from khcn.kernel.keeping.health.findings import EXAMPLES, Asked, Finding, Level, name_of
from khcn.kernel.keeping.health.history import RESTORE
from khcn.kernel.keeping.tables import plain
from khcn.kernel.records.codes import LONGEST_NUMBER, CodeCounter
from khcn.kernel.records.record import Provenance
from khcn.kernel.records.registry import registers

YEAR_DIGITS = 4
PAIRS = {"register": "record_id"}
"""Two columns name a record of any register: `register` with `record_id`, and `…_register` with `…_id`."""


def codes_given_twice(_asked: Asked) -> Iterator[Finding]:
    """Find codes that two records of one office and register have."""
    for register in registers():
        rows = plain(register.model).order_by().values("office_id", "code").annotate(times=Count("pk"))
        for code, times in rows.filter(times__gt=1).values_list("code", "times")[:EXAMPLES]:
            yield Finding(f"{register.key} {code}", f"Mã này có ở {times} hồ sơ của một cơ quan.", RESTORE)


def gaps_in_codes(_asked: Asked) -> Iterator[Finding]:
    """Find numbers left out. Before a record that brought its own code along a gap is no fault."""
    for register in registers():
        before = Coalesce(
            Window(Lag("number_given"), partition_by=("office_id", "year_given"), order_by="number_given"), Value(0)
        )
        gaps = _numbered(register.model).annotate(before=before).filter(number_given__gt=F("before") + 1)
        for code, number, previous, provenance in gaps.values_list("code", "number_given", "before", "provenance")[
            :EXAMPLES
        ]:
            brought = provenance == Provenance.IMPORTED
            yield Finding(
                f"{register.key} {code}",
                f"Trước mã này thiếu {number - previous - 1} số.",
                "Mã do dữ liệu cũ mang theo; không cần làm gì." if brought else RESTORE,
                Level.NOTE if brought else Level.FAULT,
            )


def counters_that_lie(_asked: Asked) -> Iterator[Finding]:
    """Find counters behind the codes given, which would give one again, and ahead of them, where records are lost."""
    prefixes = {register.model.CODE_PREFIX: register for register in registers()}
    counted = {
        (office, prefix, year): last
        for office, prefix, year, last in CodeCounter.objects.values_list("office_id", "prefix", "year", "last")
        if prefix in prefixes
    }
    highest: dict[tuple[int, str, int], int] = {}
    for prefix, register in prefixes.items():
        groups = _numbered(register.model).order_by().values("office_id", "year_given")
        for office, year, last in groups.annotate(last=Max("number_given")).values_list(
            "office_id", "year_given", "last"
        ):
            highest[office, prefix, year] = last
    for office, prefix, year in sorted(counted.keys() | highest.keys()):
        last, given = highest.get((office, prefix, year), 0), counted.get((office, prefix, year), 0)
        if given != last:
            what = f"Bộ đếm đang ở {given}, mã cao nhất là {last}: "
            what += "mã sắp tới sẽ trùng." if given < last else f"mất {given - last} hồ sơ cuối."
            yield Finding(f"bộ đếm {prefix}-{year}, cơ quan số {office}", what, RESTORE)


def states_unknown(_asked: Asked) -> Iterator[Finding]:
    """Find records in a state that their workflow does not know."""
    for register in registers():
        strange = plain(register.model).exclude(state__in=list(register.workflow.states.values))
        for key, state in strange.values_list("pk", "state")[:EXAMPLES]:
            yield Finding(name_of(register.model, key), f"Quy trình không có trạng thái «{state}».", RESTORE)


def references_to_nothing(_asked: Asked) -> Iterator[Finding]:
    """Find links, attachments, obligations and other references whose record does not exist."""
    known = {register.key: register.model for register in registers()}
    for model, register_column, number_column in _reference_columns():
        rows = plain(model).exclude(**{register_column: ""}).exclude(**{number_column: None}).order_by()
        for key in rows.values_list(register_column, flat=True).distinct():
            if key not in known:
                yield _of_unknown_register(model, key)
                continue
            there = Exists(plain(known[key]).filter(pk=OuterRef(number_column)))
            lost = rows.filter(~there, **{register_column: key})
            for row, number in lost.values_list("pk", number_column)[:EXAMPLES]:
                where = f"{model._meta.db_table} số {row}, cột {number_column}"
                yield Finding(where, f"Trỏ tới hồ sơ không tồn tại: {key}/{number}.", RESTORE)


def _of_unknown_register(model: Any, key: str) -> Finding:
    return Finding(
        model._meta.db_table,
        f"Có dòng trỏ tới sổ «{key}» mà phần mềm này không có.",
        "Nếu sổ ấy thuộc phiên bản sau, hãy nâng cấp; nếu không, báo người phát triển.",
        Level.NOTE,
    )


def _numbered(model: Any) -> Any:
    """Return the records whose code is of the register's own form, with the year and the number in it."""
    prefix = model.CODE_PREFIX
    start = len(prefix) + 2
    form = rf"^{prefix}-[0-9]{{{YEAR_DIGITS}}}-[0-9]{{1,{LONGEST_NUMBER}}}$"
    return (
        plain(model)
        .filter(code__regex=form)
        .annotate(
            year_given=Cast(Substr("code", start, YEAR_DIGITS), IntegerField()),
            number_given=Cast(Substr("code", start + YEAR_DIGITS + 1), IntegerField()),
        )
    )


def _reference_columns() -> Iterator[tuple[Any, str, str]]:
    for model in apps.get_models():
        if not model._meta.label_lower.endswith("version") and model.__module__.startswith("khcn."):
            names = {field.attname for field in model._meta.local_concrete_fields}
            for name in sorted(names):
                number = PAIRS.get(name) or f"{name.removesuffix('register')}id"
                if name.endswith("register") and number in names and number != "id":
                    yield model, name, number
