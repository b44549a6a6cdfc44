"""The code lists and rows of forms are those of the stored copies of the forms."""

from __future__ import annotations

import csv

import pytest

from khcn.kernel.text.folding import search_key
from khcn.parties.form_rows import PEOPLE, SPENDING, form_rows
from khcn.parties.states import (
    AcademicTitle,
    EconomicType,
    FoundingLevel,
    FundingSource,
    OrganisationType,
    Qualification,
    SpendingItem,
)

LISTS = {
    "qualification": Qualification,
    "academic_title": AcademicTitle,
    "org_type": OrganisationType,
    "org_founding_level": FoundingLevel,
    "economic_type": EconomicType,
    "task_funding_source": FundingSource,
    "expenditure_item": SpendingItem,
}


def rows(shared_data, name):
    with (shared_data / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", LISTS)
def test_every_code_of_the_forms_is_a_choice(shared_data, name):
    codes = {row["code"] for row in rows(shared_data, "st_codelists_2015.csv") if row["list"] == name}

    # The form gives the rows below 2.1 and 2.3 no code of their own.
    choices = {value for value in LISTS[name].values if not value.startswith(("2.1.", "2.3."))}
    assert choices == codes


@pytest.mark.parametrize("form", [PEOPLE, SPENDING])
def test_every_row_of_the_form_is_kept_in_its_order(shared_data, form):
    stored = [row for row in rows(shared_data, "st_stat_form_rows_2015.csv") if form in row["form"]]

    assert [row.code for row in form_rows(form)] == [row["row_code"] for row in stored]
    assert {row.unit for row in form_rows(form)} == {row["unit"] for row in stored}


@pytest.mark.parametrize("form", [PEOPLE, SPENDING])
def test_rows_bear_the_words_of_the_form_where_it_has_any(shared_data, form):
    stored = {
        row["row_code"]: row["label_vi"]
        for row in rows(shared_data, "st_stat_form_rows_2015.csv")
        if form in row["form"]
    }

    for row in form_rows(form):
        words = stored[row.code]
        blank = words in {"", "trong đó:"}
        assert row.is_worded_here == blank
        assert blank or search_key(row.label) == search_key(words)
