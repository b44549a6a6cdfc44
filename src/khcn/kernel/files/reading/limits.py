"""How much of a file is read before it is refused."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound the reading of one file.

    Units: bytes, characters of text, seconds. `max_ratio`: unpacked bytes for one packed byte, if that is large.
    """

    max_bytes: int = 30 * MEGABYTE
    max_characters: int = 3_000_000
    max_pages: int = 2_000
    max_entries: int = 3_000
    max_unpacked_bytes: int = 200 * MEGABYTE
    max_xml_bytes: int = 40 * MEGABYTE
    max_ratio: int = 150
    seconds: int = 15
    memory_bytes: int = 2_000 * MEGABYTE
