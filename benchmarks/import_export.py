"""What do validation, history and the outbox cost an import, and what does the product's export cost?

Import of ROWS titles (100 000 if not said) beside the bare driver writing the very same rows into the same tables;
export of them beside a bare cursor reading the same columns into the same kind of file. Ratios of one run;
SQLite always, PostgreSQL too where DATABASE_URL names one. Run: `python benchmarks/import_export.py [ROWS]`.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import xlsxwriter
from ground.databases import analyse, asked_inside, databases, fresh_database, measure_apart
from ground.records import fill

ROWS, FILES = 100_000, 10
PIECE = 500
TABLES = ("records_change", "ip_protectiontitle", "ip_protectiontitle_version", "search_searchoutbox")


def sheet_of(numbers: range) -> bytes:
    """Return a spreadsheet of titles of these numbers as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Đối tượng được bảo hộ", "Loại văn bằng", "Số văn bằng", "Ngày cấp", "Trạng thái"])
    for number in numbers:
        day = f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2020"
        kind = "Giấy chứng nhận đăng ký nhãn hiệu"
        writer.writerow([f"Nhãn hiệu nhập số {number}", kind, f"4-{number:07d}", day, "Đã cấp văn bằng"])
    return text.getvalue().encode()


def written(connection: Any, before: dict[str, int]) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Return for each table the columns and rows that were written since."""
    found = {}
    with connection.cursor() as cursor:
        for table, since in before.items():
            key = _key(table)
            cursor.execute(f"SELECT * FROM {table} WHERE {key} > {since} ORDER BY {key}")  # noqa: S608 (our own tables)
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def _key(table: str) -> str:
    return "version_id" if table.endswith("_version") else "id"


def newest(connection: Any) -> dict[str, int]:
    """Return the greatest key of each table."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT COALESCE(MAX({_key(table)}), 0) FROM {table}")  # noqa: S608 (our own tables)
            found[table] = int(cursor.fetchone()[0])
    return found


def remove(connection: Any, before: dict[str, int]) -> None:
    """Take away what was written since, in the order that references allow."""
    with connection.cursor() as cursor:
        for table in reversed(TABLES):
            cursor.execute(f"DELETE FROM {table} WHERE {_key(table)} > {before[table]}")  # noqa: S608 (our own tables)


def write_bare(connection: Any, rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> float:
    """Write the rows with the driver alone, in one transaction; return the seconds."""
    driver = connection.connection
    sign = "?" if connection.vendor == "sqlite" else "%s"
    begun = time.perf_counter()
    cursor = driver.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("BEGIN")
    for table, (columns, values) in rows.items():
        names = ", ".join(connection.ops.quote_name(column) for column in columns)
        sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join([sign] * len(columns))})"  # noqa: S608
        cursor.executemany(sql, values)
    driver.commit()
    return time.perf_counter() - begun


def import_times(connection: Any, user: Any, rows: int) -> tuple[float, float]:
    """Return the seconds of the product's import and those of the bare driver, file by file in turn.

    What either of them writes, the other finds there no longer; the bare rows stay, so that the tables grow.
    """
    from khcn.kernel.exchange.services import import_rows
    from khcn.kernel.exchange.tables import read_table
    from khcn.kernel.records.registry import register

    titles, product, bare = register("protection-title"), 0.0, 0.0
    said = {"actor": user, "on": date(2026, 1, 5), "dry_run": False, "skip_bad": False}
    for first in range(0, rows, rows // FILES):
        before = newest(connection)
        data = sheet_of(range(first, first + rows // FILES))
        begun = time.perf_counter()
        report = import_rows(titles, read_table(data, "van-bang.csv"), **said)
        product += time.perf_counter() - begun
        assert report.created == rows // FILES, report
        made = written(connection, before)
        assert len(made["ip_protectiontitle"][1]) == len(made["ip_protectiontitle_version"][1]) == rows // FILES
        remove(connection, before)
        bare += write_bare(connection, made)
    return product, bare


def export_times(connection: Any, user: Any) -> dict[str, tuple[float, float]]:
    """Return per format the seconds of the product's export and those of a bare cursor into the same kind of file."""
    from khcn.kernel.exchange.exporting import export_rows
    from khcn.kernel.records.registry import register

    titles = register("protection-title")
    columns = [titles.column(name) for name in ("code", "title", "kind", "title_number", "granted_on", "state")]
    rows = titles.visible_to(user).order_by("granted_on", "pk")
    found = {}
    for form in ("csv", "json", "xlsx"):
        begun = time.perf_counter()
        size = sum(len(piece) for piece in export_rows(titles, rows, columns, form))
        product = time.perf_counter() - begun
        assert size > 0
        found[form] = (product, _bare_export(connection, [column.name for column in columns], BARE[form]))
    return found


def _bare_export(connection: Any, names: list[str], write: Callable[[Any, list[str]], int]) -> float:
    begun = time.perf_counter()
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT {', '.join(names)} FROM ip_protectiontitle ORDER BY granted_on, id")  # noqa: S608 (our own)
    assert write(cursor, names) > 0
    return time.perf_counter() - begun


def _bare_csv(cursor: Any, _names: list[str]) -> int:
    size = 0
    while piece := cursor.fetchmany(PIECE):
        text = io.StringIO()
        csv.writer(text).writerows(piece)
        size += len(text.getvalue().encode())
    return size


def _bare_json(cursor: Any, names: list[str]) -> int:
    size = 0
    while piece := cursor.fetchmany(PIECE):
        rows = [dict(zip(names, row, strict=True)) for row in piece]
        size += len(json.dumps(rows, ensure_ascii=False, default=str).encode())
    return size


def _bare_xlsx(cursor: Any, _names: list[str]) -> int:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(cursor):
        for place, value in enumerate(row):
            sheet.write(number, place, str(value))
    book.close()
    return len(file.getvalue())


BARE = {"csv": _bare_csv, "json": _bare_json, "xlsx": _bare_xlsx}


def measure(rows: int) -> dict[str, Any]:
    """Measure on a fresh database."""
    with fresh_database() as connection:
        user = fill(200)
        analyse(connection)
        times = import_times(connection, user, rows)
        analyse(connection)
        return {"import": {"CSV, validated, with history and outbox": times}, "export": export_times(connection, user)}


def main() -> None:
    """Measure every database at hand and print the ratios."""
    if (asked := asked_inside()) is not None:
        print(json.dumps(measure(asked["rows"])))
        return
    rows = int(next((word for word in sys.argv[1:] if word.isdigit()), ROWS))
    print(
        f"{rows} rows\n\n| database | what | product, s | bare driver, s | ratio |\n|---|---|---:|---:|---:|",
        flush=True,
    )
    for name, address in databases().items():
        for kind, found in measure_apart(__file__, address, {"rows": rows}).items():
            for what, (product, bare) in found.items():
                print(f"| {name} | {kind}: {what} | {product:.2f} | {bare:.2f} | {product / bare:.2f} |", flush=True)


if __name__ == "__main__":
    main()
