"""One record as its page shows it: facts, clock, next steps, links, papers, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from khcn.kernel.exchange.values import field_of, label_of, text_of, value_of
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.work_calendar import work_calendar
from khcn.kernel.pages.addresses import record_url, register_url
from khcn.kernel.pages.clock import due_of
from khcn.kernel.pages.forms import StepForm
from khcn.kernel.pages.listing import state_value
from khcn.kernel.pages.steps import has_own_form, offers_of
from khcn.kernel.records.corrections import version_stamp
from khcn.kernel.records.history import HistoryEntry, history_of
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.records.record import Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import Column, Register, register, resolve
from khcn.kernel.workflow.table import Offer
from khcn.language.words import words as _
from khcn.ui import formats
from khcn.ui.values import Due

MANAGED = ("division", "responsible", "place", "field", "confidentiality", "provenance", "source_note")
PAPER_KINDS = (LinkKind.PAPER, LinkKind.EVIDENCE, LinkKind.BASIS)
SHOWN_HISTORY = 30


@dataclass(frozen=True)
class Reader:
    """Who reads a record, on which day, as of which instant (None: now)."""

    user: Any
    today: date
    instant: datetime | None = None


def record_values(found: Register, record: Record, reader: Reader, *, whole_history: bool = False) -> dict[str, Any]:
    """Return the values of a record's page, without its steps."""
    dues = _dues(found, record, reader)
    outgoing, incoming, papers = _links(record, reader)
    history = _history(found, record, reader)
    return {
        "state": state_value(found.workflow, record.state),
        "meaning": _meaning(found, record),
        "dues": dues,
        "due": next((one["due"] for one in dues if one["due"] is not None), None),
        "groups": fact_groups(found, record, reader),
        "people": _people(record, reader),
        "outgoing": outgoing,
        "incoming": incoming,
        "papers": papers,
        "history": history if whole_history else history[:SHOWN_HISTORY],
        "history_is_cut": not whole_history and len(history) > SHOWN_HISTORY,
        "breadcrumb": [
            {"label": _("Sổ quản lý"), "url": reverse("registers")},
            {"label": found.label, "url": register_url(found.key)},
            {"label": record.code},
        ],
    }


def fact_groups(found: Register, record: Record, reader: Reader) -> list[dict[str, Any]]:
    """Return the facts in the register's groups, then how the record is kept."""
    groups = found.facts or (
        (found.label_one, tuple(c.name for c in found.columns if c.name not in ("code", "title", "state"))),
    )
    visible = _visible_targets(found, record, reader)
    shown = [
        {"heading": heading, "facts": _group(found, {name: _fact(found, record, name, visible) for name in names})}
        for heading, names in groups
    ]
    shown = [group for group in shown if group["facts"]]
    listed = {name for _, names in groups for name in names}
    kept = [_fact(found, record, name, visible) for name in MANAGED if name not in listed]
    kept = [fact for fact in kept if fact["value"] not in ("", None)]
    return [*shown, {"heading": _("Quản lý hồ sơ"), "facts": kept}]


def _group(found: Register, facts: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the facts of a group; where the register hides what is empty, only those known or filled in by hand."""
    return [
        fact
        for name, fact in facts.items()
        if not found.hides_empty or name in found.editable or fact["value"] not in ("", None)
    ]


def step_values(
    found: Register,
    record: Record,
    reader: Reader,
    failed: StepForm | None = None,
    failed_name: str = "",
) -> list[dict[str, Any]]:
    """Return the steps a person may take now, each with what it requires and its form; none in the past."""
    if reader.instant is not None or record.withdrawn_on is not None:
        return []
    offers = offers_of(found.workflow, record, reader.user, failed_name)
    stamp = version_stamp(record) if offers else None
    forms = {failed_name: failed}
    return [_step(found, offer, reader, forms.get(offer.transition.name), stamp) for offer in offers]


def _step(found: Register, offer: Offer, reader: Reader, failed: StepForm | None, stamp: int | None) -> dict[str, Any]:
    transition = offer.transition
    options: dict[str, Any] = {"register": found, "transition": transition, "user": reader.user, "today": reader.today}
    form = failed or StepForm(stamp=stamp, **options)
    items = [
        {"met": met, "text": requirement.words, "source": "" if met else requirement.hint}
        for requirement, met in offer.checked
    ]
    return {
        "name": transition.name,
        "label": transition.label,
        "items": items,
        "may_words": transition.may_words,
        "legal_basis": transition.legal_basis,
        "target": found.workflow.state_label(transition.target),
        "open": failed is not None,
        "reason": "" if offer.possible or has_own_form(found, transition.name) else _why_not(offer),
        "form": form,
    }


def _why_not(offer: Offer) -> str:
    if not offer.decision.allowed:
        return offer.decision.sentence()
    return _("Còn thiếu điều kiện nêu trên.")


def _meaning(found: Register, record: Record) -> str:
    if found.workflow is None or record.state not in found.workflow.info:
        return ""
    info = found.workflow.state_info(record.state)
    return (
        _("{description} Bên phải làm: {owner}.").format(description=info.description, owner=info.owner)
        if not info.final
        else info.description
    )


def _dues(found: Register, record: Record, reader: Reader) -> list[dict[str, Any]]:
    rows = Obligation.objects.as_of(reader.instant).about(record.ref).open()
    rows = rows.select_related("rule").prefetch_related("pauses").order_by("effective_on", "pk")
    calendar = work_calendar()
    told = found.may_see_lateness is None or bool(found.may_see_lateness(reader.user, record))
    dues: list[dict[str, Any]] = []
    for row in rows:
        due: Due | None = due_of(row, reader.today, calendar, tells_lateness=told)
        dues.append({"action": row.action, "due": due})
    return sorted(dues, key=lambda one: (one["due"] is None, one["due"].on if one["due"] else date.max))


def _visible_targets(found: Register, record: Record, reader: Reader) -> dict[RecordRef, Record]:
    """Return the records that this one's fields name and the reader may know of."""
    refs = []
    for field in found.model._meta.local_concrete_fields:
        target = field.related_model
        key = getattr(record, field.attname) if field.remote_field is not None else None
        if key and isinstance(target, type) and issubclass(target, Record):
            refs.append(RecordRef(target.REGISTER, key))
    return resolve(refs, reader.user)


def _fact(found: Register, record: Record, name: str, visible: dict[RecordRef, Record]) -> dict[str, Any]:
    column = next((c for c in found.columns if c.name == name), Column(name))
    label = label_of(found, column)
    if name == "state":
        state = state_value(found.workflow, record.state)
        return {"name": name, "label": label, "value": record.state, "state": state}
    field = field_of(found.model, name)
    target = field.related_model if field is not None and field.remote_field is not None else None
    if isinstance(target, type) and issubclass(target, Record):
        other = visible.get(RecordRef(target.REGISTER, getattr(record, field.attname)))  # type: ignore[union-attr]  # a foreign key
        if other is not None:
            return {"name": name, "label": label, "value": other.title, "url": record_url(other)}
    return {"name": name, "label": label, "value": text_of(value_of(found, record, column), column)}


def _people(record: Record, reader: Reader) -> list[dict[str, str]]:
    """Return who is in charge, and who stands in for them today."""
    if record.responsible is None:
        return []
    found = [{"role": _("Người phụ trách"), "name": str(record.responsible), "division": str(record.division or "")}]
    if reader.instant is None:
        handed = RoleGrant.objects.in_force(reader.today).filter(delegated_by=record.responsible)
        found += [
            {
                "role": _("Làm thay đến hết {valid_to}").format(valid_to=formats.day(grant.valid_to)),
                "name": str(grant.user),
                "division": grant.get_role_display(),
            }
            for grant in handed.select_related("user").order_by("pk")
        ]
    return found


def _links(record: Record, reader: Reader) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the links that leave, those that arrive, and the papers among the former; invisible ends are left out."""
    links = Link.objects.as_of(reader.instant)
    leaving = list(links.from_(record.ref).order_by("pk"))
    arriving = list(links.to(record.ref).order_by("pk"))
    ends = resolve({link.target for link in leaving} | {link.source for link in arriving}, reader.user)
    papers = [_paper(ends[link.target]) for link in leaving if link.kind in PAPER_KINDS and link.target in ends]
    rest = [link for link in leaving if link.kind not in PAPER_KINDS]
    outgoing = _grouped([(LinkKind(link.kind).words(), ends.get(link.target)) for link in rest])
    incoming = _grouped([(LinkKind(link.kind).words(backwards=True), ends.get(link.source)) for link in arriving])
    return outgoing, incoming, papers


def _grouped(pairs: list[tuple[str, Record | None]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for relation, record in pairs:
        if record is not None:
            kind = register(record.REGISTER)
            groups.setdefault(relation, []).append(
                {
                    "label": f"{record.code} · {record.title}",
                    "url": record_url(record),
                    "kind": kind.label_one,
                    "state": state_value(kind.workflow, record.state),
                }
            )
    return [{"relation": relation, "items": items} for relation, items in groups.items()]


def _paper(record: Record) -> dict[str, Any]:
    kind = register(record.REGISTER)
    on = getattr(record, kind.date_field, None) if kind.date_field else None
    number = getattr(record, "number", "") or record.code
    return {"title": record.title, "number": str(number), "on": on, "url": record_url(record), "kind": kind.label_one}


def _history(found: Register, record: Record, reader: Reader) -> list[dict[str, Any]]:
    live = found.model.objects.get(pk=record.pk) if reader.instant is not None else record
    state_label = found.workflow.state_label if found.workflow else str
    entries = history_of(live, found.parts, state_label, reader=reader.user)
    if reader.instant is not None:
        entries = [entry for entry in entries if (entry.known_from or entry.at) <= reader.instant]
    return [{"at": entry.at, "who": entry.actor, "what": sentence_of(entry), "note": entry.why} for entry in entries]


def sentence_of(entry: HistoryEntry) -> str:
    """Return one change as history tells it: what was done, and each field with its old and new value."""
    words = f"{entry.label} ({entry.subject})" if entry.subject else str(entry.label)
    changes = "; ".join(f"{one.label}: {one.old} → {one.new}" for one in entry.fields)
    since = (
        _(" (khai là đã biết từ {known_from})").format(known_from=formats.day(timezone.localdate(entry.known_from)))
        if entry.known_from
        else ""
    )
    return f"{words}{since}" + (f" [{changes}]" if changes else "")


def own_section(found: Register, record: Record, request: Any) -> dict[str, Any]:
    """Return what the module's own include is drawn with."""
    return found.page_context(request, record) if found.page_context is not None else {}
