"""Write the name of a person so that a database sorts and finds it as Vietnamese lists do; pure."""

from __future__ import annotations

from khcn.kernel.text.folding import name_key, search_key, sort_key

LONGEST_KEY = 160
LARGEST_RANK = 99
END_OF_SYLLABLE = "00"


def sorting_digits(full_name: str) -> str:
    """Return digits that sort names as Vietnamese lists do, whatever the collation of the database.

    Shape: given name first; two digits for each letter, `00` and a digit of tone after each syllable; at most 160.
    """
    digits = [
        "".join(f"{min(rank, LARGEST_RANK):02d}" for rank in letters) + END_OF_SYLLABLE + str(tone)
        for letters, tone in sort_key(full_name)
    ]
    return "".join(digits)[:LONGEST_KEY]


def spelled_syllables(full_name: str) -> str:
    """Return the name as spelled, with a space before each syllable: «a syllable begins so» is one condition."""
    return f" {name_key(full_name)}"


def plain_syllables(full_name: str) -> str:
    """Return the name without marks, with a space before each syllable."""
    return f" {search_key(full_name)}"
