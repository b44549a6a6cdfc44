"""Draw the words of the interface with Django's catalogues, in the language that is active."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language, gettext, override, pgettext

from khcn.language.words import SOURCE_LANGUAGE, draw_with

P = ParamSpec("P")
R = TypeVar("R")


def start_drawing() -> None:
    """Let words be looked up in the catalogues from now on."""
    draw_with(lookup)


def lookup(context: str, source: str) -> str:
    """Return the words in the active language."""
    if get_language() == SOURCE_LANGUAGE:
        return source
    return pgettext(context, source) if context else gettext(source)


def drawn_in_source(made: Callable[P, R]) -> Callable[P, R]:
    """Let a function draw in Vietnamese whoever asks: what it makes is kept or sent on."""

    @wraps(made)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with override(SOURCE_LANGUAGE):
            return made(*args, **kwargs)

    return drawn
