"""How much dearer is reading the past than reading the present? Prints the ratios of one run as a markdown table.

100 000 titles with three versions each, on throw-away data: SQLite always, PostgreSQL too where DATABASE_URL names one.
Run: `python benchmarks/as_of.py [ROWS]`.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

ROWS = 100_000
OFFICE = 1
BATCH = 5_000
OPENED = datetime(2021, 1, 1, tzinfo=UTC)
THEN = OPENED + timedelta(days=45)
REPEATS = 5
KINDS = ("mark", "invention", "industrial_design")
STATES = ("filed", "granted", "lapsed")


def fill(rows: int) -> None:
    """Insert the titles as they stand, each with a holder, and three versions of each, known since day 0, 30 and 60."""
    from django.db import models  # noqa: PLC0415 (needs Django started, as below)

    from khcn.ip.models import ProtectionTitle, TitleHolder  # noqa: PLC0415
    from khcn.kernel.identity.models import Office  # noqa: PLC0415
    from khcn.parties.models import Organisation  # noqa: PLC0415

    Office.objects.create(id=OFFICE, code="TN", name="S", short_name="S", symbol="S", parent_name="U", seat="T")
    models.QuerySet(Organisation).bulk_create(
        [Organisation(id=1, office_id=OFFICE, code="TC-1", title="Chủ", state="a")]
    )
    for start in range(1, rows + 1, BATCH):
        numbers = range(start, min(start + BATCH, rows + 1))
        models.QuerySet(ProtectionTitle).bulk_create(
            ProtectionTitle(
                id=number,
                office_id=OFFICE,
                code=f"VB-2021-{number:06d}",
                title=f"Nhãn hiệu số {number}",
                kind=KINDS[number % 3],
                state=STATES[number % 3],
                title_number=str(number),
                granted_on=date(2020, 1, 1) + timedelta(days=number % 700),
            )
            for number in numbers
        )
        models.QuerySet(TitleHolder).bulk_create(
            TitleHolder(id=number, title_id=number, organisation_id=1) for number in numbers
        )
    for model in (ProtectionTitle, TitleHolder):
        copy_versions(model)


def copy_versions(model: Any) -> None:
    """Give every row of a table its three versions, inside the database."""
    from django.db import connection  # noqa: PLC0415

    from khcn.kernel.records.changes import Change  # noqa: PLC0415
    from khcn.kernel.records.clock import FOREVER  # noqa: PLC0415

    change = Change.objects.create(at=OPENED, actor_name="benchmark", verb="fill", verb_label="fill")
    names = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)
    adapt = connection.ops.adapt_datetimefield_value
    limits = [OPENED, OPENED + timedelta(days=30), OPENED + timedelta(days=60), FOREVER]
    sql = (
        f"INSERT INTO {model.Version._meta.db_table} ({names}, recorded_from, recorded_to, change_id) "  # noqa: S608 (names of our own tables)
        f"SELECT {names}, %s, %s, %s FROM {model._meta.db_table}"
    )
    with connection.cursor() as cursor:
        for since, until in itertools.pairwise(limits):
            cursor.execute(sql, [adapt(since), adapt(until), change.pk])


def questions(rows: int) -> dict[str, Callable[[Any], Any]]:
    """Return what is asked of both readings."""
    from django.db.models import Count, Sum  # noqa: PLC0415

    page = ("-granted_on", "code")
    return {
        "count all": lambda titles: titles.count(),
        # A bare count is a single opcode of SQLite; what a register's page and a figure ask has conditions.
        "count what stands": lambda titles: titles.of_office(OFFICE).standing().count(),
        "filtered page of 50": lambda titles: list(
            titles.filter(kind="mark", granted_on__year=2021).order_by(*page)[:50]
        ),
        "held in the province": lambda titles: titles.filter(granted_on__year=2021).held_in_province().count(),
        "sum by state": lambda titles: list(titles.values("state").annotate(n=Count("id"), s=Sum("id")).order_by()),
        "one record": lambda titles: titles.get(pk=rows // 2),
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


def measure(name: str, rows: int) -> None:
    """Fill the database of the settings and print its rows of the table."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from khcn.ip.models import ProtectionTitle  # noqa: PLC0415

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = os.path.join(os.environ["KHCN_DATA_DIR"], "benchmark.sqlite3")  # noqa: PTH118
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill(rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        for words, ask in questions(rows).items():
            live = milliseconds(lambda ask=ask: ask(ProtectionTitle.objects.all()))
            past = milliseconds(lambda ask=ask: ask(ProtectionTitle.objects.as_of(THEN)))
            print(f"| {name} | {words} | {live:.2f} | {past:.2f} | {past / live:.2f} |", flush=True)
        if "-v" in sys.argv:
            print(ProtectionTitle.objects.as_of(THEN).values("id").explain())
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def main() -> None:
    """Measure every database at hand, each in a process of its own."""
    rows = int(next((word for word in sys.argv[1:] if word.isdigit()), ROWS))
    if inner := os.environ.get("KHCN_BENCHMARK"):
        measure(inner, rows)
        return
    print(f"{rows} hàng × 3 phiên bản; mili giây, trung vị của {REPEATS} lần\n")
    print("| cơ sở dữ liệu | câu hỏi | hiện tại | quá khứ | tỉ lệ |\n|---|---|---:|---:|---:|", flush=True)
    address = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as folder:
        here = {**os.environ, "KHCN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "khcn.config.settings_test"}
        for name, url in {"SQLite": "", **({"PostgreSQL": address} if address.startswith("postgres") else {})}.items():
            again = [sys.executable, __file__, *sys.argv[1:]]
            subprocess.run(again, env={**here, "DATABASE_URL": url, "KHCN_BENCHMARK": name}, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
