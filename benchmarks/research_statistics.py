"""Is statistics form 04CS as quick as what an expert would write? Prints ratios of one run as a markdown table.

So many tasks (200 000 if not said), each with lines of an estimate and some with reports of use, written by the bulk
writer into throw-away data; the whole form beside hand-written SQL, which must give the same figures, now and as of a
past instant. SQLite always, PostgreSQL too where DATABASE_URL names one.
Run: `python benchmarks/research_statistics.py [TASKS]`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import Any

from ground.databases import Asking, analyse, answer_apart, asked_inside, databases, fresh_database, kept_apart, medians
from ground.tasks import LEVELS, fill

TASKS, REPEATS, YEAR = 200_000, 15, 2021
# One row for each task of the office with what the columns ask of it; by the definitions on the page.
OF_TASKS = """
    SELECT t.id, CASE WHEN form = 'project' THEN 1 ELSE 0 END AS is_project, level, substr(c.code, 1, 1) AS digit,
      CASE WHEN approved_on {within} THEN 1 ELSE 0 END AS is_new,
      CASE WHEN contracted_on < '{first}' AND {standing} THEN 1 ELSE 0 END AS is_carried_over,
      CASE WHEN accepted_on {within} AND rating IN ('excellent', 'pass') THEN 1 ELSE 0 END AS is_accepted,
      CASE WHEN u.task_id IS NULL THEN 0 ELSE 1 END AS is_used,
      CASE WHEN approved_on {within} OR (contracted_on <= '{last}' AND {standing})
        OR (accepted_on {within} AND rating IN ('excellent', 'pass')) THEN 1 ELSE 0 END AS is_total
    FROM research_researchtask t
    LEFT JOIN classifications_classification c ON c.id = t.field_id AND c.scheme LIKE 'research-field%'
    LEFT JOIN (SELECT DISTINCT task_id FROM research_resultuse WHERE reported_on {within}) u ON u.task_id = t.id
    WHERE t.office_id = 1 AND t.withdrawn_on IS NULL"""
STANDING = (
    "(accepted_on IS NULL OR accepted_on >= '{first}') "
    "AND (stopped_on IS NULL OR stopped_on >= '{first}' OR termination_cause = '')"
)
SUMS = "SUM(is_total), SUM(is_new), SUM(is_carried_over), SUM(is_accepted), SUM(is_used)"
BY_HAND = (
    """SELECT is_project, level, digit, {SUMS} FROM ({OF_TASKS}) t GROUP BY is_project, level, digit""",
    """SELECT is_project, source, {SUMS} FROM ({OF_TASKS}) t
    JOIN (SELECT DISTINCT task_id, source FROM research_budgetline) b ON b.task_id = t.id
    GROUP BY is_project, source""",
    """SELECT is_project, {SUMS} FROM ({OF_TASKS}) t WHERE EXISTS (SELECT 1 FROM research_budgetline b
    WHERE b.task_id = t.id AND b.source IN ('state_central', 'state_local')) GROUP BY is_project""",
)
COLUMNS = ("total", "new", "carried-over", "accepted", "put-into-use")
SOURCES = {"state_central": 14, "state_local": 15, "firm": 16, "university": 17, "foreign": 18}
PROJECTS = 19


def by_hand(period: Any) -> list[list[tuple[Any, ...]]]:
    """Return the answers of the three hand-written questions."""
    from django.db import connection

    days = {"first": period.first, "last": period.last, "within": f"BETWEEN '{period.first}' AND '{period.last}'"}
    of_tasks = OF_TASKS.format(standing=STANDING.format(**days), **days)
    found = []
    with connection.cursor() as cursor:
        for question in BY_HAND:
            cursor.execute(question.format(SUMS=SUMS, OF_TASKS=of_tasks))
            found.append(cursor.fetchall())
    return found


def rows_by_hand(answers: list[list[tuple[Any, ...]]]) -> dict[str, Counter[str]]:
    """Return the rows of the form that the answers make, those beside it left out."""
    rows = {f"{number:02d}": Counter[str]() for number in range(1, 39)}

    def add(number: int, is_project: int, sums: tuple[int, ...]) -> None:
        rows[f"{number + PROJECTS * is_project:02d}"].update(dict(zip(COLUMNS, map(int, sums), strict=True)))

    for is_project, level, digit, *sums in answers[0]:
        add(1, is_project, tuple(sums))
        add(2 + LEVELS.index(level), is_project, tuple(sums))
        if digit:
            add(6 + int(digit), is_project, tuple(sums))
    for is_project, source, *sums in answers[1]:
        add(SOURCES.get(source, 19), is_project, tuple(sums))
    for is_project, *sums in answers[2]:
        add(13, is_project, tuple(sums))
    return rows


def serve(tasks: int) -> None:
    """Fill a fresh database with so many tasks, compare the figures, then time what is asked, one answer at a time."""
    with fresh_database() as connection:
        from django.utils import timezone

        from khcn.research.statistics_figures import filled_form, statistics_period

        begun = time.perf_counter()
        office = fill(tasks)
        analyse(connection)
        print(f"{tasks} tasks filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        then, period = timezone.now(), statistics_period(YEAR, office)
        ways = {
            "hand": lambda: by_hand(period),
            "now": lambda: filled_form(YEAR, office=office),
            "past": lambda: filled_form(YEAR, office=office, as_of=then),
        }
        _compare(rows_by_hand(ways["hand"]()), ways["now"](), ways["past"]())

        def answer(way: str) -> float:
            asked = time.perf_counter()
            ways[way]()
            return (time.perf_counter() - asked) * 1000

        answer_apart(answer)


def _compare(rows: dict[str, Counter[str]], *forms: Any) -> None:
    for form in forms:
        for code, counts in rows.items():
            told = {column: form.counts[code][column] for column in COLUMNS}
            assert told == {column: counts[column] for column in COLUMNS}, code
    assert all(rows["01"][column] for column in COLUMNS)


def report(name: str, tasks: int, ask: Asking) -> None:
    """Time the three ways in turn and print the medians and their ratios."""
    hand, now, past = medians(ask, ("hand", "now", "past"), REPEATS).values()
    print(f"\n## {name}, {tasks} tasks\n\n| form 04CS | by hand, ms | product, ms | ratio | past, ms | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    print(f"| all rows | {hand:.1f} | {now:.1f} | {now / hand:.2f} | {past:.1f} | {past / hand:.2f} |", flush=True)


def main() -> None:
    """Measure every database at hand and print the ratios."""
    if (asked := asked_inside()) is not None:
        serve(asked["tasks"])
        return
    tasks = int(next((word for word in sys.argv[1:] if word.isdigit()), TASKS))
    for name, address in databases().items():
        with kept_apart(__file__, address, {"tasks": tasks}) as ask:
            report(name, tasks, ask)


if __name__ == "__main__":
    main()
