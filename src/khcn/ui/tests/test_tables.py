"""Cells are made ready to draw."""

from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import mark_safe

from khcn.ui import tables
from khcn.ui.values import State, Tone

COLUMNS = tables.ready_columns([{"label": "Tên"}, {"label": "Số", "num": True, "align": "end"}])


def cells(*values, url=""):
    return tables.ready_rows([{"cells": values, "url": url}], COLUMNS)[0]["cells"]


@pytest.mark.parametrize(
    ("value", "is_number", "text"),
    [
        (2030, False, "2030"),  # a year keeps its digits together
        (2030, True, "2.030"),
        (None, True, "—"),
        ("1.250", True, "1.250"),
        (date(2030, 9, 4), False, "4/9/2030"),
        (datetime(2030, 9, 4, 2, 5, tzinfo=UTC), False, "4/9/2030 09:05"),  # in the province's time
    ],
)
def test_a_value_is_written_by_what_its_column_holds(value, is_number, text):
    assert tables.written(value, is_number=is_number) == text


def test_the_first_cell_leads_to_the_row():
    first, second = cells("A", 1, url="/a/")

    assert (first["row_url"], second["row_url"]) == ("/a/", "")


def test_a_cell_with_its_own_address_does_not_lead_to_the_row():
    first, _ = cells({"text": "A", "url": "/own/"}, 1, url="/a/")

    assert (first["url"], first["row_url"]) == ("/own/", "")


def test_a_state_needs_no_dash_beside_it():
    first, _ = cells({"state": State(Tone.DONE, "Xong")}, 1)

    assert first["text"] == ""


def test_a_cell_without_anything_is_a_dash():
    first, _ = cells({"sub": "chỉ có dòng phụ"}, 1)

    assert first["text"] == "—"


def test_a_number_column_aligns_its_cells():
    _, second = cells("A", 1250)

    assert (second["css"], second["text"], second["label"]) == ("num align-end", "1.250", "Số")


def test_one_number_in_a_column_of_words_is_written_as_a_number():
    first, _ = cells({"text": 1250, "num": True}, 1)

    assert (first["text"], first["css"].split()) == ("1.250", ["num"])


def test_html_made_safe_by_the_page_stays_so():
    first, _ = cells(mark_safe("<em>A</em>"), 1)

    assert hasattr(first["text"], "__html__")


def test_a_row_with_a_cell_too_many_is_refused():
    with pytest.raises(ValueError, match="zip"):
        cells("A", 1, 2)
