"""Read the instant that an address asks a register to be shown as of."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.exceptions import BadRequest
from django.utils import timezone

from khcn.kernel.calendar import InvalidDay, parse_day
from khcn.language.words import words as _
from khcn.ui import formats

LONGEST = 40
FIRST_YEAR, LAST_YEAR = 1900, 2200


def instant_asked(parameters: Any) -> datetime | None:
    """Return the instant of `as_of`; a day without a time means its end, nothing means now.

    Accepts 2021-09-24, 2021-09-24T17:00, with or without an offset, 24/9/2021 and 24/9/2021 17:00.
    Raises: BadRequest, so that the present is never shown as the past.
    """
    text = parameters.get("as_of", "").strip()
    if not text:
        return None
    try:
        found = _aware(_read(text))
    except (ValueError, OverflowError, InvalidDay) as error:
        raise BadRequest(
            _("Không hiểu thời điểm «{value}». Viết như 24/9/2021, 24/9/2021 17:00 hoặc 2021-09-24.").format(
                value=text[:LONGEST]
            )
        ) from error
    return found


def instant_written(text: str) -> datetime:
    """Return the aware instant that a command names in ISO 8601, by the local clock where it names no offset.

    Raises: ValueError; OverflowError.
    """
    return _aware(datetime.fromisoformat(text))


def _aware(found: datetime) -> datetime:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(found)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def sentence(instant: datetime) -> str:
    """Return the banner's words."""
    known = formats.instant(timezone.localtime(instant))
    return _("Đang xem sổ như đã biết lúc {known}. Những gì ghi sau đó không hiện ở đây.").format(known=known)


def _read(text: str) -> datetime:
    if "T" in text:
        return datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign arrives as a space
    day, _, clock = text.partition(" ")
    return datetime.combine(parse_day(day), time.fromisoformat(clock) if clock else time.max)
