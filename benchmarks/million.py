"""Does the product still fly with the country's data? Prints ratios of one run as markdown tables.

The registers of the nine-month report with RECORDS records (1 000 000 if not said) and with a hundredth of them, on
throw-away data: every indicator beside hand-written SQL, now and as of a past instant; lists, drill-downs and record
pages at both sizes. What is compared is asked in turn, so that what else the machine does falls on all alike.
SQLite always, PostgreSQL too where DATABASE_URL names one.
Run: `python benchmarks/million.py [RECORDS]`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any

from ground.databases import Asking, analyse, answer_apart, asked_inside, databases, fresh_database, kept_apart
from ground.records import THEN, fill

RECORDS, SHARE = 1_000_000, 100
REPEATS, PAGES, WARM = 15, 100, 10
YEAR = 2021
OF_REPORTS = ("drill-down", "report page")
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


def high(times: Iterable[float]) -> float:
    """Return the 95th percentile."""
    taken = sorted(times)
    return taken[int(len(taken) * 0.95)]


def timed(ask: Callable[[], Any]) -> tuple[float, float]:
    """Return how long an answer took, and of that the questions that only count: a number of all rows costs all."""
    from django.db import connection

    counting = 0.0

    def watched(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal counting
        begun = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            if sql.startswith(("SELECT COUNT(", "SELECT (SELECT COUNT(")):
                counting += time.perf_counter() - begun

    with connection.execute_wrapper(watched):
        begun = time.perf_counter()
        ask()
        return (time.perf_counter() - begun) * 1000, counting * 1000


def figures() -> dict[str, dict[str, Callable[[], Any]]]:
    """Return per indicator what asks for it by hand, of the product now, and as of a past instant.

    Raises: AssertionError, where the values differ.
    """
    from django.db import connection

    from khcn.kernel.identity.models import Office
    from khcn.kernel.indicators.selectors import figure, report_period

    office = Office.objects.get()
    period, _rule = report_period("nine-month", YEAR, office=office)
    said = {"within": f"BETWEEN '{period.first}' AND '{period.last}'", "last": period.last}
    found = {}
    for code, sql in BY_HAND.items():

        def by_hand(sql: str = sql.format(**said)) -> int:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return int(cursor.fetchone()[0])

        def by_product(instant: Any = None, code: str = code) -> int:
            return int(figure(code, period=period, office=office, as_of=instant).value or 0)

        assert by_hand() == by_product() == by_product(THEN), code
        found[code] = {"hand": by_hand, "now": by_product, "past": partial(by_product, THEN)}
    return found


def pages(user: Any, records: int) -> tuple[dict[str, list[Callable[[], Any]]], str]:
    """Return what asks for each kind of page, the kinds of a signed report apart, and the code of the report."""
    from django.test import Client

    client = Client()
    client.force_login(user)

    def asking(*urls: str) -> list[Callable[[], Any]]:
        return [partial(_get, client, url) for url in urls]

    lists = [f"/so/{key}/?{query}" for key, queries in LISTS.items() for query in queries]
    drafted = _report(user)
    drills = [f"/bao-cao/{drafted}/so-lieu/{code}/" for code in BY_HAND]
    shown = [
        f"/so/{key}/{code.format(number * 7919 % (records // 10) + 1)}/"
        for number in range(PAGES)
        for key, code in CODES.items()
    ]
    kinds = {
        "list": asking(*lists),
        "later page of a list": asking(*(address for url in lists for address in _walk(client, url))),
        "record page": asking(*shown),
        "empty view": asking(_empty()),
        "drill-down": asking(*drills),
        "report page": asking(f"/bao-cao/{drafted}/"),
    }
    return kinds, drafted


def _get(client: Any, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == HTTPStatus.OK, url
    return answer


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


def _empty() -> str:
    """Return the address of a page that shows the frame to a signed-in person and nothing in it."""
    from django.shortcuts import render
    from django.urls import clear_url_caches, path

    from khcn.config import urls

    urls.urlpatterns.insert(0, path("trang-trong/", lambda request: render(request, "ui/base.html")))
    clear_url_caches()
    return "/trang-trong/"


def serve(records: int) -> None:
    """Fill a fresh database with so many records, then measure on it what is asked, one answer at a time."""
    with fresh_database() as connection:
        begun = time.perf_counter()
        user = fill(records)
        analyse(connection)
        print(f"{records} records filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        asked_figures, (kinds, drafted) = figures(), pages(user, records)

        def answer(what: str, *which: Any) -> Any:
            if what == "figure":
                return timed(asked_figures[which[0]][which[1]])[0]
            if what == "sign":
                return timed(partial(_sign, user, drafted))[0]
            asks = kinds[which[0]]
            return timed(asks[which[1] % len(asks)])

        answer_apart(answer)


def measured_figures(large: Asking) -> list[tuple[str, float, float, float]]:
    """Return per indicator the median times by hand, by the product now, and as of a past instant, asked in turn."""
    ways = ("hand", "now", "past")
    taken: dict[tuple[str, str], list[float]] = {(code, way): [] for code in BY_HAND for way in ways}
    for _ in range(REPEATS + 1):
        for (code, way), times in taken.items():
            times.append(large("figure", code, way))
    middle = {key: statistics.median(times[1:]) for key, times in taken.items()}  # the first only warms up
    return [(code, *(middle[code, way] for way in ways)) for code in BY_HAND]


def measured_pages(small: Asking, large: Asking) -> dict[str, tuple[float, float]]:
    """Return per kind of page the 95th percentiles at both sizes; "signing" is the time of one."""
    found = _in_turn(small, large, ("list", "later page of a list", "record page", "empty view", *OF_REPORTS))
    found["signing"] = small("sign"), large("sign")
    signed = _in_turn(small, large, OF_REPORTS)
    return found | {f"{kind}, signed": times for kind, times in signed.items()}


def _in_turn(small: Asking, large: Asking, kinds: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    taken: dict[str, tuple[list[float], list[float]]] = {}
    for number in range(-WARM, PAGES):
        for kind in kinds:
            for place, ask in enumerate((small, large)):
                whole, counting = ask("page", kind, number)
                for name, time_taken in {kind: whole, f"{kind}, totals apart": whole - counting}.items():
                    if number >= 0:
                        taken.setdefault(name, ([], []))[place].append(time_taken)
    return {name: (high(few), high(many)) for name, (few, many) in taken.items()}


def report(name: str, records: int, small: Asking, large: Asking) -> None:
    """Measure at both sizes and print the ratios."""
    print(f"\n## {name}, {records} records\n\n| indicator | by hand, ms | product, ms | ratio | past, ms | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    rows = measured_figures(large)
    hand, now, past = (sum(row[place] for row in rows) for place in (1, 2, 3))
    for code, by_hand, of_now, of_past in [*rows, ("all", hand, now, past)]:
        ratios = of_now / by_hand, of_past / by_hand
        print(f"| {code} | {by_hand:.1f} | {of_now:.1f} | {ratios[0]:.2f} | {of_past:.1f} | {ratios[1]:.2f} |")
    print(f"\n| page, p95 | {records // SHARE} records, ms | {records}, ms | ratio |\n|---|---:|---:|---:|", flush=True)
    found = measured_pages(small, large)
    for kind, (few, many) in found.items():
        print(f"| {kind} | {few:.1f} | {many:.1f} | {many / few:.2f} |")
    page, empty = (found[kind][1] for kind in ("record page", "empty view"))
    print(f"| record page beside empty view | {empty:.1f} | {page:.1f} | {page / empty:.2f} |", flush=True)


def main() -> None:
    """Measure every database at hand at both sizes, each answer in turn, and print the ratios."""
    if (asked := asked_inside()) is not None:
        serve(asked["records"])
        return
    records = int(next((word for word in sys.argv[1:] if word.isdigit()), RECORDS))
    for name, address in databases().items():
        sizes = ({"records": records // SHARE}, {"records": records})
        with kept_apart(__file__, address, sizes[0]) as small, kept_apart(__file__, address, sizes[1]) as large:
            report(name, records, small, large)


if __name__ == "__main__":
    main()
