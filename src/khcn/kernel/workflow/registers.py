"""What workflows tell the mechanisms below; discovered at start as the registers of the modules are."""

from __future__ import annotations

from collections.abc import Iterator

from khcn.kernel.rulebook.uses import RuleUse, add_use_source
from khcn.kernel.workflow.table import workflows
from khcn.language.words import words as _


def clocks() -> Iterator[RuleUse]:
    """Give a use for each step whose clock a rule sets."""
    for workflow in workflows():
        for step in workflow.transitions:
            if step.starts is not None:
                words = _("Quy trình «{label}», bước «{label2}»: thời hạn «{action}»").format(
                    label=workflow.label, label2=step.label, action=step.starts.action
                )
                yield from (RuleUse(rule, words) for rule in step.starts.rules)


add_use_source(clocks)
