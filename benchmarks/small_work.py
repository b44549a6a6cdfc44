"""Does small work stay small? Prints, as a markdown table, what double the work costs beside the single (2 is linear).

Reckoning of legal limits, printing of long tables and reading of long texts, without a database. Run:
`python benchmarks/small_work.py`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from khcn.governance.reader import read_text
from khcn.kernel.calendar import Span, WorkingDays, load_shipped_calendar, reckon
from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import Column, Table
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.documents.tests.samples import REPORT, conclusion_rows

REPEATS = 3
LIMITS = 10_000
ROWS = 1_000
CHARACTERS = 100_000
SPOKEN = "Bà Lê Thị Sáu, Giám đốc Sở Nội vụ cho biết có 12 dự án; ông yêu cầu Sở Nội vụ rà soát, báo cáo trước 30/9. "


def reckon_limits(count: int) -> None:
    """Reckon limits of twenty working days, each with a pause."""
    calendar = load_shipped_calendar()
    for offset in range(count):
        start = date(2020, 1, 1) + timedelta(days=offset % 1000)
        reckon(start, WorkingDays(20), calendar, [Span(start, start + timedelta(days=9))])


def read(characters: int) -> None:
    """Read a text of so many characters."""
    read_text(SPOKEN * (characters // len(SPOKEN)))


def printing(printer: Callable[..., bytes]) -> Callable[[int], None]:
    """Return the printing of a table with so many rows."""
    columns = tuple(Column(name) for name in "ABCDEFG")
    return lambda rows: (printer(replace(REPORT, body=(Table(columns, conclusion_rows(rows)),))), None)[1]


def seconds(work: Callable[[int], None], size: int) -> float:
    """Return the median time of the work."""
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work(size)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Print one row per kind of work."""
    print("| work | single, s | double, s | ratio |\n|---|---:|---:|---:|")
    kinds = (
        (f"{LIMITS} limits reckoned", reckon_limits, LIMITS),
        (f"PDF of {ROWS} rows", printing(to_pdf), ROWS),
        (f"Word of {ROWS} rows", printing(to_docx), ROWS),
        (f"reading of {CHARACTERS} characters", read, CHARACTERS),
    )
    for label, work, size in kinds:
        single, double = seconds(work, size), seconds(work, 2 * size)
        print(f"| {label} | {single:.2f} | {double:.2f} | {double / single:.2f} |")


if __name__ == "__main__":
    main()
