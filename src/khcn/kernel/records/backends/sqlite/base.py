"""Django's SQLite backend with compilers that read as of an instant."""

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Operations that use our compilers."""

    compiler_module = "khcn.kernel.records.backends.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """The embedded database."""

    ops_class = DatabaseOperations
