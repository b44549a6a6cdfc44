"""The architecture as the build sees it: layers, foreign keys, complete tables."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from khcn.kernel.indicators.registry import indicators
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import registers
from khcn.kernel.records.tracked import Tracked
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.kernel.workflow.table import workflows
from khcn.ui.icons import known_icons

LAYERS = (
    ("ui",),
    ("jobs", "calendar", "places", "classifications", "identity", "notices"),
    ("records",),
    ("rulebook",),
    ("files",),
    ("obligations",),
    ("workflow",),
    ("indicators",),
    ("search",),
    ("exchange",),
    ("pages",),
    ("sharing",),
    ("parties",),
    ("correspondence",),
    ("assignments", "councils"),
    ("policies", "procedures", "repository"),
    ("ip", "research", "initiatives"),
    ("transfer", "enterprises", "radiation", "quality", "services"),
    ("market", "innovation"),
    ("partnerships",),
    ("governance", "economics", "outreach"),
    ("reporting",),
    ("overview",),
    ("api", "portal"),
    ("config",),
)
HEIGHT = {label: height for height, labels in enumerate(LAYERS) for label in labels}
KERNEL_GROUND = {"jobs", "calendar", "places", "classifications", "identity", "notices"}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("khcn.")]


def points_up(source: str, target: str) -> bool:
    if source == target or target not in HEIGHT or {source, target} <= KERNEL_GROUND:
        return False
    return HEIGHT[target] >= HEIGHT[source]


def test_every_app_has_its_place_in_the_layers():
    assert sorted(config.label for config in OURS if config.label not in HEIGHT) == []


def test_no_foreign_key_points_to_a_sibling_or_upwards():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for config in OURS
        for model in config.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and points_up(config.label, field.related_model._meta.app_label)
    ]

    assert wrong == []


def test_no_migration_depends_on_a_sibling_or_a_higher_module():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in OURS}

    wrong = [
        f"{label}.{name} → {target}"
        for (label, name), migration in loader.disk_migrations.items()
        if label in ours
        for target, _ in migration.dependencies
        if target in ours and points_up(label, target)
    ]

    assert wrong == []


def test_no_many_to_many_hides_a_table_without_history():
    hidden = [
        f"{model._meta.label}.{field.name}"
        for config in OURS
        for model in config.get_models()
        for field in model._meta.local_many_to_many
    ]

    assert hidden == []


def test_every_record_table_is_a_register_with_key_prefix_and_place_in_lists():
    tables = {model for model in apps.get_models() if issubclass(model, Record)}
    listed = {register.model for register in registers()}

    assert tables == listed
    assert len({model.REGISTER for model in tables}) == len(tables)
    assert len({model.CODE_PREFIX for model in tables}) == len(tables)


@pytest.mark.parametrize("register", registers(), ids=lambda register: register.key)
def test_every_register_names_columns_that_exist(register):
    names = {field.name for field in register.model._meta.get_fields()}
    properties = set(dir(register.model))

    unknown = [column.name for column in register.columns if column.name not in names | properties]
    unknown += [name for _, group in register.facts for name in group if name not in names | properties]

    assert unknown == []
    assert register.label
    assert register.description


@pytest.mark.parametrize("workflow", workflows(), ids=lambda workflow: workflow.key)
def test_every_workflow_table_is_complete(workflow):
    states = set(workflow.states.values)
    sources = {source for transition in workflow.transitions for source in transition.sources}
    targets = {transition.target for transition in workflow.transitions}
    open_states = {state for state in states if not workflow.info[state].final}

    assert set(workflow.info) == states
    assert all(info.owner and info.description for info in workflow.info.values())
    assert {info.icon for info in workflow.info.values()} <= known_icons()
    assert states - {workflow.initial} <= targets
    assert sources == open_states
    assert all(t.label and t.verb and t.may_words for t in workflow.transitions)
    assert len(workflow.by_name) == len(workflow.transitions)


def test_every_time_limit_of_a_workflow_has_a_shipped_rule_with_a_legal_basis():
    rules = {rule.key: rule for rule in shipped_rules()}
    limits = [t.starts for workflow in workflows() for t in workflow.transitions if t.starts]

    keys = [rule for limit in limits for rule in limit.rules]
    assert [key for key in keys if not key or not rules[key].legal_basis] == []


def test_every_shipped_rule_says_where_it_comes_from_and_how_sure_it_is():
    rules = shipped_rules()

    assert all(rule.legal_basis and rule.label for rule in rules)
    assert {rule.confidence for rule in rules} <= {"verified", "secondary", "unchecked", "local"}


def test_every_indicator_has_unit_source_and_definition():
    assert [
        found.code for found in indicators() if not (found.unit and found.source and found.definition and found.label)
    ] == []


def test_every_tracked_table_has_versions():
    tracked = [model for model in apps.get_models() if issubclass(model, Tracked)]

    assert all(model.Version._meta.db_table == f"{model._meta.db_table}_version" for model in tracked)
