"""A language in which every marked word stands in brackets: what is not marked is seen, and what a reader leaves behind."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.db import models

PLACES = re.compile(r"(\{[^{}]*\}|%\(\w+\)[sd]|%s|%%)")
STORED = (models.CharField, models.TextField, models.JSONField)


class Marking:
    """A language in which every marked word stands in brackets, so that what is not marked is seen."""

    def gettext(self, source: str) -> str:
        """Return the words in brackets, and what fills them outside."""
        words = source.rsplit("\x04", maxsplit=1)[-1]
        pieces = (
            piece if PLACES.fullmatch(piece) or not piece.strip() else _bracketed(piece)
            for piece in PLACES.split(words)
        )
        return "".join(pieces)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form for the number."""
        return self.gettext(one if number == 1 else many)

    def language(self) -> str:
        """Return the code of the language it stands for."""
        return "en"

    to_language = language


def _bracketed(words: str) -> str:
    return "|".join(f"⟦{half}⟧" for half in words.split("|"))  # both ways of a link between records stand in one


def stored_texts() -> set[str]:
    """Return every text that stands in the database."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, STORED):
                rows: Any = model._base_manager
                found |= {str(value) for value in rows.values_list(field.attname, flat=True) if value}
    return found
