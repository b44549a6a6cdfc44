"""Whether the tables of the database are those of this version of the product."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management import call_command
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


def bring_up_to_date() -> None:
    """Bring the tables to this version of the product: an empty database at once, another step by step.

    Every migration draws all tables anew, half a minute for those of an empty database; a test holds what they make
    against what the models make.
    """
    if not connection.introspection.table_names():
        _make_all_tables()
    call_command("migrate", verbosity=0)


def _make_all_tables() -> None:
    recorder = MigrationRecorder(connection)
    steps = MigrationLoader(connection).graph.nodes
    tables: list[Any] = [recorder.Migration, *apps.get_models()]
    with connection.schema_editor() as editor:  # all or nothing
        for model in tables:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in steps)
