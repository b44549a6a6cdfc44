"""Does the list of tasks stay flat? Prints ratios of one run as a markdown table.

The list of tasks with state, next due date and money not yet paid, its filters and later pages, with so many tasks
(200 000 if not said) and with a hundredth of them, on throw-away data; asked in turn, counts of all rows apart.
SQLite always, PostgreSQL too where DATABASE_URL names one.
Run: `python benchmarks/research_lists.py [TASKS]`.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from functools import partial
from typing import Any

from ground.databases import Asking, analyse, answer_apart, asked_inside, databases, fresh_database, kept_apart
from ground.tasks import fill
from million import high, timed

TASKS, SHARE, PAGES, WARM = 200_000, 100, 100, 10
QUERIES = ("", "trang-thai=running", "cap=province", "phe-duyet=2019", "xep=code", "luat=law29&loai=topic")


def serve(tasks: int) -> None:
    """Fill a fresh database with so many tasks, then answer for its pages one at a time."""
    with fresh_database() as connection:
        from django.test import Client

        begun = time.perf_counter()
        office = fill(tasks, with_money=True)
        user = _director(office)
        analyse(connection)
        print(f"{tasks} tasks filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        client = Client()
        client.force_login(user)
        urls = [f"/so/research-task/?{query}" for query in QUERIES]
        following = [str(client.get(url).context.get("next_url") or "") for url in urls]
        asked = [*urls, *(url for url in following if url)]

        def answer(number: int) -> tuple[float, float]:
            return timed(partial(_get, client, asked[number % len(asked)]))

        answer_apart(answer)


def _director(office: Any) -> Any:
    from khcn.kernel.access.roles import Role
    from khcn.kernel.identity.models import User
    from khcn.kernel.identity.services import create_account, grant_role

    create_account(username="director", full_name="Director", password="khcn-do-toc-do-2026", office=office)  # noqa: S106
    user = User.objects.get(username="director")
    grant_role(user=user, role=Role.DIRECTOR, valid_from=date(2015, 1, 1))
    return user


def _get(client: Any, url: str) -> None:
    answer = client.get(url)
    shown = "Chưa giải ngân" in answer.content.decode()
    if answer.status_code != 200 or not shown:  # noqa: PLR2004 (the code of success)
        raise AssertionError(url)


def report(name: str, tasks: int, small: Asking, large: Asking) -> None:
    """Time both sizes in turn and print the 95th percentiles and their ratios."""
    taken: dict[str, tuple[list[float], list[float]]] = {"list": ([], []), "list, totals apart": ([], [])}
    for number in range(-WARM, PAGES):
        for place, ask in enumerate((small, large)):
            whole, counting = ask(number)
            if number >= 0:
                taken["list"][place].append(whole)
                taken["list, totals apart"][place].append(whole - counting)
    print(
        f"\n## {name}\n\n| page, p95 | {tasks // SHARE} tasks, ms | {tasks} tasks, ms | ratio |\n|---|---:|---:|---:|"
    )
    for kind, times in taken.items():
        few, many = map(high, times)
        print(f"| {kind} | {few:.1f} | {many:.1f} | {many / few:.2f} |", flush=True)


def main() -> None:
    """Measure every database at hand at both sizes and print the ratios."""
    if (asked := asked_inside()) is not None:
        serve(asked["tasks"])
        return
    tasks = int(next((word for word in sys.argv[1:] if word.isdigit()), TASKS))
    for name, address in databases().items():
        sizes = ({"tasks": tasks // SHARE}, {"tasks": tasks})
        with kept_apart(__file__, address, sizes[0]) as small, kept_apart(__file__, address, sizes[1]) as large:
            report(name, tasks, small, large)


if __name__ == "__main__":
    main()
