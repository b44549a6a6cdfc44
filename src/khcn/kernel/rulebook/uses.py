"""Where each rule is read: said by those who read it, so that whoever changes a value knows what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class RuleUse:
    """One place that reads rules of the keys like `pattern`; `words`: what it does with the value."""

    pattern: str
    words: str


UseSource = Callable[[], Iterable[RuleUse]]
_uses: dict[tuple[str, str], RuleUse] = {}
_sources: list[UseSource] = []


def declare_use(pattern: str, words: str) -> None:
    """Say that rules like the pattern are read here; called from a module's registers.py."""
    _uses[pattern, words] = RuleUse(pattern, words)


def add_use_source(source: UseSource) -> None:
    """Let a mechanism name uses that stand in its own tables, e.g. the clocks of the workflows."""
    if source not in _sources:
        _sources.append(source)


def uses_of(key: str) -> list[str]:
    """Return in words every place that reads the rule."""
    named = [*_uses.values(), *(use for source in _sources for use in source())]
    return sorted({use.words for use in named if fnmatchcase(key, use.pattern)})
