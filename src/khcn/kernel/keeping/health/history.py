"""Whether every row is what its history says it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, JSONField, OuterRef, Q, TextField, Window
from django.db.models.functions import Cast, Lead
from django.db.models.lookups import Exact, IsNull

from khcn.kernel.keeping.health.findings import EXAMPLES, Asked, Finding, name_of
from khcn.kernel.keeping.tables import plain
from khcn.kernel.records.clock import FOREVER
from khcn.kernel.records.tracked import Tracked

RESTORE = "Có người đã ghi thẳng vào cơ sở dữ liệu. Đối chiếu với bản sao lưu gần nhất; đừng sửa tay."


def tracked_models() -> list[Any]:
    """Return all models with history."""
    return [model for model in apps.get_models() if issubclass(model, Tracked)]


def rows_without_version(_asked: Asked) -> Iterator[Finding]:
    """Find the rows whose history does not know them."""
    for model in tracked_models():
        missing = plain(model).filter(~Exists(_open(model)))
        for key in missing.values_list("pk", flat=True)[:EXAMPLES]:
            yield Finding(name_of(model, key), "Dòng này không có phiên bản đang mở trong lịch sử.", RESTORE)


def versions_without_row(_asked: Asked) -> Iterator[Finding]:
    """Find what history holds for standing though the row is gone, or holds for standing twice."""
    for model in tracked_models():
        table = model._meta.db_table
        standing = plain(model.Version).filter(recorded_to=FOREVER)
        gone = standing.filter(~Exists(plain(model).filter(pk=OuterRef("id"))))
        for key in gone.values_list("id", flat=True)[:EXAMPLES]:
            yield Finding(f"{table} số {key}", "Lịch sử còn phiên bản đang mở nhưng dòng đã mất.", RESTORE)
        twice = standing.order_by().values("id").annotate(times=Count("pk")).filter(times__gt=1)
        for key, times in twice.values_list("id", "times")[:EXAMPLES]:
            yield Finding(name_of(model, key), f"Dòng này có {times} phiên bản cùng đang mở.", RESTORE)


def rows_unlike_version(_asked: Asked) -> Iterator[Finding]:
    """Find the rows that differ from their open version, and name the columns."""
    for model in tracked_models():
        same = _open(model).filter(*(_same(field) for field in _fields(model)))
        different = plain(model).filter(Exists(_open(model)), ~Exists(same))
        for key in different.values_list("pk", flat=True)[:EXAMPLES]:
            if columns := _columns_that_differ(model, key):
                yield Finding(name_of(model, key), f"Khác phiên bản đang mở ở cột {', '.join(columns)}.", RESTORE)


def intervals_that_do_not_fit(_asked: Asked) -> Iterator[Finding]:
    """Find versions that are empty, overlap the next one of their row, or leave a time without any."""
    for model in tracked_models():
        table, versions = model.Version._meta.db_table, plain(model.Version)
        empty = versions.filter(recorded_to__lte=F("recorded_from"))
        for key, version in empty.values_list("id", "pk")[:EXAMPLES]:
            yield Finding(f"{table} {version}", f"Phiên bản của dòng {key} có khoảng thời gian rỗng.", RESTORE)
        following = Window(Lead("recorded_from"), partition_by="id", order_by=("recorded_from", "version_id"))
        apart = versions.annotate(next_from=following).filter(~Q(next_from=F("recorded_to")), next_from__isnull=False)
        found = apart.values_list("id", "pk", "recorded_to", "next_from")
        for key, version, until, next_from in found[:EXAMPLES]:
            how = "chồng lên" if next_from < until else "không nối liền với"
            yield Finding(f"{table} {version}", f"Phiên bản của dòng {key} {how} phiên bản sau nó.", RESTORE)


def _open(model: Any) -> Any:
    return plain(model.Version).filter(id=OuterRef("pk"), recorded_to=FOREVER)


def _fields(model: Any) -> Iterable[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _same(field: Any) -> Q:
    name = field.attname
    if isinstance(field, JSONField):
        equal = Q(Exact(Cast(F(name), TextField()), Cast(OuterRef(name), TextField())))
    else:
        equal = Q(**{name: OuterRef(name)})
    if not field.null:
        return equal
    return equal | Q(**{f"{name}__isnull": True}) & Q(IsNull(OuterRef(name), True))  # noqa: FBT003 (Django's lookup)


def _columns_that_differ(model: Any, key: int) -> list[str]:
    names = [field.attname for field in _fields(model)]
    row = plain(model).filter(pk=key).values(*names).first()
    version = plain(model.Version).filter(id=key, recorded_to=FOREVER).values(*names).first()
    if row is None or version is None:
        return []
    return [f"«{name}»" for name in names if row[name] != version[name]]
