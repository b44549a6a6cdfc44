"""Compilers of PostgreSQL which can read as of an instant."""

from django.db.backends.postgresql import compiler

from khcn.kernel.records.compiler import AsOfMixin, ReadOnlyPastMixin

SQLInsertCompiler = compiler.SQLInsertCompiler


class SQLCompiler(AsOfMixin, compiler.SQLCompiler):
    """Reads as of an instant."""


class SQLAggregateCompiler(AsOfMixin, compiler.SQLAggregateCompiler):
    """Aggregates as of an instant."""


class SQLUpdateCompiler(ReadOnlyPastMixin, compiler.SQLUpdateCompiler):
    """Writes the present only."""


class SQLDeleteCompiler(ReadOnlyPastMixin, compiler.SQLDeleteCompiler):
    """Writes the present only."""
