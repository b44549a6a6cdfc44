"""Let the default length of links be a row of the rulebook."""

from __future__ import annotations

from pathlib import Path

from khcn.kernel.rulebook.shipped import add_rule_file

add_rule_file(Path(__file__).with_name("rules.csv"))
