"""Words of the interface: Vietnamese wherever they are kept or compared, in the reader's language where they are drawn.

A `Words` is an ordinary `str` that holds the Vietnamese. Whatever writes the value itself (a database, a file, an
index, JSON, a comparison) sees Vietnamese, so what a reader of another language does leaves nothing foreign in a
register. Only `str()` and formatting, which is how a page is drawn, look the words up in the catalogue of the active
language. A plain `gettext` would fix the language too early, and its lazy twin is no `str`.
"""

import string
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Self, SupportsIndex

SOURCE_LANGUAGE = "vi"
Lookup = Callable[[str, str], str]
"""How a context, usually none, and Vietnamese words become the words of the reader's language."""
_lookup: Lookup | None = None


def draw_with(lookup: Lookup) -> None:
    """Say how words are looked up; until then, as in a program without catalogues, they are drawn in Vietnamese."""
    global _lookup  # noqa: PLW0603 - set once, where the system starts
    _lookup = lookup


def _looked_up(context: str, source: str) -> str:
    return source if _lookup is None else _lookup(context, source)


class Words(str):
    """Vietnamese words that are drawn in the language of their reader."""

    __slots__ = ("_drawn",)
    _drawn: Callable[[], str] | None

    def __new__(cls, source: str, drawn: Callable[[], str] | None = None) -> Self:
        """Take the Vietnamese, and how another language draws it; by default by its own entry in the catalogue."""
        made = super().__new__(cls, in_source(source))
        made._drawn = drawn
        return made

    def __str__(self) -> str:
        """Draw the words in the language of the reader."""
        source = str.__str__(self)
        if _lookup is None or not source:
            return source
        return self._drawn() if self._drawn else _lookup("", source)

    def __format__(self, spec: str) -> str:
        """Draw the words inside a sentence."""
        return format(str(self), spec)

    def format(self, *args: Any, **kwargs: Any) -> "Words":
        """Fill in values; those that are words themselves are drawn with the sentence."""
        plain = [in_source(value) for value in args]
        named = {name: in_source(value) for name, value in kwargs.items()}
        return Words(str.format(in_source(self), *plain, **named), partial(_filled, self, args, kwargs))

    def join(self, parts: Iterable[str]) -> "Words":
        """Put words in a row, as `str.join` does, and draw each of them."""
        row = list(parts)
        return Words(in_source(self).join(map(in_source, row)), partial(_in_a_row, self, row))

    def __getitem__(self, key: SupportsIndex | slice) -> "Words":
        """Return a part, of the words as they are drawn; how Django puts a capital at the beginning of a label."""
        return Words(in_source(self)[key], partial(_part, self, key))

    def upper(self) -> "Words":
        """Return the words in capitals."""
        return Words(in_source(self).upper(), partial(_changed, str.upper, self))

    def lower(self) -> "Words":
        """Return the words in small letters."""
        return Words(in_source(self).lower(), partial(_changed, str.lower, self))

    def capitalize(self) -> "Words":
        """Return the words with a capital at the beginning."""
        return Words(in_source(self).capitalize(), partial(_changed, str.capitalize, self))

    def __add__(self, other: str) -> "Words":
        """Put text after the words."""
        return Words(in_source(self) + in_source(other), partial(_in_a_row, "", [self, other]))

    def __radd__(self, other: str) -> "Words":
        """Put text before the words."""
        return Words(in_source(other) + in_source(self), partial(_in_a_row, "", [other, self]))

    def __mod__(self, values: Any) -> "Words":
        """Fill in values as the validators of forms do."""
        return Words(str.__mod__(in_source(self), values), partial(_filled_by_name, self, values))

    def __deepcopy__(self, _memo: Mapping[int, Any]) -> Self:
        """Stay the same: words do not change."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process with what draws the words there."""
        return (Words, (in_source(self), self._drawn))


def words(source: str, context: str = "") -> str:
    """Mark Vietnamese words of the interface; imported as `_`, the name by which they are collected.

    `context`: in English, what tells apart words that are the same in Vietnamese ("button", "one record").
    """
    return Words(source, partial(_looked_up, context, source) if context else None)


def in_source(value: Any) -> Any:
    """Return what is kept of a value: of words the Vietnamese, anything else as it is."""
    return str.__str__(value) if isinstance(value, Words) else value


def with_capital(source: str) -> str:
    """Return words with a capital at their beginning and the rest as it is."""
    return source[:1].upper() + source[1:]


def without_capital(source: str) -> str:
    """Return words with a small letter at their beginning and the rest as it is."""
    return source[:1].lower() + source[1:]


def joined(separator: str, parts: Iterable[str]) -> Words:
    """Put words in a row; `separator.join` would keep only their Vietnamese."""
    return Words(separator).join(parts)


class _Sentences(string.Formatter):
    """Fills in a translated sentence; `{count:record|records}` takes the form that the number asks for."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return format(value, format_spec)
        one, many = format_spec.split("|")
        return one if str(value) == "1" else many

    def check_unused_args(self, used_args: Any, args: Any, kwargs: Any) -> None:
        """Let a translation leave out what its grammar does not need."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return args[key] if isinstance(key, int) else kwargs[key]


_SENTENCES = _Sentences()


# How composed words are drawn: functions of the module, so that words can go to another process.


def _filled(sentence: str, args: Any, kwargs: Any) -> str:
    return _SENTENCES.vformat(str(sentence), args, kwargs)


def _filled_by_name(sentence: str, values: Any) -> str:
    return str.__mod__(str(sentence), values)


def _in_a_row(separator: str, row: list[str]) -> str:
    return str(separator).join(map(str, row))


def _part(source: str, key: SupportsIndex | slice) -> str:
    return str(source)[key]


def _changed(change: Callable[[str], str], source: str) -> str:
    return change(str(source))
