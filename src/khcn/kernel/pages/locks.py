"""Which facts of a record may not be corrected now because a step of its workflow writes them."""

from __future__ import annotations

from typing import Any

from khcn.kernel.exchange.values import field_of
from khcn.kernel.pages.steps import transition_forms
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Register
from khcn.language.words import words as _


def locked_names(found: Register, record: Record) -> dict[str, str]:
    """Return the locked facts by name, each with the reason in words.

    A fact still empty that a step from the state asks for comes with that step, together with the new state: written
    by a correction, the one would tell what the other denies. Once written it may be corrected like any other.
    """
    if found.workflow is None:
        return {}
    locked: dict[str, str] = {}
    for transition in found.workflow.transitions:
        form = transition_forms.get((found.key, transition.name))
        if form is None or record.state not in transition.sources:
            continue
        for name in form.base_fields:
            field = field_of(found.model, name)
            if field is not None and _shows_nothing(record, field):
                locked.setdefault(name, _("Ghi khi làm bước «{label}».").format(label=transition.label))
    return locked


def _shows_nothing(record: Record, field: Any) -> bool:
    """Tell whether the fact is empty to its reader: a record kept back from them shows as nothing, its lock no less."""
    if getattr(record, field.attname) in (None, ""):
        return True
    named = getattr(record, field.name) if field.remote_field is not None else None
    return isinstance(named, Record) and named.is_kept_back
