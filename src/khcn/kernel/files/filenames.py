"""Make the name under which a file came fit to be shown, kept and sent back."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
LONGEST_EXTENSION = 12
NAMELESS = "tep-khong-ten"
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_filename(name: str) -> str:
    """Return the last part of a name without paths, control or direction characters; Vietnamese letters stay.

    The result is NFC, not empty, of at most 150 characters, and keeps its extension.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return _shortened(plain_line(_FORBIDDEN.sub("_", last)).strip(" .")) or NAMELESS


def plain_line(text: str) -> str:
    """Return a text on one line, composed, without control and direction characters."""
    visible = "".join(
        char for char in unicodedata.normalize("NFC", text) if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(visible.split())


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return name[:LONGEST].rstrip(" .")
    return f"{stem[: LONGEST - len(extension) - 1].rstrip(' .')}.{extension}"
