"""The rows of the statistical forms on people and spending, as the form words them; pure, without database."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("stat_form_rows.csv")
PEOPLE, SPENDING = "02CS", "03CS"


@dataclass(frozen=True)
class FormRow:
    """One row of a form.

    `counts`: the columns of yearly figures (people) or the items of spending that it sums. `cut`: the filter of the
    register of CVs that keeps the same people, as in its address; empty for all. `is_worded_here`: the stored copy of
    the form has a blank there, the words are ours.
    """

    form: str
    code: str
    depth: int
    label: str
    unit: str
    counts: tuple[str, ...]
    cut: str
    is_worded_here: bool
    source: str


@cache
def form_rows(form: str) -> tuple[FormRow, ...]:
    """Return the rows of a form in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            FormRow(
                form=row["form"],
                code=row["row_code"],
                depth=int(row["depth"]),
                label=row["label"],
                unit=row["unit"],
                counts=tuple(row["counts"].split()),
                cut=row["cut"],
                is_worded_here=row["words"] == "here",
                source=row["source"],
            )
            for row in csv.DictReader(file)
            if row["form"] == form
        )
