from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from khcn.ip.tests.factories import make_title
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.pages.paging import page_of
from khcn.kernel.records.recording import recording
from khcn.reporting.differing import since_freeze
from khcn.reporting.models import FrozenForGood, FrozenRecord, PeriodReport
from khcn.reporting.selectors import line_of, lines_of
from khcn.reporting.services.drafting import submit_report
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_report, sign

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def few_a_page(monkeypatch):
    monkeypatch.setattr(page_of, "__kwdefaults__", {**page_of.__kwdefaults__, "size": 2})


def walked(records):
    page = records.page()
    pages = [page.records]
    while page.after:
        page = records.page(after=page.after)
        pages.append(page.records)
    return pages


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    with recording(actor=None, verb="edit", label="sửa"):
        row.save()


def crowd(world, count=5):
    return [
        make_title(world.office, world.director, granted_on=date(2021, 3, 1 + number), number=f"n{number}")
        for number in range(count)
    ]


def test_a_figure_is_the_number_of_rows_over_all_pages_live_frozen_and_as_of(world, few_a_page):
    crowd(world)
    report = make_report(world, S.SIGNED)
    then = timezone.now()
    crowded = crowd_more(world)
    live = make_report(world)

    told = {
        "frozen": line_of(report, TITLES),
        "then": line_of(live, TITLES, as_of=then),
        "now": line_of(live, TITLES),
    }

    pages = {name: walked(line.records) for name, line in told.items()}
    codes = {name: [record.code for page in rows for record in page] for name, rows in pages.items()}
    assert {name: (line.value, line.records.count()) for name, line in told.items()} == {
        "frozen": (7, 7),
        "then": (7, 7),
        "now": (8, 8),
    }
    assert {name: (len(rows), len(set(codes[name]))) for name, rows in pages.items()} == {
        "frozen": (4, 7),
        "then": (4, 7),
        "now": (4, 8),
    }
    assert codes["frozen"] == codes["then"] == [code for code in codes["now"] if code != crowded.code]


def crowd_more(world):
    return make_title(world.office, world.director, granted_on=date(2021, 5, 1), number="sau")


def test_a_frozen_row_is_neither_changed_nor_taken_away(world):
    make_report(world, S.SIGNED)
    row = FrozenRecord.objects.first()

    for forbidden in (
        row.save,
        row.delete,
        FrozenRecord.objects.all().delete,
        lambda: FrozenRecord.objects.update(code="x"),
    ):
        with pytest.raises(FrozenForGood, match="giữ nguyên"):
            forbidden()


def test_whatever_happens_later_the_frozen_rows_stay(world):
    report = make_report(world, S.SIGNED)
    before = list(FrozenRecord.objects.order_by("pk").values())
    save(world.titles[0], title="Đổi tên", withdrawn_on=DAY)
    again = make_report(world)
    submit_report(report=again, actor=world.specialist, on=DAY)
    sign(world, again, number="124/BC-SKHCN")

    assert list(FrozenRecord.objects.filter(figure__report=report).order_by("pk").values()) == before
    assert [line.value for line in lines_of(PeriodReport.objects.get(pk=again.pk)) if line.indicator == TITLES] == [1]


def test_pages_lead_forth_and_back_and_say_how_many_are_hidden(world, client, few_a_page):
    titles = crowd(world)
    save(titles[0], confidentiality=Confidentiality.CONFIDENTIAL)
    for report in (make_report(world), make_report(world, S.SIGNED)):
        client.force_login(world.specialist)
        url = reverse("reporting:figure", args=[report.code, TITLES])

        first = client.get(url)
        second = client.get(first.context["next_url"])
        back = client.get(second.context["previous_url"])

        assert (first.context["hidden"], first.context["count_text"]) == (1, "6 hồ sơ")
        assert back.context["rows"] == first.context["rows"] != second.context["rows"]
        assert titles[0].code not in first.text + second.text
        assert client.get(url, {"sau": "bừa"}).status_code == 400


@pytest.mark.parametrize("state", [S.DRAFT, S.SIGNED])
def test_a_figure_page_asks_the_same_however_many_records_there_are(
    world, client, state, django_assert_max_num_queries
):
    report = make_report(world, state)
    url = reverse("reporting:figure", args=[report.code, TITLES])
    client.force_login(world.specialist)
    crowd(world, 1)
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    crowd_more(world)

    with django_assert_max_num_queries(len(few)):
        assert client.get(url).status_code == 200


def test_differences_of_all_figures_take_few_queries(world, django_assert_max_num_queries):
    report = make_report(world, S.SIGNED)
    crowd(world)

    with django_assert_max_num_queries(3):
        (moved,) = since_freeze(report)

    assert (moved.before, moved.after, moved.added_count, moved.removed_count) == (2, 7, 5, 0)
