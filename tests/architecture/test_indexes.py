"""Lists and record pages cost the same over a thousand records and over a million: an index serves each."""

from __future__ import annotations

import pytest
from django.db import models

from khcn.kernel.pages.listing import default_sort
from khcn.kernel.records.registry import registers

REGISTERS = registers()


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
