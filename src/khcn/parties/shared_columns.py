"""What the registers of potential share: their group, their columns, the cuts of the statistics."""

from __future__ import annotations

from khcn.kernel.records.registry import Column
from khcn.language.words import words as _
from khcn.parties.filters import Keep
from khcn.parties.statistics_selectors import profile_condition

GROUP = _("Tiềm lực khoa học và công nghệ")
CODE = Column("code", _("Mã hồ sơ"))
STATE_COLUMN = Column("state", _("Trạng thái"))
NOTE = Column("source_note", _("Nguồn"), wide=False, importable=True)
FIELD = Column("field_code", _("Lĩnh vực chính"), importable=True, also=("Mã lĩnh vực", "Ngành", "Chuyên ngành"))


def cut(name: str) -> Keep:
    """Return what keeps the CVs, or other records with a field, of a cut of the statistics."""
    return lambda rows, value: rows.filter(profile_condition(name, value))
