"""Who reads what is being answered, so that a record named by another is named only to who may know of it.

A register's list, page and export name the records that its own point to. Which of them the reader may know of is asked
where the name is made; handing the reader through every column and sentence would let one of them forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Piece = TypeVar("Piece")

SYSTEM: Any = object()
"""The system itself, at the command line and in jobs, from whom nothing is kept."""
_reader: ContextVar[Any] = ContextVar("reader", default=SYSTEM)


def current_reader() -> Any:
    """Return who reads: a user, perhaps one who has not signed in, or `SYSTEM`."""
    return _reader.get()


@contextmanager
def reading_as(user: Any) -> Iterator[None]:
    """Answer for this reader within the block."""
    token = _reader.set(user)
    try:
        yield
    finally:
        _reader.reset(token)


def read_on_as(user: Any) -> None:
    """Answer for another reader until the block of `reading_as` around ends; for callers known only inside it."""
    _reader.set(user)


def pieces_as(user: Any, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces that are made for this reader; they are asked for after the block has ended."""
    made = iter(pieces)
    while True:
        with reading_as(user):
            piece = next(made, SYSTEM)
        if piece is SYSTEM:
            return
        yield piece
