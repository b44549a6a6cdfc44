from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from khcn.ip.models import ProtectionTitle
from khcn.ip.tests.factories import make_title
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.indicators.comparison import Reading, contributions
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Sum, indicator
from khcn.kernel.indicators.selectors import figure
from khcn.kernel.records.recording import recording
from khcn.reporting import commands
from khcn.reporting.comparing import SHOWN, compared, explanation, reading_of, year_before
from khcn.reporting.comparison_presenting import difference_groups, written
from khcn.reporting.forms import SideForm
from khcn.reporting.services.drafting import draft_report, release_report_differences, submit_report
from khcn.reporting.states import ReportState as S
from khcn.reporting.tests.factories import DAY, TITLES, make_report, sign

pytestmark = pytest.mark.django_db
NINE = Period("nine-month", 2021, date(2020, 12, 15), date(2021, 9, 14))
YEAR = Period("year", 2021, date(2020, 12, 15), date(2021, 12, 14))
COMPARISON = "reporting:comparison"
PERIODS = {"a_kind": "nine-month", "a_year": "2021", "b_kind": "year", "b_year": "2021"}


def save(row, label="sửa", **values):
    for name, value in values.items():
        setattr(row, name, value)
    with recording(actor=None, verb="edit", label=label, why=""):
        row.save()


def told(world, before, after, reader=None):
    return explanation(TITLES, before, after, office=world.office, reader=reader or world.director)


def codes(group):
    return [one.contribution.code for one in group]


def words_of(told, before, after):
    return [row["cells"][1] for group in difference_groups(told, before, after) for row in group["rows"]]


def test_two_periods_differ_by_the_records_of_the_days_that_only_one_has(world):
    before, after = Reading(NINE), Reading(YEAR)

    found = told(world, before, after)

    assert (found.figure.before, found.figure.after, found.figure.difference) == (2, 3, 1)
    assert (codes(found.added), found.taken, found.changed) == ([world.titles[2].code], (), ())
    assert words_of(found, before, after) == ["Ngày cấp 15/9/2021, thuộc kỳ năm 2021."]


def test_one_period_at_two_instants_differs_by_what_was_recorded_since(world):
    then = timezone.now()
    new = make_title(world.office, world.director, granted_on=date(2021, 3, 1), number="muộn")
    save(world.titles[0], "sửa ngày cấp", granted_on=date(2020, 12, 14))
    before, after = Reading(NINE, then), Reading(NINE)

    found = told(world, before, after)

    assert (codes(found.added), codes(found.taken)) == ([new.code], [world.titles[0].code])
    assert found.figure.difference == 0
    new_words, corrected = words_of(found, before, after)
    assert "mới ghi vào sổ" in new_words
    assert "sửa ngày cấp" in corrected
    assert "Ngày cấp: 15/12/2020 → 14/12/2020" in corrected


def test_what_happened_before_the_first_instant_or_after_the_second_is_not_told(world):
    save(world.titles[1], "trước đó", goods="A")
    then = timezone.now()
    save(world.titles[1], "ở giữa", granted_on=date(2021, 9, 15))
    later = timezone.now()
    save(world.titles[1], "sau đó", goods="B")
    before, after = Reading(NINE, then), Reading(NINE, later)

    (words,) = words_of(told(world, before, after), before, after)

    assert [word in words for word in ("trước đó", "ở giữa", "sau đó")] == [False, True, False]


def test_a_part_of_a_record_that_changed_is_the_reason(world):
    then = timezone.now()
    holder = world.titles[1].holders.first()
    save(holder, "sửa chủ văn bằng", in_province=False)
    before, after = Reading(NINE, then), Reading(NINE)

    (words,) = words_of(told(world, before, after), before, after)

    assert "sửa chủ văn bằng" in words


def test_records_the_reader_may_not_know_of_are_only_counted(world):
    then = timezone.now()
    hidden = make_title(world.office, world.director, granted_on=date(2021, 3, 1), number="kín")
    save(hidden, confidentiality=Confidentiality.CONFIDENTIAL)
    before, after = Reading(NINE, then), Reading(NINE)

    seen = {who: told(world, before, after, getattr(world, who)) for who in ("specialist", "director")}

    assert [(codes(one.added), one.unnamed, one.unnamed_amount, one.hidden) for one in seen.values()] == [
        ([], 1, 1, 1),
        ([hidden.code], 0, 0, 0),
    ]


def test_more_records_than_a_page_holds_are_summed_up_in_one_row(world, monkeypatch):
    monkeypatch.setattr("khcn.reporting.comparing.SHOWN", 1)

    found = told(world, Reading(Period("year", 2019, date(2019, 1, 1), date(2019, 1, 2))), Reading(YEAR))

    assert (len(found.added), found.unnamed, found.unnamed_amount, found.hidden) == (1, 2, 2, 0)
    assert SHOWN > 1


@pytest.fixture
def summed():
    from khcn.kernel.indicators import registry  # noqa: PLC0415

    @indicator("test.years", label="Tổng năm", unit="năm", source="mẫu", measure=Sum("withdrawn_year"))
    def years(period, as_of, office):
        """Tổng."""
        from django.db.models.functions import ExtractYear  # noqa: PLC0415

        rows = ProtectionTitle.objects.as_of(as_of).of_office(office).granted_within(period)
        return rows.annotate(withdrawn_year=ExtractYear("granted_on"))

    yield "test.years"
    registry._indicators.pop("test.years")


def test_a_sum_tells_the_two_amounts_of_a_record_that_both_hold(world, summed):
    then = timezone.now()
    save(world.titles[1], granted_on=date(2020, 12, 20))
    before, after = Reading(NINE, then), Reading(NINE)

    rows = contributions(summed, before, after, office=world.office)
    found = explanation(summed, before, after, office=world.office, reader=world.director)

    assert [(row.before, row.after, row.amount) for row in rows] == [(2021, 2020, -1)]
    assert codes(found.changed) == [world.titles[1].code]
    assert difference_groups(found, before, after)[0]["rows"][0]["cells"][2] == {"text": "−1", "sub": "2.021 → 2.020"}


def test_the_frozen_report_is_read_as_it_was_frozen(world):
    report = make_report(world, S.SIGNED)
    save(world.titles[1], granted_on=date(2021, 9, 15))

    before, after = reading_of(report), Reading(report.period)
    (row,) = [one for one in compared(before, after, office=world.office) if one.indicator.code == TITLES]

    assert (row.before, row.after, row.difference) == (2, 1, -1)
    assert year_before(before).period.days == "từ 15/12/2019 đến 14/9/2020"
    assert year_before(before).as_of == report.frozen_at


def test_the_form_reads_the_very_instant_it_shows():
    instant = timezone.now()
    form = SideForm({"a_kind": "year", "a_year": "2021", "a_as_of": written(instant)}, prefix="a")

    assert form.is_valid()
    assert form.cleaned_data["as_of"] == instant


def page(client, name=COMPARISON, *args, **parameters):
    return client.get(reverse(name, args=args), parameters)


def test_the_page_shows_both_values_and_opens_the_records_of_a_difference(world, client):
    client.force_login(world.specialist)

    answer = page(client, **PERIODS)
    (link,) = {url for url in re.findall(r'href="([^"]+)"', answer.text) if f"/{TITLES}/" in url}
    opened = client.get(link.replace("&amp;", "&"))

    assert world.titles[2].code in opened.text
    assert reverse("record", args=["protection-title", world.titles[2].code]) in opened.text
    assert world.titles[0].code not in opened.text
    assert "+50 %" in answer.text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("specialist", 200),  # staff of the office
        ("clerk", 200),
        ("director", 200),
        ("leader", 200),  # reads the reports of the office
        ("agency", 403),  # reads no reports
    ],
)
def test_figures_are_compared_by_those_who_read_reports(world, client, who, status):
    client.force_login(getattr(world, who))

    answers = [page(client, **PERIODS), page(client, "reporting:difference", TITLES, **PERIODS), page(client)]

    assert [answer.status_code for answer in answers] == [status] * 3


def test_nobody_compares_without_signing_in(client):
    for name, args in ((COMPARISON, ()), ("reporting:difference", (TITLES,))):
        assert page(client, name, *args).url.partition("?")[0] == reverse("sign-in")


def test_the_stranger_reads_nothing_of_another_office(world, client):
    report = make_report(world)
    client.force_login(world.stranger)

    by_code = page(client, a_report=report.code, b_report=report.code)
    by_period = page(client, "reporting:difference", TITLES, **PERIODS)

    assert by_code.status_code == 404
    assert not any(title.code in by_period.text for title in world.titles)


def test_what_moved_since_the_freeze_is_internal_until_it_is_released(world, client):
    report = make_report(world, S.SIGNED)
    frozen, now = {"a_report": report.code, "b_report": report.code}, {"b_reading": "now"}
    seen = []
    for who, release in ((world.clerk, False), (world.leader, False), (world.leader, True)):
        if release:
            release_report_differences(report=report, actor=world.director, on=DAY)
        client.force_login(who)
        seen.append((page(client, **frozen).status_code, page(client, **frozen, **now).status_code))

    assert seen == [(200, 200), (200, 403), (200, 200)]


def test_the_explanation_of_an_unreleased_difference_is_internal_too(world, client):
    report = make_report(world, S.SIGNED)
    client.force_login(world.leader)

    ways = (
        {"a_report": report.code, "b_report": report.code, "b_reading": "now"},
        {"a_report": report.code, "b_kind": "nine-month", "b_year": "2021"},
        {"a_kind": "nine-month", "a_year": "2021", "a_as_of": "1/1/2090", "b_report": report.code},
    )

    assert [page(client, "reporting:difference", TITLES, **way).status_code for way in ways] == [403] * 3


def test_a_confidential_record_leaves_no_name_on_the_page(world, client):
    save(world.titles[2], title="Tên kín", confidentiality=Confidentiality.CONFIDENTIAL)
    texts = []
    for who in (world.specialist, world.director):
        client.force_login(who)
        texts.append(page(client, "reporting:difference", TITLES, **PERIODS).text)

    assert [("Tên kín" in text, world.titles[2].code in text) for text in texts] == [(False, False), (True, True)]
    assert "phạm vi hạn chế" in texts[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"a_kind": "week"},
        {"a_year": "1"},
        {"b_as_of": "hôm qua"},
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_compared(world, client, wrong):
    client.force_login(world.specialist)

    answer = page(client, **(PERIODS | wrong))

    assert answer.status_code == 422
    assert "field__error" in answer.text
    assert page(client, "reporting:difference", TITLES, **(PERIODS | wrong)).status_code == 404


def test_an_indicator_that_does_not_exist_is_not_found(world, client):
    client.force_login(world.specialist)

    assert page(client, "reporting:difference", "khong.co", **PERIODS).status_code == 404


def test_the_report_page_leads_to_last_year_to_now_and_to_other_editions(world, client):
    first = make_report(world, S.SIGNED)
    second = make_report(world)
    submit_report(report=second, actor=world.specialist, on=DAY)
    sign(world, second, number="124/BC-SKHCN")
    client.force_login(world.specialist)

    text = client.get(reverse("reporting:report", args=[second.code])).text
    links = [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]+/so-sanh/\?[^"]+)"', text)]

    assert "So với cùng kỳ năm trước" in text
    assert [f"So với {first.code}" in text, "so với sổ hiện nay" in text] == [True, True]
    assert [client.get(link).status_code for link in links] == [200] * 3


def test_the_year_before_of_a_report_is_the_column_of_its_annex(world, client):
    report = draft_report(office=world.office, kind="year", year=2022, actor=world.specialist, on=DAY)
    before, after = year_before(reading_of(report)), reading_of(report)

    (row,) = [one for one in compared(before, after, office=world.office) if one.indicator.code == TITLES]

    assert row.before == figure(TITLES, period=before.period, office=world.office).value == Decimal(3)


@pytest.mark.parametrize("name", [COMPARISON, "reporting:difference"])
def test_a_comparison_costs_the_same_however_many_records_differ(world, client, name, django_assert_max_num_queries):
    args = () if name == COMPARISON else (TITLES,)
    then = {"a_as_of": written(timezone.now()), "b_kind": "nine-month", "a_kind": "nine-month"}
    asked = PERIODS | then
    make_title(world.office, world.director, granted_on=date(2021, 3, 1), number="một")
    client.force_login(world.specialist)
    with django_assert_max_num_queries(20) as before:
        page(client, name, *args, **asked)
    for number in range(6):
        make_title(world.office, world.director, granted_on=date(2021, 3, 1), number=f"n{number}")

    with django_assert_max_num_queries(len(before)):
        assert page(client, name, *args, **asked).status_code == 200


def test_explaining_takes_few_queries(world, client, django_assert_max_num_queries):
    client.force_login(world.specialist)

    with django_assert_max_num_queries(20):
        page(client, "reporting:difference", TITLES, **PERIODS, a_as_of="1/1/2022")


def test_the_command_compares_with_the_year_before_and_names_the_records(world, capsys):
    status = commands.compare(["year", "--year", "2021", "--json"])
    row = next(row for row in json.loads(capsys.readouterr().out) if row["code"] == TITLES)

    assert status == 0
    assert (row["before"], row["after"], row["difference"]) == (0, 3, 3)
    assert [one["code"] for one in row["records"]] == [title.code for title in world.titles]


def test_the_command_compares_a_period_with_itself_as_known_before(world, capsys):
    then = timezone.now().isoformat()
    save(world.titles[1], granted_on=date(2021, 9, 15))

    commands.compare(["nine-month", "--year", "2021", "--from-as-of", then])

    told = capsys.readouterr().out
    assert "2 → 1 văn bằng (-1)" in told
    assert f"-1 {world.titles[1].code}" in told


@pytest.mark.parametrize(
    "words", [["month", "--year", "2021"], ["year", "--year", "2021", "--as-of", "mai"], ["x", "--year", "1"]]
)
def test_what_the_command_cannot_compare_it_tells(world, capsys, words):
    assert commands.compare(words) == 1
    assert capsys.readouterr().err


def test_the_form_offers_the_month_of_today_and_the_same_month_a_year_before(world, client):
    client.force_login(world.specialist)

    answer = client.get(reverse(COMPARISON))
    offered = [(form["kind"].value(), form["year"].value()) for form in answer.context["forms"]]

    today = answer.wsgi_request.today
    assert offered == [(f"month-{today.month}", today.year - 1), (f"month-{today.month}", today.year)]
