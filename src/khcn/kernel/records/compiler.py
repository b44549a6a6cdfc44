"""Read tracked tables as of an instant: the query stays the same, its tables become those of the versions.

Django lets a database backend bring its own SQL compilers; these put, for every tracked table of a query that
carries an instant, the versions known at that instant in its place. Joins, subqueries and aggregates follow,
because they are compiled inside the outer query. See ADR 0002.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db.models.sql.datastructures import BaseTable, Join

from khcn.kernel.records.versions import VERSION_OF_TABLE
from khcn.language.words import words as _

_instant: ContextVar[datetime | None] = ContextVar("khcn_as_of", default=None)


class PastCannotBeWritten(Exception):
    """An update or a delete was asked of a query that reads the past."""


class AsOfMixin:
    """Compile a query as of its instant, or as of the instant of the query around it."""

    query: Any
    connection: Any
    quote_name_unless_alias: Any

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """Compile with this query's instant in force for all that is nested in it."""
        own = getattr(self.query, "as_of", None)
        if own is None:
            return super().as_sql(*args, **kwargs)  # type: ignore[misc]
        token = _instant.set(own)
        try:
            return super().as_sql(*args, **kwargs)  # type: ignore[misc]
        finally:
            _instant.reset(token)

    def compile(self, node: Any) -> Any:
        """Compile a node; a tracked table becomes its versions known at the instant."""
        instant = _instant.get()
        if instant is not None and isinstance(node, BaseTable | Join) and node.table_name in VERSION_OF_TABLE:
            return self._as_of_table(node, instant)
        return super().compile(node)  # type: ignore[misc]

    def collapse_group_by(self, expressions: Any, having: Any) -> Any:
        """Keep every grouping column when reading the past: versions have no primary key to stand for the rest."""
        if _instant.get() is not None:
            return expressions
        return super().collapse_group_by(expressions, having)  # type: ignore[misc]

    def _as_of_table(self, node: BaseTable | Join, instant: datetime) -> tuple[str, list[Any]]:
        quote = self.connection.ops.quote_name
        version = VERSION_OF_TABLE[node.table_name]
        columns = ", ".join(
            quote(f.column) for f in version._meta.local_concrete_fields if f.name not in VERSION_FIELDS
        )
        known_at = self.connection.ops.adapt_datetimefield_value(instant)
        known = f"{quote('recorded_from')} <= %s AND {quote('recorded_to')} > %s"
        alias = self.quote_name_unless_alias(node.table_alias)
        table = f"(SELECT {columns} FROM {quote(version._meta.db_table)} WHERE {known}) {alias}"  # noqa: S608 (quoted names)
        if isinstance(node, BaseTable):
            return table, [known_at, known_at]
        on_clause, on_params = super().compile(node)  # type: ignore[misc]
        condition = on_clause[on_clause.index(" ON (") :]
        return f"{node.join_type} {table}{condition}", [known_at, known_at, *on_params]


VERSION_FIELDS = frozenset({"version_id", "recorded_from", "recorded_to", "change"})


class ReadOnlyPastMixin:
    """Refuse to write through a query that reads the past."""

    query: Any

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        """Compile, unless the query reads the past."""
        if getattr(self.query, "as_of", None) is not None:
            raise PastCannotBeWritten(_("Không ghi được qua truy vấn đọc theo thời điểm quá khứ."))
        return super().as_sql(*args, **kwargs)  # type: ignore[misc]
