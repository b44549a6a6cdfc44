"""The icons a page may use: names of the Tabler set that the build puts into one sprite."""

import json
from functools import cache
from pathlib import Path

from khcn.language.words import words as _

LIST = Path(__file__).with_name("icons.json")


class UnknownIcon(LookupError):
    """An icon that the sprite does not carry was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Không có biểu tượng “{name}”: thêm tên này vào khcn/ui/icons.json rồi chạy make assets.").format(
                name=name
            )
        )


@cache
def known_icons() -> frozenset[str]:
    """Return the names of all icons in the sprite."""
    return frozenset(json.loads(LIST.read_text(encoding="utf-8")))


def checked(name: str) -> str:
    """Return the name unchanged.

    Raises: UnknownIcon.
    """
    if name not in known_icons():
        raise UnknownIcon(name)
    return name
