"""Change an outline kept as data: pure functions from one content to the next, which never touch what they are given.

Content: `title`, `confidence`, `indicators`, `lists` and `sections` as `outline_from` takes them. Every section and
every table has a `key` of its own, by which it is named wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from khcn.language.words import words as _
from khcn.reporting.outlines import PLACES_IN_HEADINGS, TABLE_COLUMNS, Outline, tables_as_data

Content = dict[str, Any]
Row = dict[str, Any]
PART, BELOW = "I", "1"
PLACES_IN_TEXTS = ("period", "days")
PLACE = re.compile(r"\{([^{}]*)\}")
FIRST_IS_A_PART = _("Mục đầu tiên của báo cáo phải là một phần lớn (I, II…). Đặt nó ở sau một phần lớn.")


class DesignFault(ValueError):
    """An outline cannot be changed so; the message says why and what to do."""


def content_of(found: Outline) -> Content:
    """Return an outline as content that can be changed; sections without a key get one."""
    rows: list[Row] = []
    for section in found.sections:
        key = section.key or _free("s", [row["key"] for row in rows])
        tables = [row | {"key": row["key"] or _free("t", ())} for row in tables_as_data(section.tables)]
        said = {"number": section.number, "heading": section.heading, "text": section.text}
        rows.append({"key": key, **said, "from_year": section.from_year, "tables": tables})
    lists = [
        {"title": one.title, "indicators": [*one.indicators], "columns": [*one.columns], "order": one.order}
        for one in found.lists
    ]
    shared = {"title": found.title, "confidence": found.confidence, "indicators": [*found.indicators]}
    return {**shared, "sections": rows, "lists": lists}


def section_in(content: Mapping[str, Any], key: str) -> Row | None:
    """Return the section of that key."""
    return next((row for row in content["sections"] if row["key"] == key), None)


def table_in(content: Mapping[str, Any], key: str) -> tuple[Row, Row] | None:
    """Return the table of that key after the section it stands below."""
    found = ((row, table) for row in content["sections"] for table in row["tables"] if table["key"] == key)
    return next(found, None)


def with_general(content: Content, *, title: str, indicators: Sequence[str], lists: Collection[str]) -> Content:
    """Return the content with another title, order of indicators, and only the lists of these titles."""
    kept = [row for row in content["lists"] if row["title"] in lists]
    return content | {"title": title, "indicators": [*indicators], "lists": kept}


def with_section(content: Content, *, key: str = "", after: str = "", **said: Any) -> Content:
    """Return the content with a section changed, or one added after another, at the end where none is named.

    The very same one is not added there a second time: a form sent twice adds once.

    `said`: `number` (`PART` or `BELOW`), `heading`, `text`.
    Raises: DesignFault.
    """
    rows = content["sections"]
    if key:
        _at(rows, key)
        changed = [row | said if row["key"] == key else row for row in rows]
    else:
        new = {"key": _free("s", [row["key"] for row in rows]), **said, "from_year": 0, "tables": []}
        place = _at(rows, after) + 1 if after else len(rows)
        if after and any(_says(row, said) and not row["tables"] for row in rows[place : place + 1]):
            return content
        changed = [*rows[:place], new, *rows[place:]]
    return content | {"sections": _led_by_a_part(changed)}


def with_table(content: Content, *, section: str, key: str = "", **said: Any) -> Content:
    """Return the content with a table changed or added; it goes to the end of its section where it was not there.

    A section holds no table twice: a form sent twice adds once.

    `said`: `title`, `indicators`, `columns`.
    Raises: DesignFault.
    """
    found = table_in(content, key) if key else None
    if key and found is None:
        raise DesignFault(_("Bảng này không còn trong mẫu. Tải lại trang mẫu."))
    _at(content["sections"], section)
    if found is not None and found[0]["key"] == section:
        tables = [table | said if table["key"] == key else table for table in found[0]["tables"]]
        return _with_tables(content, {section: tables})
    changed = _without_table(content, key)
    known = [table["key"] for row in content["sections"] for table in row["tables"]]
    there = section_in(changed, section)
    if not key and any(_says(table, said) for table in (there or {})["tables"]):
        return content
    return _with_tables(changed, {section: [*(there or {})["tables"], {"key": key or _free("t", known), **said}]})


def _says(row: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    return all(row[name] == (list(value) if isinstance(value, tuple) else value) for name, value in said.items())


def moved(content: Content, key: str, *, up: bool) -> Content:
    """Return the content with a section or a table one place up or down; a part takes along what stands below it.

    Raises: DesignFault, at either end.
    """
    if table_in(content, key) is not None:
        return _table_moved(content, key, up=up)
    rows = content["sections"]
    place = _at(rows, key)
    units = _parts(rows) if _is_part(rows[place]) else [[row] for row in rows]
    where = next(number for number, unit in enumerate(units) if unit[0]["key"] == key)
    other = where - 1 if up else where + 1
    if not 0 <= other < len(units) or (other == 0 and not _is_part(rows[place])):
        raise DesignFault(_("Mục này đã ở đầu, không đưa lên được nữa.") if up else _("Mục này đã ở cuối."))
    units[where], units[other] = units[other], units[where]
    return content | {"sections": _led_by_a_part([row for unit in units for row in unit])}


def without(content: Content, key: str) -> Content:
    """Return the content without a section or a table.

    Raises: DesignFault, for a part under which sections stand, or the last section of all.
    """
    if table_in(content, key) is not None:
        return _without_table(content, key)
    rows = content["sections"]
    unit = next((unit for unit in _parts(rows) if unit[0]["key"] == key), [])
    if len(unit) > 1:
        raise DesignFault(
            _("Phần «{value}» còn {value2} mục bên dưới. Bỏ hoặc chuyển các mục ấy trước.").format(
                value=unit[0]["heading"], value2=len(unit) - 1
            )
        )
    place = _at(rows, key)
    return content | {"sections": _led_by_a_part([*rows[:place], *rows[place + 1 :]])}


def faults_of(content: Mapping[str, Any], known: Collection[str]) -> list[str]:
    """Return what must be mended before reports are drafted from the content; `known`: codes of indicators."""
    found = [
        _("Tên báo cáo: {fault}").format(fault=fault) for fault in unknown_places(content["title"], PLACES_IN_HEADINGS)
    ]
    for row in content["sections"]:
        faults = [
            *unknown_places(row["heading"], PLACES_IN_HEADINGS),
            *unknown_places(row["text"], [*PLACES_IN_TEXTS, *known]),
            *(
                _("bảng «{value}» chưa chọn chỉ số.").format(value=table["title"])
                for table in row["tables"]
                if not table["indicators"]
            ),
        ]
        found += [_("Mục «{value}»: {fault}").format(value=row["heading"], fault=fault) for fault in faults]
    return found


def unknown_places(text: str, known: Iterable[str]) -> list[str]:
    """Return a sentence for each word in braces that nothing would take the place of."""
    names = {*known}
    return [
        _("chữ {{{name}}} không có nghĩa ở đây.").format(name=name) for name in PLACE.findall(text) if name not in names
    ]


def ordered_columns(chosen: Collection[str]) -> list[str]:
    """Return the chosen columns of a table in the order in which tables bear them."""
    return [name for name in TABLE_COLUMNS if name in chosen]


def _is_part(row: Row) -> bool:
    return bool(row["number"].isalpha())


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    units: list[list[Row]] = []
    for row in rows:
        if _is_part(row) or not units:
            units.append([])
        units[-1].append(row)
    return units


def _at(rows: Sequence[Row], key: str) -> int:
    for place, row in enumerate(rows):
        if row["key"] == key:
            return place
    raise DesignFault(_("Mục này không còn trong mẫu. Tải lại trang mẫu."))


def _led_by_a_part(rows: list[Row]) -> list[Row]:
    if not rows:
        raise DesignFault(_("Báo cáo phải còn ít nhất một mục."))
    if not _is_part(rows[0]):
        raise DesignFault(FIRST_IS_A_PART)
    return rows


def _table_moved(content: Content, key: str, *, up: bool) -> Content:
    rows = content["sections"]
    place = next(number for number, row in enumerate(rows) if any(table["key"] == key for table in row["tables"]))
    tables = list(rows[place]["tables"])
    at = next(number for number, table in enumerate(tables) if table["key"] == key)
    other = at - 1 if up else at + 1
    if 0 <= other < len(tables):
        tables[at], tables[other] = tables[other], tables[at]
        return _with_tables(content, {rows[place]["key"]: tables})
    there = place - 1 if up else place + 1
    if not 0 <= there < len(rows):
        raise DesignFault(_("Bảng này đã ở đầu báo cáo.") if up else _("Bảng này đã ở cuối báo cáo."))
    table = tables.pop(at)
    theirs = [*rows[there]["tables"], table] if up else [table, *rows[there]["tables"]]
    return _with_tables(content, {rows[place]["key"]: tables, rows[there]["key"]: theirs})


def _without_table(content: Content, key: str) -> Content:
    kept = {row["key"]: [table for table in row["tables"] if table["key"] != key] for row in content["sections"]}
    return _with_tables(content, kept)


def _with_tables(content: Content, tables: Mapping[str, list[Row]]) -> Content:
    rows = [row | {"tables": tables[row["key"]]} if row["key"] in tables else row for row in content["sections"]]
    return content | {"sections": rows}


def _free(letter: str, taken: Collection[str]) -> str:
    number = 1 + max((int(key[1:]) for key in taken if re.fullmatch(rf"{letter}\d+", key)), default=0)
    return f"{letter}{number}"
