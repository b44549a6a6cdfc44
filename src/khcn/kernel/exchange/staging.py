"""Keep a sheet that a person prepares: its lines, how its columns are matched, what was mended, what is set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from khcn.kernel.exchange.cells import is_empty, text_cell
from khcn.kernel.exchange.guessing import NOT_IMPORTED, Headings, Rows, guess_headings, headings_at, suggest_columns
from khcn.kernel.exchange.headers import HeadingsNotFound, Sheet, required_columns, understand
from khcn.kernel.exchange.lookups import Lookups
from khcn.kernel.exchange.memory import Meanings, remember_columns, remembered_columns, remembered_values
from khcn.kernel.exchange.models import ColumnMatching, StagedPart, StagedRow, Staging, StagingStep
from khcn.kernel.exchange.sheets import decoded_cell, encoded_cell
from khcn.kernel.exchange.tables import Table
from khcn.kernel.exchange.uploads import drop, keep, kept
from khcn.kernel.exchange.values import label_of
from khcn.kernel.files.reading import secrecy_level
from khcn.kernel.records.registry import Column, Register
from khcn.kernel.text.folding import search_key
from khcn.language.words import words as _

LINES_A_PART = 500
LONGEST_CELL = 20_000


class MatchingRefused(Exception):
    """The columns cannot be matched so; the message says why and what to do."""


class SecretTyped(Exception):
    """What was typed carries a mark of State secrecy; it was kept nowhere."""


@dataclass(frozen=True)
class Arrival:
    """A sheet as it arrives: the table, its file where other sheets may be wanted, what is declared, and when."""

    table: Table
    data: bytes
    known_from: datetime | None
    at: datetime


def stage(register: Register, arrival: Arrival, *, owner: Any) -> Staging:
    """Keep a sheet that just arrived, and match its columns as far as nobody need be asked.

    A file that the person is preparing already is found as they left it. The mark of State secrecy was looked for
    when the table was read.
    """
    table = arrival.table
    for old in Staging.objects.of(owner, register.key).under_way().expired(arrival.at).filter(sha256=table.sha256):
        discard(old)
    mine = Staging.objects.of(owner, register.key).under_way()
    left: Staging | None = mine.filter(sha256=table.sha256, known_from=arrival.known_from).first()
    if left is not None:
        return left
    made = Staging(
        office_id=owner.office_id,
        owner=owner,
        register=register.key,
        name=table.name[:255],
        sha256=table.sha256,
        known_from=arrival.known_from,
        started_at=arrival.at,
        expires_at=arrival.at + timedelta(days=settings.IMPORT_KEPT_DAYS),
    )
    try:
        with transaction.atomic():
            _fill(register, made, table)
    except IntegrityError:  # the same click, twice
        found: Staging = mine.get(sha256=table.sha256, sheet=table.sheet, known_from=arrival.known_from)
        return found
    if len(table.sheets) > 1:
        keep(arrival.data, arrival.at.timestamp())
    return made


def restage(register: Register, staging: Staging, table: Table) -> None:
    """Take another sheet of the same file instead; what was matched and mended for the first is forgotten."""
    with transaction.atomic():
        staging.parts.all().delete()
        staging.rows.all().delete()
        staging.step = StagingStep.COLUMNS
        _fill(register, staging, table)


def file_of(staging: Staging) -> bytes | None:
    """Return the file of a staging, None where it is no longer kept, or has one sheet only."""
    return kept(staging.sha256)


def _fill(register: Register, staging: Staging, table: Table) -> None:
    staging.sheets, staging.sheet, staging.warnings = list(table.sheets), table.sheet, list(table.warnings)
    staging.summary, staging.is_stale, staging.is_as_headed = {}, False, False
    lines = [(number, row) for number, row in enumerate(table.rows, start=1) if not all(is_empty(c) for c in row)]
    _match_unasked(register, staging, table, lines)
    staging.rows_total = sum(number > staging.last_heading for number, _ in lines)
    staging.save()
    StagedPart.objects.bulk_create(
        StagedPart(
            staging=staging,
            first=part[0][0],
            rows=[[number, [encoded_cell(cell) for cell in row]] for number, row in part],
        )
        for part in _parts(lines)
    )


def _parts(lines: Rows) -> Iterator[Rows]:
    rest = iter(lines)
    while part := list(islice(rest, LINES_A_PART)):
        yield part


def _match_unasked(register: Register, staging: Staging, table: Table, lines: Rows) -> None:
    """Match the columns where the headings say enough, or were matched before; else leave a suggestion."""
    remembered = remembered_columns(register, staging.office, lines)
    if remembered is not None and not missing_columns(register, remembered[1].values()):
        headings, columns, _ = remembered
        staging.step = StagingStep.CHECKING
    else:
        try:
            sheet = understand(register, table)
        except HeadingsNotFound:
            sheet = None
        if sheet is not None:
            headings = headings_at(lines, sheet.heading, sheet.heading)
            columns = {place: column.name for place, column in sheet.columns.items()}
            if all(search_key(text) in NOT_IMPORTED for text in sheet.ignored):
                staging.step, staging.is_as_headed = StagingStep.CHECKING, True
            else:
                columns = _suggested(register, headings, lines) | columns
        else:
            headings = guess_headings(register, lines)
            columns = _suggested(register, headings, lines)
    staging.first_heading, staging.last_heading = headings.first, headings.last
    staging.columns = {str(place): name for place, name in _once(columns).items()}


def _suggested(register: Register, headings: Headings, lines: Rows) -> dict[int, str]:
    return {place: column.name for place, column in suggest_columns(register, headings, lines).items()}


def _once(columns: Mapping[int, str]) -> dict[int, str]:
    """Keep the first place of each column."""
    first = {name: place for place, name in sorted(columns.items(), reverse=True)}
    return {place: name for name, place in sorted(first.items(), key=lambda pair: pair[1])}


def missing_columns(register: Register, names: Collection[str]) -> list[Column]:
    """Return the columns without which nothing can be imported, and that are not among the names."""
    return [column for column in required_columns(register) if column.name not in names]


def top_of(staging: Staging) -> Rows:
    """Return the first lines of the sheet."""
    part = staging.parts.first()
    return _lines(part) if part is not None else []


def lines_of(staging: Staging) -> Iterator[tuple[int, list[Any]]]:
    """Yield every line of the sheet that says something, part by part."""
    for part in staging.parts.iterator(chunk_size=20):
        yield from _lines(part)


def _lines(part: StagedPart) -> list[tuple[int, list[Any]]]:
    return [(number, [decoded_cell(cell) for cell in cells]) for number, cells in part.rows]


def move_headings(register: Register, staging: Staging, first: int, last: int) -> None:
    """Take other lines as the headings, and suggest the columns anew.

    Raises: MatchingRefused.
    """
    lines = top_of(staging)
    headings = headings_at(lines, first, last)
    if not headings.texts or not first <= last <= first + 1:
        raise MatchingRefused(_("Dòng ấy không có tiêu đề nào. Chọn dòng ghi tên các cột."))
    staging.first_heading, staging.last_heading = first, last
    staging.columns = {str(place): name for place, name in _suggested(register, headings, lines).items()}
    staging.rows_total = sum(number > last for number, _ in lines_of(staging))
    staging.step, staging.is_as_headed = StagingStep.COLUMNS, False
    staging.save()


def match_columns(
    register: Register, staging: Staging, columns: Mapping[int, str], *, actor: Any, at: datetime
) -> None:
    """Take the columns as the person says, and remember it for the office. `columns`: place of a cell → name.

    Raises: MatchingRefused.
    """
    labels = {one.name: label_of(register, one) for one in register.columns}
    twice = next((name for name in columns.values() if list(columns.values()).count(name) > 1), None)
    if twice is not None:
        raise MatchingRefused(
            _("Có hai cột cùng ghép với «{value}». Để lại một cột, cột kia chọn «không nhập».").format(
                value=labels[twice]
            )
        )
    if missing := missing_columns(register, columns.values()):
        names = ", ".join(f"«{labels[one.name]}»" for one in missing)
        raise MatchingRefused(
            _("Sổ «{label}» bắt buộc có {names}. Chọn cột của tệp ứng với phần này.").format(
                label=register.label, names=names
            )
        )
    headings = headings_at(top_of(staging), staging.first_heading, staging.last_heading)
    staging.columns = {str(place): name for place, name in sorted(columns.items())}
    staging.step, staging.is_as_headed, staging.summary = StagingStep.CHECKING, False, {}
    with transaction.atomic():
        staging.save()
        staging.rows.filter(mended={}, is_set_aside=False).delete()
        remember_columns(register, staging.office, headings, columns, actor=actor, at=at)


def matching_of(register: Register, staging: Staging) -> ColumnMatching | None:
    """Return the remembered matching that the staging uses, None where its headings spoke for themselves."""
    if staging.is_as_headed:
        return None
    found = remembered_columns(register, staging.office, top_of(staging))
    return found[2] if found is not None else None


@dataclass(frozen=True)
class Assembled:
    """The rows of a staging as they would be imported, their lines as they stand in the file, and their fingerprint."""

    sheet: Sheet
    raw: Mapping[int, Sequence[Any]]
    fingerprint: str


def assemble(register: Register, staging: Staging, lookups: Lookups, only: Collection[int] = ()) -> Assembled:
    """Put the rows together as the person wants them: mended, understood, without those set aside.

    `only`: numbers of the rows wanted, all if none is named.
    """
    columns = columns_of(register, staging)
    meanings = Meanings(remembered_values(register, columns.values(), lookups))
    touched = {row.number: row for row in staging.rows.filter(~Q(mended={}) | Q(is_set_aside=True))}
    rows: list[tuple[int, tuple[Any, ...]]] = []
    raw: dict[int, Sequence[Any]] = {}
    is_altered = bool(touched) or not staging.is_as_headed
    for number, cells in _wanted(staging, only):
        row = touched.get(number)
        if row is not None and row.is_set_aside:
            continue
        said = _mended(cells, row.mended) if row is not None else cells
        for place, column in columns.items():
            if place < len(said) and (meant := meanings.of(column.name, said[place])) is not said[place]:
                said = [*said[:place], meant, *said[place + 1 :]]
                is_altered = True
        raw[number] = cells
        rows.append((number, tuple(said)))
    sheet = Sheet(columns, tuple(rows), (), staging.last_heading)
    return Assembled(sheet, raw, _fingerprint(staging, sheet) if is_altered else staging.sha256)


def _wanted(staging: Staging, only: Collection[int]) -> Iterator[tuple[int, list[Any]]]:
    if only:
        for row in staging.rows.filter(number__in=only):
            yield row.number, [decoded_cell(cell) for cell in row.cells]
        return
    yield from (line for line in lines_of(staging) if line[0] > staging.last_heading)


def _mended(cells: Sequence[Any], mended: Mapping[str, str]) -> list[Any]:
    longest = max([len(cells), *(int(place) + 1 for place in mended)])
    said = [*cells, *[None] * (longest - len(cells))]
    for place, text in mended.items():
        said[int(place)] = text
    return said


def _fingerprint(staging: Staging, sheet: Sheet) -> str:
    """Return the fingerprint of what is written: the file, its columns, and its rows as they were mended."""
    told = hashlib.sha256(f"{staging.sha256}:{staging.sheet}:{json.dumps(staging.columns, sort_keys=True)}".encode())
    for number, cells in sheet.rows:
        told.update(json.dumps([number, [encoded_cell(cell) for cell in cells]]).encode())
    return told.hexdigest()


def columns_of(register: Register, staging: Staging) -> dict[int, Column]:
    """Return the matched columns by the place of their cells."""
    known = {one.name: one for one in register.columns if one.importable}
    said = sorted((int(place), name) for place, name in staging.columns.items())
    return {place: known[name] for place, name in said if name in known}


def mend(staging: Staging, typed: Mapping[int, Mapping[int, str]]) -> list[int]:
    """Keep what was typed in place of cells; returns the numbers of the rows that now say something else.

    `typed`: number of a row → place of a cell → text. A text equal to that of the file takes the mending back.
    Raises: SecretTyped, after everything else was kept.
    """
    changed, secret = [], []
    for row in staging.rows.filter(number__in=typed):
        mended = dict(row.mended)
        for place, text in typed[row.number].items():
            if secrecy_level(text):
                secret.append(row.number)
            elif (said := "\n".join(text.strip().splitlines())) == original_text(row, place):
                mended.pop(str(place), None)
            else:
                mended[str(place)] = said[:LONGEST_CELL]
        if mended != row.mended:
            row.mended = mended
            changed.append(row)
    StagedRow.objects.bulk_update(changed, ["mended"], batch_size=LINES_A_PART)
    if secret:
        numbers = ", ".join(str(number) for number in sorted(set(secret)))
        raise SecretTyped(
            _(
                "Phần gõ ở dòng {numbers} có dấu chỉ độ mật nên không được giữ lại. Hệ thống này không nhận nội "
                "dung thuộc bí mật nhà nước."
            ).format(numbers=numbers)
        )
    return [row.number for row in changed]


def original_text(row: StagedRow, place: int) -> str:
    """Return what the file says in a cell, as text."""
    cell = decoded_cell(row.cells[place]) if place < len(row.cells) else None
    return "" if cell is None else "\n".join(text_cell(cell).splitlines())


def set_aside(staging: Staging, numbers: Collection[int] | None = None) -> int:
    """Leave faulty rows for later, all of them if no numbers are given; returns how many."""
    faulty = staging.rows.filter(is_faulty=True, is_set_aside=False)
    chosen = faulty if numbers is None else faulty.filter(number__in=numbers)
    return int(chosen.update(is_set_aside=True))


def take_back(staging: Staging) -> int:
    """Bring back the rows that were set aside; returns how many."""
    return int(staging.rows.filter(is_set_aside=True).update(is_set_aside=False, is_faulty=True))


def discard(staging: Staging) -> None:
    """Forget a staging with all its rows, and its file unless another staging needs it."""
    sha256 = staging.sha256
    staging.delete()
    _drop_file(sha256)


def empty(staging: Staging) -> None:
    """Forget the rows of a staging whose import is done, but those set aside."""
    staging.parts.all().delete()
    staging.rows.filter(is_set_aside=False).delete()
    _drop_file(staging.sha256, but=staging.pk)


def forget_expired(now: datetime) -> int:
    """Forget the stagings whose time is over; returns how many. What a job is writing right now is left to it."""
    found = list(Staging.objects.expired(now).exclude(step=StagingStep.APPLYING))
    for staging in found:
        discard(staging)
    return len(found)


def _drop_file(sha256: str, but: int = 0) -> None:
    if not Staging.objects.under_way().filter(sha256=sha256).exclude(pk=but).exists():
        drop(sha256)
