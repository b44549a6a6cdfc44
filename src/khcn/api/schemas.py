"""The shapes of what programs read; their texts are the reference of the API."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class Coded(Schema):
    """A state or a choice: the code that stays, and the word people read."""

    code: str
    label: str


class Reference(Schema):
    """Another record, which the caller may know of."""

    register_key: str
    code: str
    title: str
    url: str


Value = Coded | Reference | bool | int | str | None


class ColumnInfo(Schema):
    """One column: `type` is text, date, instant, integer, decimal, boolean, choice, record or computed."""

    name: str
    label: str
    type: str


class FilterInfo(Schema):
    """One filter of a register: a parameter of the address and the values it takes."""

    name: str
    label: str
    choices: list[Coded]


class RegisterInfo(Schema):
    """One register."""

    key: str
    label: str
    group: str
    description: str
    columns: list[ColumnInfo]
    filters: list[str]
    url: str


class RegisterDetail(RegisterInfo):
    """One register with what its filters offer to the caller."""

    choices: list[FilterInfo]


class Registers(Schema):
    """All registers."""

    items: list[RegisterInfo]


class RecordItem(Schema):
    """One record in a list; `values` hold the register's columns by name, `illustrative` tells invented records."""

    code: str
    title: str
    state: Coded
    withdrawn_on: date | None
    illustrative: bool
    values: dict[str, Value]
    url: str


class RecordPage(Schema):
    """Some records, oldest entry first; `next_cursor` is null on the last page."""

    items: list[RecordItem]
    as_of: datetime | None
    next_cursor: str | None
    next_url: str | None


class Fact(Schema):
    """One fact of a record."""

    name: str
    label: str
    value: Value


class FactGroup(Schema):
    """Facts that belong together."""

    heading: str
    facts: list[Fact]


class LinkEnd(Schema):
    """What a record is linked to: `kind` of the link, read from this record by `relation`."""

    kind: str
    direction: str
    relation: str
    record: Reference


class RecordDetail(Schema):
    """One record with its facts and its links to records that the caller may know of."""

    register_key: str
    code: str
    title: str
    state: Coded
    office: str
    provenance: Coded
    withdrawn_on: date | None
    as_of: datetime | None
    values: dict[str, Value]
    facts: list[FactGroup]
    links: list[LinkEnd]
    url: str
    page_url: str


class IndicatorInfo(Schema):
    """One figure the department answers for; `kind` is counted, summed, reported or target."""

    code: str
    label: str
    unit: str
    kind: Coded
    definition: str
    source: str
    url: str


class Indicators(Schema):
    """All indicators."""

    items: list[IndicatorInfo]


class RuleInfo(Schema):
    """The rule that says which days the period has, and how far it was checked against the text of the law."""

    key: str
    label: str
    legal_basis: str
    confidence: Coded


class PeriodInfo(Schema):
    """The days a figure speaks of, both included; `key` as the parameter `period` takes it."""

    key: str
    kind: str
    year: int
    label: str
    first: date
    last: date
    rule: RuleInfo


class FigureDetail(Schema):
    """One value: a decimal number as a string, null where nobody has stated one."""

    code: str
    label: str
    unit: str
    kind: Coded
    definition: str
    source: str
    period: PeriodInfo
    as_of: datetime | None
    value: str | None
    records_url: str | None


class FigureRecords(RecordPage):
    """The records behind a value that the caller may know of; `hidden` counts the others, `total` both."""

    register_key: str | None
    total: int
    hidden: int


class ParameterError(Schema):
    """What is wrong with one parameter."""

    name: str
    detail: str


class Problem(Schema):
    """A failure, as RFC 9457 writes it; `error_id` stands in the log of the system too."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    error_id: str
    errors: list[ParameterError] | None = None
