"""One typed way to speak of any record of any register, also of registers not yet written."""

from __future__ import annotations

from dataclasses import dataclass

from khcn.language.words import words as _

LARGEST_NUMBER = 2**63 - 1
"""The largest number that a row can have in either database."""


@dataclass(frozen=True, order=True)
class RecordRef:
    """A register's key and the number of a row in it."""

    register: str
    id: int

    def __str__(self) -> str:
        return f"{self.register}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> RecordRef:
        """Read `register/id` back.

        Raises: ValueError, if the text has another form.
        """
        register, _slash, number = text.rpartition("/")
        if not register or not (number.isascii() and number.isdecimal()) or int(number) > LARGEST_NUMBER:
            raise ValueError(_("«{text}» không phải là tham chiếu hồ sơ.").format(text=text))
        return cls(register, int(number))
