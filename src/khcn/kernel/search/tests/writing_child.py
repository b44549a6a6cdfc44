"""A process that writes to an index until it is killed: python -m … FOLDER ROUND."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from khcn.kernel.records.refs import RecordRef
from khcn.kernel.search.contracts import Change, SearchDocument
from khcn.kernel.search.engine import TantivyIndex


def document(number: int, title: str) -> SearchDocument:
    """Return a document that everyone may know of."""
    ref = RecordRef("sample", number)
    return SearchDocument(ref, title, f"MA-{number}", "", (), 1, frozenset({"public"}))


def changes(word: str) -> list[Change]:
    """Return new titles for the same twenty records."""
    return [Change(RecordRef("sample", number), document(number, f"Chè {word}")) for number in range(20)]


if __name__ == "__main__":
    index = TantivyIndex(Path(sys.argv[1]))
    for turn in count():
        index.apply(changes(f"{sys.argv[2]}x{turn}"), turn)
        sys.stdout.write("applied\n")
        sys.stdout.flush()
