"""The mark of a locked slip, by which a change behind the product shows."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from khcn.councils.models import MatterItem, Slip
from khcn.language.words import words as _

SALT = "khcn.councils.slip"
CHANGED = _("Phiếu bị đổi sau khi khóa: kết quả này không dùng được.")


def digest_of(slip: Slip) -> str:
    """Return the mark of what a slip says, which nobody can make without the key of the installation."""
    said: dict[str, Any] = {
        "seat": slip.seat_id,
        "matter": slip.matter_id,
        "interest": [slip.interest, slip.interest_text],
        "points": slip.points,
        "remarks": slip.remarks,
        "void": slip.void_reason,
    }
    if slip.judgements:  # slips without stay as they were locked before there were any
        said["judgements"] = slip.judgements
        said["judged"] = [slip.matter.filed_late, *(_judged(item) for item in slip.matter.items.all())]
    if slip.vote:  # likewise
        said["vote"] = slip.vote
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return salted_hmac(SALT, text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def is_untouched(slip: Slip) -> bool:
    """Tell whether a locked slip still says what it said when it was locked; one that is open has nothing to keep."""
    return slip.locked_at is None or constant_time_compare(slip.digest, digest_of(slip))


def _judged(item: MatterItem) -> list[Any]:
    """Return what a member judged: the rating rests on the amounts as much as on the words."""
    amounts = [format(one.normalize(), "f") if one is not None else "" for one in (item.ordered, item.delivered)]
    return [item.pk, item.name, item.unit, *amounts, item.has_kind]
