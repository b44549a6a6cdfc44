"""Whether the tables of the database are those of this version of the product."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from khcn.kernel.keeping.tables import LEFT_OUT_APPS

Step = tuple[str, str]


def applied_steps() -> tuple[Step, ...]:
    """Return the migrations applied to the tables that are kept, in order of their names."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(step for step in applied if step[0] not in LEFT_OUT_APPS))


def known_steps() -> tuple[Step, ...]:
    """Return the migrations that this version of the product brings for the tables that are kept."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return tuple(sorted(step for step in known if step[0] not in LEFT_OUT_APPS))


def pending_steps() -> list[str]:
    """Return the migrations that are still to be applied, as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
