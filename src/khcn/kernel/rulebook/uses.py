"""Where each rule is read: said by those who read it, so that whoever changes a value knows what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from khcn.language.words import words as _


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


_groups: dict[str, str] = {}
KeptSource = Callable[[int, object], Iterable[str]]
_kept: list[KeptSource] = []


def name_group(prefix: str, label: str) -> None:
    """Name the rules whose key begins with the prefix and a dot, as people look for them."""
    _groups[prefix] = label


def group_of(key: str) -> tuple[str, str]:
    """Return the prefix of a rule's key and the name of its group; without one, the prefix stands for itself."""
    prefix = key.partition(".")[0]
    return prefix, _groups.get(prefix, _("Quy định chung"))


def add_kept_source(source: KeptSource) -> None:
    """Let a module name what was decided under a row and stays; called with the row's number and the reader."""
    if source not in _kept:
        _kept.append(source)


def kept_under(pk: int, reader: object) -> list[str]:
    """Return in words what was decided under the row and does not change with it, as far as the reader may know."""
    return [words for source in _kept for words in source(pk, reader)]
