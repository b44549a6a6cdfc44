"""Registers and records as programs read them: the rows, filters and instants of the lists people see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from khcn.api.problems import WrongParameter
from khcn.api.schemas import (
    Coded,
    ColumnInfo,
    Fact,
    FactGroup,
    FilterInfo,
    LinkEnd,
    RecordDetail,
    RecordItem,
    RegisterDetail,
    RegisterInfo,
)
from khcn.api.values import (
    KEPT_INSIDE,
    Reading,
    columns_for,
    named_records,
    readable_ends,
    record_url,
    reference,
    state_of,
    type_of,
    value_of,
)
from khcn.kernel.exchange.values import label_of, with_related
from khcn.kernel.pages.addresses import record_url as page_url
from khcn.kernel.pages.addresses import with_parameters
from khcn.kernel.pages.finding import find_record
from khcn.kernel.pages.listing import Asked, choices_of, rows_of
from khcn.kernel.pages.paging import page_of
from khcn.kernel.pages.record_page import MANAGED
from khcn.kernel.records.corrections import version_stamp
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.records.record import Provenance, Record
from khcn.kernel.records.refs import RecordRef
from khcn.kernel.records.registry import Column, Register
from khcn.language.words import words as _

ENTRY = "id"
"""Pages follow the order in which records were entered: it never changes, so that a walk meets each record once."""


@dataclass(frozen=True)
class Walk:
    """Where a walk over pages stands: the cursor, the size of a page, and the address to go on from."""

    cursor: str
    limit: int
    path: str
    parameters: QueryDict


def register_info(found: Register, caller: Any) -> RegisterInfo:
    """Return a register as the list of registers shows it."""
    return RegisterInfo(
        key=found.key,
        label=found.label,
        group=found.group,
        description=found.description,
        columns=[
            ColumnInfo(name=column.name, label=label_of(found, column), type=type_of(found, column))
            for column in columns_for(found, caller)
        ],
        filters=[one.name for one in found.filters],
        url=reverse("api:list_records", args=[found.key]),
    )


def register_detail(found: Register, caller: Any) -> RegisterDetail:
    """Return a register with what its filters offer to the caller."""
    offered = choices_of(found, caller)
    choices = [
        FilterInfo(
            name=one.name,
            label=one.label,
            choices=[Coded(code=code, label=label) for code, label in offered[one.name]],
        )
        for one in found.filters
    ]
    return RegisterDetail(**register_info(found, caller).model_dump(), choices=choices)


def asked_rows(found: Register, parameters: QueryDict, reading: Reading, *, text: str, withdrawn: bool) -> Any:
    """Return the records that answer, as the list of the register would find them.

    Raises: WrongParameter, for a filter the register does not have or a value that it does not offer.
    """
    asked = Asked(
        text=text.strip(),
        filters=_filters(found, parameters, reading.caller),
        columns=[],
        sort=ENTRY,
        instant=reading.instant,
        withdrawn=withdrawn,
        parameters=parameters,
        choices={},
        opened="",
        now=reading.now,
    )
    return rows_of(found, asked, reading.caller)


def page_values(found: Register, rows: Any, reading: Reading, walk: Walk) -> dict[str, Any]:
    """Return one page of records; the number of queries does not depend on how many there are.

    Raises: BadRequest, if the cursor was not made here.
    """
    columns = columns_for(found, reading.caller)
    page = page_of(with_related(found, rows, columns), ENTRY, after=walk.cursor, size=walk.limit)
    url = with_parameters(walk.path, walk.parameters, cursor=page.after) if page.after else None
    return {
        "items": _items(found, page.rows, columns, reading),
        "as_of": reading.known_at,
        "next_cursor": page.after or None,
        "next_url": url,
    }


def record_with_stamp(found: Register, code: str, reading: Reading) -> tuple[RecordDetail, int] | None:
    """Return a record and the stamp of its version; None where it does not exist or the caller may not know of it."""
    record = find_record(found, code, reading.caller, reading.instant) if "\0" not in code else None
    if record is None:
        return None
    return _detail(found, record, reading), version_stamp(record)


def _filters(found: Register, parameters: QueryDict, caller: Any) -> dict[str, str]:
    filters = {}
    for one in found.filters:
        value = parameters.get(one.name, "")
        if value and value not in {str(choice) for choice, _ in one.choices(caller)}:
            raise WrongParameter(one.name, _("không phải là giá trị mà sổ này có; xem các giá trị ở địa chỉ của sổ"))
        if value:
            filters[one.name] = value
    return filters


def _items(found: Register, rows: Sequence[Any], columns: list[Column], reading: Reading) -> list[RecordItem]:
    visible = named_records(found, rows, columns, reading)
    return [
        RecordItem(
            code=row.code,
            title=row.title,
            state=state_of(found, row),
            withdrawn_on=row.withdrawn_on,
            illustrative=row.is_illustrative,
            values={column.name: value_of(found, row, column, visible) for column in columns},
            url=record_url(row, reading.as_of),
        )
        for row in rows
    ]


def _detail(found: Register, record: Record, reading: Reading) -> RecordDetail:
    columns, groups = columns_for(found, reading.caller), _groups(found, reading.caller)
    named = [*columns, *(column for _, members in groups for column in members)]
    visible = named_records(found, [record], named, reading)
    return RecordDetail(
        register_key=found.key,
        code=record.code,
        title=record.title,
        state=state_of(found, record),
        office=record.office.name,
        provenance=Coded(code=record.provenance, label=str(Provenance(record.provenance).label)),
        withdrawn_on=record.withdrawn_on,
        as_of=reading.known_at,
        values={column.name: value_of(found, record, column, visible) for column in columns},
        facts=[
            FactGroup(
                heading=heading,
                facts=[
                    Fact(name=one.name, label=label_of(found, one), value=value_of(found, record, one, visible))
                    for one in members
                ],
            )
            for heading, members in groups
        ],
        links=_links(record, reading),
        url=record_url(record, reading.as_of),
        page_url=page_url(record, reading.as_of),
    )


def _groups(found: Register, caller: Any) -> list[tuple[str, list[Column]]]:
    """Return the facts in the register's groups, and to those who hold a token how the record is kept."""
    known = {column.name: column for column in found.columns}
    groups = [(heading, [known.get(name, Column(name)) for name in names]) for heading, names in found.facts]
    if caller.is_authenticated:
        listed = {name for _, names in found.facts for name in names}
        return [*groups, (_("Quản lý hồ sơ"), [Column(name) for name in MANAGED if name not in listed])]
    return [(heading, [one for one in members if one.name not in KEPT_INSIDE]) for heading, members in groups]


def _links(record: Record, reading: Reading) -> list[LinkEnd]:
    """Return the links of the record whose other end the caller may know of."""
    links = Link.objects.as_of(reading.instant)
    leaving, arriving = links.from_(record.ref).order_by("pk"), links.to(record.ref).order_by("pk")
    pairs: list[tuple[Any, RecordRef, str]] = [(link, link.target, "outgoing") for link in leaving]
    pairs += [(link, link.source, "incoming") for link in arriving]
    ends = readable_ends({ref for _, ref, _ in pairs}, reading)
    return [
        LinkEnd(
            kind=link.kind,
            direction=direction,
            relation=LinkKind(link.kind).words(backwards=direction == "incoming"),
            record=reference(ends[ref], reading.as_of),
        )
        for link, ref, direction in pairs
        if ref in ends
    ]
