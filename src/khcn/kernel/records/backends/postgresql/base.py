"""Django's PostgreSQL backend with compilers that read as of an instant."""

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Operations that use our compilers."""

    compiler_module = "khcn.kernel.records.backends.postgresql.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """The production database."""

    ops_class = DatabaseOperations
