"""Lists and record pages cost the same over a thousand records and over a million: an index serves each."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import models

from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.periods import NINE_MONTH, Period
from khcn.kernel.indicators.registry import indicators
from khcn.kernel.pages.listing import default_sort
from khcn.kernel.records.registry import registers

REGISTERS = registers()
PERIOD = Period(NINE_MONTH, 2021, date(2020, 12, 15), date(2021, 9, 14))


def indexed(model):
    """Return the columns of every index of the table, in their order."""
    found = [list(index.fields) for index in model._meta.indexes]
    return found + [
        list(one.fields)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.condition is None
    ]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
def test_a_code_is_found_without_reading_the_table(register):
    assert [columns for columns in indexed(register.model) if columns[0] == "code"]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.key)
def test_a_list_is_walked_in_its_own_order_without_sorting_the_table(register):
    column = default_sort(register).removeprefix("-")

    assert [columns for columns in indexed(register.model) if columns[0] == column]


@pytest.mark.parametrize("register", [one for one in REGISTERS if one.date_field], ids=lambda one: one.key)
def test_a_list_of_the_past_is_walked_in_its_order_too(register):
    assert [columns for columns in indexed(register.model.Version) if columns[:2] == [register.date_field, "id"]]


@pytest.mark.parametrize("figure", [one for one in indicators() if one.select], ids=lambda one: one.code)
def test_a_figure_of_the_past_enters_the_versions_by_the_day_it_asks_for(figure):
    model = figure.select(PERIOD, None, Office(pk=1)).model

    assert [columns for columns in indexed(model.Version) if columns[0] == figure.order]
