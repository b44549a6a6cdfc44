"""To whom the addresses of search open: whoever asks, finding only what they may know of."""

from __future__ import annotations

from khcn.kernel.access.gates import Audience, Gate, add_gates
from khcn.language.words import words as _

WORDS = _("Mọi người; chỉ thấy hồ sơ mình được biết")

add_gates(Gate("search", WORDS, Audience.EVERYONE), Gate("search-suggest", WORDS, Audience.EVERYONE))
