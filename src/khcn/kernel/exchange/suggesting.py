"""Suggest what an unknown name may mean: the choices of its column, or the rows whose names are most alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from typing import Any

from khcn.kernel.exchange.cells import reader_of, reads
from khcn.kernel.exchange.guessing import initials, similarity
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.values import field_of
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.text.folding import search_key
from khcn.language.words import in_source

SUGGESTED = 5
WEIGHED = 60
LEAST_ALIKE = 0.5
NAMES = ("code", "username", "title", "full_name", "name", "label")


@dataclass(frozen=True)
class Suggestion:
    """What a name may mean: the text by which the column reads it, and the words a person chooses by."""

    target: str
    label: str


class Suggester:
    """Knows the names that one column may hold, as far as the importing person may know of them."""

    def __init__(self, register: Register, column: Column, lookups: Lookups | None) -> None:
        self.lookups = lookups
        self.field: Any = field_of(register.model, column.name)
        self.reader = reader_of(register, column, lookups)
        self.choices: list[str] = []
        if column.name == "state" and register.workflow is not None:
            self.choices = [in_source(state.label) for state in register.workflow.states]
        elif self.field is not None and self.field.choices:
            self.choices = [in_source(label) for _, label in self.field.flatchoices]
        self.names: dict[str, list[Any]] = {}
        self.by_word: dict[str, list[str]] = {}
        self.by_initials: dict[str, list[str]] = {}
        if not self.choices and lookups is not None and self.field is not None and self.field.remote_field is not None:
            self._learn(lookups)

    def suggest(self, texts: Sequence[str]) -> dict[str, list[Suggestion]]:
        """Return for each text what it may mean, likeliest first; one query for all of them."""
        if self.choices:
            return {text: self._choices_for(text) for text in texts}
        if self.lookups is None:
            return {}
        keys = {text: self._nearest(search_key(text)) for text in texts}
        rows = self.lookups.rows(self.field, set(chain(*keys.values()))) if self.names else {}
        return {text: [self._suggestion(rows[key]) for key in found if key in rows] for text, found in keys.items()}

    def reads(self, text: str) -> bool:
        """Tell whether the column finds something by the text."""
        return reads(self.reader, text)

    def _choices_for(self, text: str) -> list[Suggestion]:
        folded = search_key(text)
        ranked = sorted(self.choices, key=lambda label: -similarity(folded, search_key(label)))
        return [Suggestion(label, label) for label in ranked]

    def _learn(self, lookups: Lookups) -> None:
        self.names = lookups.names(self.field)
        for name in self.names:
            self.by_initials.setdefault(initials(name), []).append(name)
            for word in set(name.split()):
                self.by_word.setdefault(word, []).append(name)

    def _nearest(self, folded: str) -> list[Any]:
        shared = Counter[str]()
        for word in set(folded.split()):
            for name in self.by_word.get(word, ()):
                shared[name] += 1
        near = nlargest(WEIGHED, shared, key=lambda name: (shared[name] / len(name.split()), shared[name], name))
        near += self.by_initials.get(initials(folded), [])
        ranked = sorted({name: similarity(folded, name) for name in near}.items(), key=lambda pair: (-pair[1], pair[0]))
        keys = [key for name, alike in ranked if alike >= LEAST_ALIKE for key in self.names[name]]
        return list(dict.fromkeys(keys))[:SUGGESTED]

    def _suggestion(self, row: Any) -> Suggestion:
        code = getattr(row, "code", "")
        label = f"{code} · {row.title}" if isinstance(row, Record) else str(row)
        return Suggestion(self._target(row), label)

    def _target(self, row: Any) -> str:
        """Return the shortest text by which the column finds this very row."""
        for name in NAMES:
            text = getattr(row, name, None)
            if text and self._finds(str(text), row):
                return str(text)
        return str(row)

    def _finds(self, text: str, row: Any) -> bool:
        try:
            return self.lookups is not None and bool(self.lookups.find(self.field, text).pk == row.pk)
        except ValueError:
            return False
