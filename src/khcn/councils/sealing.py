"""The mark of a locked slip, by which a change behind the product shows."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from khcn.councils.models import Slip

SALT = "khcn.councils.slip"


def digest_of(slip: Slip) -> str:
    """Return the mark of what a slip says, which nobody can make without the key of the installation."""
    said = {
        "seat": slip.seat_id,
        "matter": slip.matter_id,
        "interest": [slip.interest, slip.interest_text],
        "points": slip.points,
        "remarks": slip.remarks,
        "void": slip.void_reason,
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return salted_hmac(SALT, text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def is_untouched(slip: Slip) -> bool:
    """Tell whether a locked slip still says what it said when it was locked; one that is open has nothing to keep."""
    return slip.locked_at is None or constant_time_compare(slip.digest, digest_of(slip))
