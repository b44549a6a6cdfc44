"""What obligations ask of the mechanisms below; discovered at start as the registers of the modules are."""

from khcn.kernel.obligations.recomputing import follow_rule
from khcn.kernel.rulebook.services import replaced_hooks

if follow_rule not in replaced_hooks:
    replaced_hooks.append(follow_rule)
