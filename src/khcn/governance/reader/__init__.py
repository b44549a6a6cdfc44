"""Read the text of a working session: who, when, where, which figures, what was asked and what was ordered.

The public face is ``read_text`` and the dataclasses of ``reading``; ``scoring`` measures readings against annotations.
"""

from khcn.governance.reader.reading import (
    Directive,
    DiscussionPoint,
    Evidence,
    Figure,
    Person,
    Petition,
    Reading,
)
from khcn.governance.reader.service import read_text

__all__ = ["Directive", "DiscussionPoint", "Evidence", "Figure", "Person", "Petition", "Reading", "read_text"]
