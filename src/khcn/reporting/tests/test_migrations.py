from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from khcn.reporting.models import FrozenFigure, FrozenRecord
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import TITLES, make_report, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
CARRIED, DROPPED = ("0005_carry_frozen_records_over", "0006_drop_the_lists_of_frozen_records")


def step(name, *, back=False):
    """Take one migration of the module, forwards or back, on the tables as they are."""
    loader = MigrationLoader(None)
    migration = loader.graph.nodes["reporting", name]
    state = loader.project_state(("reporting", name), at_end=False)
    with connection.schema_editor(atomic=migration.atomic) as editor:
        (migration.unapply if back else migration.apply)(state, editor)


def lists_of_then():
    state = MigrationLoader(None).project_state(("reporting", CARRIED), at_end=False)
    model, version = (state.apps.get_model("reporting", name) for name in ("FrozenFigure", "FrozenFigureVersion"))
    return [dict(table.objects.values_list("indicator", "listed")) for table in (model, version)]


def rows():
    told = FrozenRecord.objects.order_by("pk")
    return list(told.values_list("figure__indicator", "figure__register", "record_id", "code", "title"))


def test_frozen_records_go_from_lists_to_rows_and_back(settings):
    settings.MIGRATION_MODULES = {}  # tests make their tables without migrations
    world = make_world()
    make_report(world, S.SIGNED)
    before = rows()

    step(DROPPED, back=True)
    step(CARRIED, back=True)
    lists, versions = lists_of_then()
    left = FrozenRecord.objects.count()
    step(CARRIED)
    step(DROPPED)

    assert [row["code"] for row in lists[TITLES]] == [title.code for title in world.titles[:2]]
    assert {"register", "id", "code", "title"} == set(lists[TITLES][0])
    assert (versions[TITLES], left) == (lists[TITLES], 0)
    assert rows() == before
    assert len(before) == 2
    (figure,) = FrozenFigure.objects.filter(indicator=TITLES)
    assert figure.Version._base_manager.get(id=figure.pk).register == "protection-title"
