"""How much dearer is reading the past than reading the present? Prints the ratios of one run as a markdown table.

The registers of the nine-month report with two versions of each record (100 000 records if not said), on throw-away
data: SQLite always, PostgreSQL too where DATABASE_URL names one. Run: `python benchmarks/as_of.py [RECORDS]`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from ground.databases import analyse, asked_inside, databases, fresh_database, measure_apart
from ground.records import THEN, fill

RECORDS = 100_000
REPEATS = 5


def questions() -> dict[str, Callable[[Any], Any]]:
    """Return what is asked of both readings."""
    from django.db.models import Count, Sum

    page = ("-granted_on", "code")
    return {
        "count all": lambda titles: titles.count(),
        # A bare count is a single opcode of SQLite; what a register's page and a figure ask has conditions.
        "count what stands": lambda titles: titles.of_office(1).standing().count(),
        "filtered page of 50": lambda titles: list(
            titles.filter(kind="mark", granted_on__year=2021).order_by(*page)[:50]
        ),
        "held in the province": lambda titles: titles.filter(granted_on__year=2021).held_in_province().count(),
        "sum by state": lambda titles: list(titles.values("state").annotate(n=Count("id"), s=Sum("id")).order_by()),
        "one record": lambda titles: titles.get(pk=100),
    }


def milliseconds(ask: Callable[[], Any]) -> float:
    """Return the median time of an answer after one warm-up, in milliseconds."""
    ask()
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def measure(records: int) -> dict[str, tuple[float, float]]:
    """Return question → times of the present and of the past."""
    with fresh_database() as connection:
        from khcn.ip.models import ProtectionTitle

        fill(records)
        analyse(connection)
        return {
            words: (
                milliseconds(lambda ask=ask: ask(ProtectionTitle.objects.all())),
                milliseconds(lambda ask=ask: ask(ProtectionTitle.objects.as_of(THEN))),
            )
            for words, ask in questions().items()
        }


def main() -> None:
    """Measure every database at hand, each in a process of its own."""
    if (asked := asked_inside()) is not None:
        print(json.dumps(measure(asked["records"])))
        return
    records = int(next((word for word in sys.argv[1:] if word.isdigit()), RECORDS))
    print(f"{records} hồ sơ × 2 phiên bản; mili giây, trung vị của {REPEATS} lần\n")
    print("| cơ sở dữ liệu | câu hỏi | hiện tại | quá khứ | tỉ lệ |\n|---|---|---:|---:|---:|", flush=True)
    for name, address in databases().items():
        for words, (live, past) in measure_apart(__file__, address, {"records": records}).items():
            print(f"| {name} | {words} | {live:.2f} | {past:.2f} | {past / live:.2f} |", flush=True)


if __name__ == "__main__":
    main()
