"""Make, for each tracked table, the table of its versions with the interval in which each was known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db import connections, models, router
from django.db.models import Q

from khcn.kernel.records.clock import FOREVER
from khcn.language.words import words as _

VERSION_OF_TABLE: dict[str, type[models.Model]] = {}
"""Table name of a tracked model → the model of its versions."""


class Version(models.Model):
    """A row as it was known from `recorded_from` until just before `recorded_to`."""

    version_id = models.BigAutoField(primary_key=True)
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(default=FOREVER)
    change = models.ForeignKey("records.Change", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def version_model(tracked: type[models.Model]) -> type[models.Model]:
    """Return a new model holding the versions of a tracked one.

    Its rows have the tracked columns under the same names; foreign keys become plain numbers, since a version
    may name a row in a state that no longer exists.
    """
    options = tracked._meta
    table = options.db_table
    meta = type(
        "Meta",
        (),
        {
            "app_label": options.app_label,
            "db_table": f"{table}_version",
            "default_permissions": (),
            "verbose_name": _("phiên bản {verbose_name}").format(verbose_name=options.verbose_name),
            "verbose_name_plural": _("phiên bản {verbose_name}").format(verbose_name=options.verbose_name),
            "indexes": _indexes(tracked),
            "constraints": (
                models.UniqueConstraint(
                    fields=("id",), condition=Q(recorded_to=FOREVER), name=_short(table, "one_open")
                ),
                models.CheckConstraint(
                    condition=Q(recorded_to__gt=models.F("recorded_from")), name=_short(table, "ordered")
                ),
            ),
        },
    )
    body: dict[str, Any] = {
        "__module__": tracked.__module__,
        "__doc__": f"Versions of {tracked.__name__}.",
        "Meta": meta,
    }
    for field in options.local_concrete_fields:
        body[field.attname] = _plain_copy(field)
    made = type(f"{tracked.__name__}Version", (Version,), body)
    VERSION_OF_TABLE[table] = made
    return made


def open_versions_of(tracked: Any, keys: Sequence[int], *, since: datetime, change: int) -> None:
    """Open a version of each row as it stands in the table now.

    The database copies the rows itself: what was written is what is remembered, and a long import does not send
    every value twice.
    """
    table, version = tracked._meta.db_table, tracked.Version._meta.db_table
    connection = connections[router.db_for_write(tracked)]
    quote, adapt = connection.ops.quote_name, connection.ops.adapt_datetimefield_value
    names = ", ".join(quote(field.column) for field in tracked._meta.local_concrete_fields)
    own = ", ".join(map(quote, ("recorded_from", "recorded_to", "change_id")))
    wanted = ", ".join(["%s"] * len(keys))
    sql = (
        f"INSERT INTO {quote(version)} ({names}, {own}) "  # noqa: S608 (quoted names of our own tables)
        f"SELECT {names}, %s, %s, %s FROM {quote(table)} WHERE {quote('id')} IN ({wanted}) ORDER BY {quote('id')}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapt(since), adapt(FOREVER), change, *keys])


def _indexes(tracked: type[models.Model]) -> list[models.Index]:
    """Return an index by row, by the time of knowledge, for each foreign key to a tracked table and each indexed day.

    A past reading asks for the parts of each record as the present one does; without these the embedded database
    reads all versions of the parts once for every record. Figures and lists ask for the days by which the table is
    walked; without these all versions that were ever known are read.
    """
    table = tracked._meta.db_table
    columns = [field.attname for field in tracked._meta.local_concrete_fields if _leads_to_tracked(field, tracked)]
    return [
        models.Index(fields=("id", "recorded_from"), name=_short(table, "row")),
        models.Index(fields=("recorded_to", "recorded_from"), name=_short(table, "known")),
        *(models.Index(fields=(column, "recorded_to"), name=_short(f"{table}_{column}", "of")) for column in columns),
        *(
            # The instants stand in it too, so that of versions known at another time only the entry is read.
            models.Index(fields=(day, "id", "recorded_to", "recorded_from"), name=_short(f"{table}_{day}", "day"))
            for day in _days(tracked)
        ),
    ]


def _days(tracked: type[models.Model]) -> list[str]:
    """Return the columns holding a day, and nothing finer, by which the table is walked."""
    known = {field.name for field in tracked._meta.local_concrete_fields if type(field) is models.DateField}
    return [
        index.fields[0] for index in tracked._meta.indexes if index.fields[1:] == ["id"] and index.fields[0] in known
    ]


def _leads_to_tracked(field: models.Field[Any, Any], tracked: type[models.Model]) -> bool:
    if field.remote_field is None:
        return False
    target: Any = field.remote_field.model
    if isinstance(target, str):  # a model not yet loaded; only that of the users is known not to be tracked
        return target != settings.AUTH_USER_MODEL
    return target is tracked or target._meta.db_table in VERSION_OF_TABLE


def _plain_copy(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    if field.remote_field is not None or isinstance(field, models.AutoField):
        return models.BigIntegerField(null=field.null, db_column=field.column)
    _, _, args, kwargs = field.deconstruct()
    for option in (
        "unique",
        "primary_key",
        "db_index",
        "choices",
        "auto_now",
        "auto_now_add",
        "validators",
        "help_text",
    ):
        kwargs.pop(option, None)
    return type(field)(*args, **kwargs)


def _short(table: str, suffix: str) -> str:
    """Return a name of at most 30 characters that no other table shares."""
    return f"{table[:12]}_{crc32(table.encode()) & 0xFFFFFF:06x}_{suffix}"
