"""The generated pages of reference are those that the product's tables give today."""

from __future__ import annotations

from pathlib import Path

from khcn.kernel.indicators.registry import indicators
from khcn.kernel.rulebook.shipped import shipped_rules
from khcn.kernel.rulebook.uses import uses_of
from khcn.kernel.text.reference import reference_pages, stale_pages, write_pages
from khcn.kernel.workflow.table import workflows

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
READ_NOWHERE = {"assignment.opinion-within"}
"""Shipped rules that nothing reads yet; whoever comes to read one takes it out of here and declares the use."""


def test_the_committed_pages_are_current():
    assert stale_pages(DOCS) == [], "Chạy: khcn reference docs/reference"


def test_the_pages_say_every_workflow_indicator_and_rule():
    pages = reference_pages()

    assert [one.label for one in workflows() if f"## {one.label}\n" not in pages["workflows.md"]] == []
    assert [one.code for one in indicators() if f"`{one.code}`" not in pages["indicators.md"]] == []
    assert [one.key for one in shipped_rules() if f"`{one.key}`" not in pages["rules.md"]] == []


def test_every_step_stands_in_a_diagram():
    page = reference_pages()["workflows.md"]
    steps = [step.label for one in workflows() for step in one.transitions]

    assert [label for label in steps if f": {label}\n" not in page] == []


def test_every_shipped_rule_names_who_reads_it():
    assert {rule.key for rule in shipped_rules() if not uses_of(rule.key)} == READ_NOWHERE


def test_pages_are_written_once_and_a_changed_one_again(tmp_path):
    names = sorted(reference_pages())

    first, second = write_pages(tmp_path), write_pages(tmp_path)
    (tmp_path / "rules.md").write_text("khác", encoding="utf-8")

    assert (first, second, stale_pages(tmp_path)) == (names, [], ["rules.md"])
