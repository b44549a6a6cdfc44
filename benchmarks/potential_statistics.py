"""Are statistics forms 02CS and 03CS as quick as what an expert would write? Prints ratios as a markdown table.

The people and organisations that go with so many tasks (200 000 if not said): 100 000 CVs, and of 2 000 organisations
ten years of people and of spending, written by the bulk writer into throw-away data; every row of both forms beside
hand-written SQL, which must give the same figures to the same reader. SQLite always, PostgreSQL too where DATABASE_URL
names one. Run: `python benchmarks/potential_statistics.py [TASKS]`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from ground.databases import Asking, analyse, answer_apart, asked_inside, databases, fresh_database, kept_apart, medians
from ground.potential import fill

TASKS, REPEATS, YEAR = 200_000, 15, 2021
# What a specialist of the office sees: all that stands there but what is confidential of other divisions and people.
STANDS = """
    t.office_id = {office} AND t.withdrawn_on IS NULL
    AND (t.confidentiality <> 'confidential' OR t.division_id = {division} OR t.responsible_id = {user})"""
STAFFING = """
    SELECT SUM(total), SUM(women), SUM(kinh), SUM(minority), SUM("foreign"), SUM("natural"), SUM(engineering),
      SUM(medical), SUM(agricultural), SUM(social), SUM(humanities), SUM(other_field)
    FROM parties_sciencestaffing t WHERE t.year = {year} AND {stands}"""
CVS = """
    SELECT t.qualification, p.sex, p.origin, substr(c.code, 1, 1), COUNT(*)
    FROM parties_scientistprofile t
    LEFT JOIN parties_scientistprivate p ON p.profile_id = t.id
    LEFT JOIN classifications_classification c ON c.id = t.field_id AND c.scheme LIKE 'research-field-%'
    WHERE t.state = 'kept' AND {stands}
    GROUP BY t.qualification, p.sex, p.origin, substr(c.code, 1, 1)"""
SPENDING = """
    SELECT t.item, t.source, SUM(t.amount_million)
    FROM parties_sciencespending t WHERE t.year = {year} AND {stands} GROUP BY t.item, t.source"""
OF_ORIGIN = {"kinh": ("03", "04"), "thieu-so": ("03", "05"), "nuoc-ngoai": ("06",)}
ITEMS_OF_ROWS = {
    "01": ("1", "2.1.1", "2.1.2", "2.2", "2.3.2", "2.3.3", "2.3.4", "2.4", "2.6", "3"),
    "02": ("1",),
    "03": ("2.1.1", "2.1.2", "2.2", "2.3.2", "2.3.3", "2.3.4", "2.4", "2.6"),
    "04": ("2.1.1", "2.1.2"),
    "05": ("2.1.1",),
    "06": ("2.1.2",),
    "07": ("2.2",),
    "08": ("2.3.2", "2.3.3", "2.3.4"),
    "10": ("2.3.2",),
    "11": ("2.3.3",),
    "12": ("2.3.4",),
    "14": ("2.4",),
    "16": ("2.6",),
    "18": ("3",),
}
People = dict[str, tuple[int, dict[str, int]]]
Money = dict[str, dict[str, Decimal]]


def answers_to(question: str, user: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a hand-written question as the user may see them."""
    from django.db import connection

    stands = STANDS.format(office=user.office_id, division=user.division_id, user=user.pk)
    with connection.cursor() as cursor:
        cursor.execute(question.format(stands=stands, year=YEAR))
        return list(cursor.fetchall())


def people_by_hand(user: Any) -> People:
    """Return the rows of form 02CS: what was reported, and the CVs by qualification."""
    (sums,) = answers_to(STAFFING, user)
    total, women, kinh, minority, foreign, *fields = (int(one or 0) for one in sums)
    reported = [total, women, kinh + minority, kinh, minority, foreign, *fields]
    cvs: dict[str, Counter[str]] = defaultdict(Counter)
    for degree, sex, origin, digit, count in answers_to(CVS, user):
        rows = ["01", *(["02"] if sex == "nu" else []), *OF_ORIGIN.get(origin, ())]
        rows.append(f"{6 + int(digit):02d}" if digit and digit in "123456" else "13")
        for row in rows:
            cvs[row][degree] += count
    codes = [f"{number:02d}" for number in range(1, 14)]
    return {code: (one, dict(cvs[code])) for code, one in zip(codes, reported, strict=True)}


def money_by_hand(user: Any) -> Money:
    """Return the rows of form 03CS: million đồng by source."""
    sums = answers_to(SPENDING, user)
    rows: Money = {f"{number:02d}": {} for number in range(1, 19)}
    for code, items in ITEMS_OF_ROWS.items():
        for item, source, amount in sums:
            if item in items:
                rows[code][source] = rows[code].get(source, Decimal(0)) + Decimal(str(amount))
    return rows


def serve(tasks: int) -> None:
    """Fill a fresh database with what goes with so many tasks, compare the figures, then time what is asked."""
    with fresh_database() as connection:
        from khcn.parties.statistics_selectors import people_rows, spending_rows

        begun = time.perf_counter()
        user = fill(tasks)
        analyse(connection)
        print(f"what goes with {tasks} tasks filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        ways = {
            "02CS by hand": lambda: people_by_hand(user),
            "02CS": lambda: people_rows(user, YEAR),
            "03CS by hand": lambda: money_by_hand(user),
            "03CS": lambda: spending_rows(user, YEAR),
        }
        _compare_people(ways["02CS by hand"](), ways["02CS"]())
        _compare_money(ways["03CS by hand"](), ways["03CS"]())

        def answer(way: str) -> float:
            asked = time.perf_counter()
            ways[way]()
            return (time.perf_counter() - asked) * 1000

        answer_apart(answer)


def _compare_people(by_hand: People, rows: Any) -> None:
    assert [row.row.code for row in rows] == list(by_hand)
    for row in rows:
        told = {degree: count for degree, count in row.profiles.items() if count}
        assert (row.reported, told) == by_hand[row.row.code], row.row.code
    assert all(row.all_profiles for row in rows)


def _compare_money(by_hand: Money, rows: Any) -> None:
    assert [row.row.code for row in rows] == list(by_hand)
    for row in rows:
        assert row.amounts == by_hand[row.row.code], row.row.code
    assert sum(1 for row in rows if row.total) == len(ITEMS_OF_ROWS)


def report(name: str, tasks: int, ask: Asking) -> None:
    """Time the ways in turn and print the medians and their ratios."""
    found = medians(ask, ("02CS by hand", "02CS", "03CS by hand", "03CS"), REPEATS)
    print(f"\n## {name}, what goes with {tasks} tasks\n\n| form | by hand, ms | product, ms | ratio |")
    print("|---|---:|---:|---:|")
    for form in ("02CS", "03CS"):
        hand, product = found[f"{form} by hand"], found[form]
        print(f"| all rows of {form} | {hand:.1f} | {product:.1f} | {product / hand:.2f} |", flush=True)


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
