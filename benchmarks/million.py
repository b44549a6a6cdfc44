"""Does the product still fly with the country's data? Prints ratios of one run as markdown tables.

The registers of the nine-month report with RECORDS records (1 000 000 if not said) and with a hundredth of them, on
throw-away data: every indicator beside hand-written SQL, now and as of a past instant; lists, drill-downs and record
pages at both sizes. SQLite always, PostgreSQL too where DATABASE_URL names one.
Run: `python benchmarks/million.py [RECORDS]`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import cycle, islice
from typing import Any

from ground.databases import analyse, asked_inside, databases, fresh_database, measure_apart
from ground.records import THEN, fill

RECORDS, SHARE = 1_000_000, 100
REPEATS, PAGES = 7, 60
YEAR = 2021
WITHIN = "BETWEEN '2020-12-15' AND '2021-09-14'"
# What an expert would write for the present, by the definitions of the indicators; compared in value as well.
BY_HAND = {
    "policies.legal_documents_issued": """
        SELECT COUNT(*) FROM policies_legaldocument WHERE office_id = 1 AND withdrawn_on IS NULL
        AND issued_on {within} AND state IN ('issued', 'expired', 'replaced') AND advised_by_department""",
    "policies.programmes_issued": """
        SELECT COUNT(*) FROM policies_programme WHERE office_id = 1 AND withdrawn_on IS NULL
        AND issued_on {within} AND state IN ('issued', 'carried_out', 'concluded')
        AND kind IN ('programme', 'plan', 'scheme') AND advised_by_department""",
    "transfer.projects_appraised": """
        SELECT COUNT(DISTINCT COALESCE(first_request_id, id)) FROM transfer_technologyappraisal
        WHERE office_id = 1 AND withdrawn_on IS NULL AND state = 'answered' AND answered_on {within}""",
    "ip.titles_granted": """
        SELECT COUNT(*) FROM ip_protectiontitle t WHERE office_id = 1 AND withdrawn_on IS NULL
        AND granted_on {within} AND state IN ('granted', 'lapsed')
        AND EXISTS (SELECT 1 FROM ip_titleholder h WHERE h.title_id = t.id AND h.in_province)""",
    "ip.marks_abroad_under_way": """
        SELECT COUNT(*) FROM ip_foreignregistration WHERE office_id = 1 AND withdrawn_on IS NULL
        AND started_on <= '{last}'
        AND (state IN ('preparing', 'filed') OR COALESCE(registered_on, refused_on, announced_on) > '{last}')""",
    "assignments.given": """
        SELECT COUNT(*) FROM assignments_assignment WHERE office_id = 1 AND withdrawn_on IS NULL
        AND assigned_on {within}""",
    "assignments.done_on_time": """
        SELECT COUNT(*) FROM assignments_assignment WHERE office_id = 1 AND withdrawn_on IS NULL
        AND state = 'closed' AND completed_on {within} AND (due_on IS NULL OR completed_on <= due_on)""",
    "assignments.overdue": """
        SELECT COUNT(*) FROM assignments_assignment WHERE office_id = 1
        AND (completed_on IS NULL OR completed_on > '{last}') AND (withdrawn_on IS NULL OR withdrawn_on > '{last}')
        AND (suspended_on IS NULL OR suspended_on > '{last}') AND assigned_on <= '{last}' AND due_on < '{last}'""",
}
LISTS = {
    "protection-title": ("", "kind=mark", "state=lapsed", "nam=2016", "xep=code"),
    "assignment": ("", "xep=code"),
    "technology-appraisal": ("", "state=answered"),
    "programme": ("",),
}
CODES = {
    "protection-title": "VB-2021-{:07d}",
    "assignment": "NV-2021-{:07d}",
    "technology-appraisal": "TDCN-2021-{:07d}",
}


def medians_in_turn(*asks: Callable[[], Any]) -> list[float]:
    """Return the median time of each answer, asked in turn: what else the machine does falls on all alike."""
    for ask in asks:
        ask()
    rounds = [[_times(ask, 1)[0] for ask in asks] for _ in range(REPEATS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def _times(ask: Callable[[], Any], count: int) -> list[float]:
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def p95(asks: Iterator[Callable[[], Any]]) -> float:
    """Return the 95th percentile of the times of some different answers."""
    return _high(time for ask in islice(asks, PAGES) for time in _times(ask, 1))


def _high(times: Iterable[float]) -> float:
    taken = sorted(times)
    return taken[int(len(taken) * 0.95)]


def p95_apart_from_totals(connection: Any, asks: Iterator[Callable[[], Any]]) -> float:
    """Return the same without what the questions took that only count: a number of all rows costs all rows."""
    counting = 0.0

    def timed(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal counting
        begun = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            if sql.startswith(("SELECT COUNT(", "SELECT (SELECT COUNT(")):
                counting += (time.perf_counter() - begun) * 1000

    found = []
    with connection.execute_wrapper(timed):
        for ask in islice(asks, PAGES):
            counting = 0.0
            (taken,) = _times(ask, 1)
            found.append(taken - counting)
    return _high(found)


def figures(connection: Any) -> list[tuple[str, float, float, float]]:
    """Return per indicator its code and the times by hand, by the product now, and as of a past instant.

    Raises: AssertionError, where the values differ.
    """
    from khcn.kernel.identity.models import Office
    from khcn.kernel.indicators.selectors import figure, report_period

    office = Office.objects.get()
    period, _rule = report_period("nine-month", YEAR, office=office)
    said = {"within": f"BETWEEN '{period.first}' AND '{period.last}'", "last": period.last}
    found = []
    for code, sql in BY_HAND.items():

        def by_hand(sql: str = sql.format(**said)) -> int:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return int(cursor.fetchone()[0])

        def by_product(instant: Any = None, code: str = code) -> int:
            return int(figure(code, period=period, office=office, as_of=instant).value or 0)

        assert by_hand() == by_product() == by_product(THEN), code
        hand, now, past = medians_in_turn(by_hand, by_product, lambda: by_product(THEN))
        found.append((code, hand, now, past))
    return found


def pages(connection: Any, user: Any, records: int) -> dict[str, float]:
    """Return the 95th percentiles of lists, drill-downs, record and report pages; "signing" is the time of one."""
    from django.test import Client

    client = Client()
    client.force_login(user)

    def asking(url: str) -> Callable[[], Any]:
        def ask() -> Any:
            answer = client.get(url)
            assert answer.status_code == 200, url  # noqa: PLR2004
            return answer

        return ask

    lists = [f"/so/{key}/?{query}" for key, queries in LISTS.items() for query in queries]
    later = [address for url in lists for address in _walk(client, url)]
    shown = [
        f"/so/{key}/{code.format(number * 7919 % (records // 10) + 1)}/"
        for number in range(PAGES)
        for key, code in CODES.items()
    ]
    drafted = _report(user)
    drills = [f"/bao-cao/{drafted}/so-lieu/{code}/" for code in BY_HAND]
    kinds = {"list": lists, "later page of a list": later, "record page": shown, "drill-down": drills}
    found = {}
    for name, addresses in kinds.items():
        for address in addresses[:9]:
            asking(address)()
        found[name] = p95(asking(address) for address in cycle(addresses))
    found["drill-down, totals apart"] = p95_apart_from_totals(connection, cycle([asking(url) for url in drills]))
    found["report page"] = p95(cycle([asking(f"/bao-cao/{drafted}/")]))
    found["signing"] = _times(lambda: _sign(user, drafted), 1)[0]
    found["frozen drill-down, totals apart"] = p95_apart_from_totals(connection, cycle([asking(url) for url in drills]))
    found["signed report page"] = p95(cycle([asking(f"/bao-cao/{drafted}/")]))
    found["empty view"] = p95(cycle([_empty(client)]))
    return found


def _walk(client: Any, url: str) -> list[str]:
    """Return the addresses of the second and the twentieth page of a list."""
    found = []
    for number in range(20):
        following = _next_url(client.get(url))
        if not following:
            break
        url = following
        if number in (0, 19):
            found.append(url)
    return found


def _next_url(answer: Any) -> str:
    return str(answer.context.get("next_url") or "")


def _report(user: Any) -> str:
    from khcn.reporting.services.drafting import draft_report

    report = draft_report(office=user.office, kind="nine-month", year=YEAR, actor=user, on=date(YEAR, 9, 15))
    return str(report.code)


def _sign(user: Any, code: str) -> None:
    from khcn.reporting.models import PeriodReport
    from khcn.reporting.services.drafting import sign_report, submit_report

    report, day = PeriodReport.objects.get(code=code), date(YEAR, 9, 15)
    submit_report(report=report, actor=user, on=day)
    sign_report(report=report, number="1/BC", signed_on=day, actor=user, on=day)


def _empty(client: Any) -> Callable[[], Any]:
    """Return a request of a page that shows the frame to a signed-in person and nothing in it."""
    from django.http import HttpResponse
    from django.shortcuts import render
    from django.urls import clear_url_caches, path

    from khcn.config import urls

    urls.urlpatterns.insert(0, path("trang-trong/", lambda request: render(request, "ui/base.html")))
    clear_url_caches()

    def ask() -> HttpResponse:
        answer = client.get("/trang-trong/")
        assert answer.status_code == 200  # noqa: PLR2004
        return answer

    return ask


def measure(asked: dict[str, Any]) -> dict[str, Any]:
    """Fill a fresh database with so many records and measure on it."""
    with fresh_database() as connection:
        begun = time.perf_counter()
        user = fill(asked["records"])
        analyse(connection)
        print(f"filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        return {"figures": figures(connection), "pages": pages(connection, user, asked["records"])}


def main() -> None:
    """Measure every database at hand at both sizes, and print the ratios."""
    if (asked := asked_inside()) is not None:
        print(json.dumps(measure(asked)))
        return
    records = int(next((word for word in sys.argv[1:] if word.isdigit()), RECORDS))
    for name, address in databases().items():
        small = measure_apart(__file__, address, {"records": records // SHARE})
        large = measure_apart(__file__, address, {"records": records})
        print(f"\n## {name}, {records} records\n\n| indicator | by hand, ms | product, ms | ratio | past, ms | ratio |")
        print("|---|---:|---:|---:|---:|---:|")
        for code, hand, now, past in large["figures"]:
            print(f"| {code} | {hand:.1f} | {now:.1f} | {now / hand:.2f} | {past:.1f} | {past / hand:.2f} |")
        hand, now, past = (sum(row[place] for row in large["figures"]) for place in (1, 2, 3))
        print(f"| all | {hand:.1f} | {now:.1f} | {now / hand:.2f} | {past:.1f} | {past / hand:.2f} |")
        print(f"\n| page, p95 | {records // SHARE} records, ms | {records}, ms | ratio |\n|---|---:|---:|---:|")
        for kind, few in small["pages"].items():
            many = large["pages"][kind]
            print(f"| {kind} | {few:.1f} | {many:.1f} | {many / few:.2f} |")
        page, empty = (large["pages"][kind] for kind in ("record page", "empty view"))
        print(f"| record page beside empty view | | | {page / empty:.2f} |", flush=True)


if __name__ == "__main__":
    main()
