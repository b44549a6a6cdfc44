"""The file of a list holds exactly what the list shows: its columns, rows, order and words, in each format."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from khcn.kernel.access.roles import Role
from khcn.kernel.exchange.tables import read_table
from khcn.kernel.exchange.values import label_of, text_of
from khcn.kernel.records.registry import Register, registers
from khcn.ui import formats

pytestmark = pytest.mark.django_db

FEW = 3
KEYS = sorted(one.key for one in registers())


def asked_for(found: Register) -> dict[str, Any]:
    """Ask for every column but one, of the records named by a word, in falling order of the codes."""
    names = [column.name for column in found.columns]
    return {"cot": names[:-1] if len(names) > FEW else names, "q": "kienthuc", "xep": "-code"}


def words_of_cell(cell: Any) -> str:
    """Return what a reader sees of a list's cell."""
    if not isinstance(cell, dict):
        return written(cell)
    if state := cell.get("state"):
        return str(state["label"])
    return written(cell.get("text"))


def written(value: Any) -> str:
    """Return a value of a list or a file as one kind of words: days and numbers have a shape of their own in each."""
    if value is None or value in ("", formats.MISSING):
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime) and value.hour == value.minute == 0:
        value = value.date()
    if isinstance(value, date):
        return text_of(value)
    if isinstance(value, int | float | Decimal):
        return f"{float(value):g}"
    text = str(value)
    digits = text.replace(".", "").replace(",", ".")
    return f"{float(digits):g}" if digits.replace(".", "", 1).isdigit() else text


@pytest.fixture
def director(world: Any) -> Client:
    client = Client()
    client.force_login(world[0][Role.DIRECTOR.value])
    return client


def listed(client: Client, found: Register) -> tuple[list[str], list[list[str]]]:
    page = client.get(f"/so/{found.key}/", asked_for(found)).context
    labels = [column["label"] for column in page["columns"]]
    return labels, [[words_of_cell(cell) for cell in row["cells"]] for row in page["rows"]]


def sent(client: Client, found: Register, file_format: str) -> bytes:
    answer = client.get(f"/so/{found.key}/xuat/{file_format}/", asked_for(found))
    assert answer.status_code == 200
    assert f'filename="{found.key}-' in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("key", KEYS)
def test_a_sheet_holds_what_the_list_shows(director, key, file_format):
    found = next(one for one in registers() if one.key == key)
    labels, rows = listed(director, found)

    table = read_table(sent(director, found, file_format), f"a.{file_format}")

    assert len(rows) >= 2
    assert [str(cell) for cell in table.rows[0]] == labels
    assert [[written(cell) for cell in row] for row in table.rows[1:]] == rows


@pytest.mark.parametrize("key", KEYS)
def test_the_file_for_machines_holds_the_same_records_and_columns(director, key):
    found = next(one for one in registers() if one.key == key)
    labels, rows = listed(director, found)

    told = json.loads(sent(director, found, "json"))

    assert [column["label"] for column in told["columns"]] == labels
    assert labels == [label_of(found, found.column(column["name"])) for column in told["columns"]]
    place = [column["name"] for column in told["columns"]].index("code")
    assert [row["code"] for row in told["rows"]] == [row[place] for row in rows]
