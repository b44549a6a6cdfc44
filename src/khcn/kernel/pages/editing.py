"""Correct a single fact where a record's page shows it: which facts, which are locked and why, the open editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from khcn.kernel.exchange.values import label_of, text_of, value_of
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.pages.locks import locked_names
from khcn.kernel.pages.record_forms import CorrectionForm
from khcn.kernel.records.record import Record
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _

ASKED = "sua"
"""Parameter of a record's page: the fact whose editor is open."""
FACT = "muc"
"""Parameter of the correcting address: the only fact that is corrected."""
ELSEWHERE = _("Sổ này không cho sửa trực tiếp mục này.")
TITLE = "title"

Group = dict[str, Any]


@dataclass(frozen=True)
class Editor:
    """The editor that stands open beside a fact: what it asks, and the name the register asks it by."""

    name: str
    form: CorrectionForm


def asked_as(found: Register, fact: str) -> str:
    """Return the name by which the register lets a fact be corrected, empty where it does not.

    A question writes what its fact shows as text: the question `holders` corrects the fact `holders_text`.
    """
    if fact in found.editable:
        return fact
    question = fact.removesuffix("_text")
    return question if question in found.editable and found.question(question) is not None else ""


def fact_address(record: Record, name: str = "") -> str:
    """Return the address of the record's page at that fact; of the page where no name is given."""
    return record_url(record) + (f"#muc-{name}" if name else "")


def editor_address(record: Record, name: str) -> str:
    """Return the address of the record's page with the editor of that fact open."""
    return f"{record_url(record)}?{urlencode({ASKED: name})}#muc-{name}"


def with_editing(groups: Iterable[Group], found: Register, record: Record, editor: Editor | None) -> list[Group]:
    """Return the groups with the way to correct each fact, or why it is locked; facts still empty stand there too."""
    locked = locked_names(found, record)
    shown = [dict(group, facts=list(group["facts"])) for group in groups]
    present = {asked_as(found, fact["name"]) for group in shown for fact in group["facts"]}
    for name in found.editable:
        if name not in present and name not in locked and found.question(name) is None:
            place = (shown[0]["facts"], 0) if name == TITLE else (shown[-1]["facts"], len(shown[-1]["facts"]))
            place[0].insert(place[1], _empty_fact(found, record, name))
    for group in shown:
        group["facts"] = [_offered(fact, found, record, locked, editor) for fact in group["facts"]]
    return shown


def _empty_fact(found: Register, record: Record, name: str) -> dict[str, Any]:
    column = next((one for one in found.columns if one.name == name), Column(name))
    value = text_of(value_of(found, record, column), column)
    return {"name": name, "label": label_of(found, column), "value": value, "offered": True}


def _offered(
    fact: dict[str, Any], found: Register, record: Record, locked: Mapping[str, str], editor: Editor | None
) -> dict[str, Any]:
    name = asked_as(found, fact["name"])
    if reason := locked.get(fact["name"], "" if name else ELSEWHERE):
        return {**fact, "locked": reason}
    mark = f"muc-{name}"
    if editor is None or editor.name != name:
        return {**fact, "mark": mark, "edit_url": editor_address(record, name)}
    action = reverse("record-edit", args=[found.key, record.code])
    return {
        **fact,
        "mark": mark,
        "form": editor.form,
        "action": f"{action}?{urlencode({FACT: name})}",
        "cancel_url": fact_address(record, name),
        "draft_key": f"{record.code}-sua-{name}",
    }
