"""Load the closed word lists of the reader and look them up in a text."""

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from khcn.kernel.text.folding import traditional_tones

_FIRST_WORD = re.compile(r"\w+|\S")


def canonical(word: str) -> str:
    """Return a list entry as the reader's texts write it: NFC, lower case, traditional tone marks."""
    return traditional_tones(word).lower()


def pattern(expression: str) -> re.Pattern[str]:
    """Compile an expression for canonical texts; its words are written in lower case by the caller."""
    return re.compile(traditional_tones(expression))


class Phrases:
    """A set of lower-case phrases that can be looked up at a place of a text, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases by their first word."""
        self._by_first: dict[str, list[str]] = {}
        self.all = frozenset(canonical(phrase) for phrase in phrases)
        for phrase in sorted(self.all, key=len, reverse=True):
            found = _FIRST_WORD.match(phrase)
            if found:
                self._by_first.setdefault(found.group(), []).append(phrase)

    def at(self, lower: str, start: int, first: str) -> str:
        """Return the longest phrase that stands at ``start``, where the word ``first`` begins; empty when none does."""
        for phrase in self._by_first.get(first, ()):
            end = start + len(phrase)
            if lower.startswith(phrase, start) and not (phrase[-1].isalnum() and lower[end : end + 1].isalnum()):
                return phrase
        return ""

    def opens(self, lower: str, start: int = 0) -> str:
        """Return the longest phrase that stands at ``start``; empty when none does."""
        found = _FIRST_WORD.match(lower, start)
        return self.at(lower, start, found.group()) if found else ""


@cache
def table(name: str) -> dict[str, Any]:
    """Return one TOML file of word lists."""
    return tomllib.loads(files(__package__).joinpath("data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def phrases(name: str, *keys: str) -> Phrases:
    """Return the phrases of one or several lists of a TOML file."""
    return Phrases(word for key in keys for word in table(name)[key])


@cache
def alternation(name: str, key: str) -> str:
    """Return a list as the alternatives of a regular expression, the longest first."""
    words = sorted({canonical(word) for word in table(name)[key]}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)


def _rows(name: str) -> list[list[str]]:
    text = files(__package__).joinpath("data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()[1:]))


@cache
def surname_weights() -> dict[str, int]:
    """Return how likely a capitalised word is a surname (2 rarely … 9 almost surely), by lower-case word."""
    return {canonical(row[0]): int(row[1]) for row in _rows("surnames")}


@cache
def places() -> Phrases:
    """Return the names of provinces and great towns, past and present."""
    return Phrases(row[0] for row in _rows("places"))
