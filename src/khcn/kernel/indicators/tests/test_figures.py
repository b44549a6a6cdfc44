from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum as DatabaseSum
from django.utils import timezone

from khcn.kernel.indicators import registry
from khcn.kernel.indicators.models import ReportedValue, Target
from khcn.kernel.indicators.periods import Period, period_from_rule
from khcn.kernel.indicators.registry import Count, Kind, Sum, UnknownIndicator, declare_reported, find_indicator
from khcn.kernel.indicators.selectors import estimate, figure, report_period, target
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.tests.factories import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
NINE = period_from_rule("nine-month", 2021, {"from": [-1, 12, 15], "to": [0, 9, 14]})


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setattr(registry, "_indicators", {})

    def started(period, as_of, office):
        """Việc bắt đầu
        trong kỳ."""
        rows = Obligation.objects.as_of(as_of).filter(office=office)
        return rows.filter(started_on__gte=period.first, started_on__lte=period.last)

    for code, measure in (("mẫu.đếm", None), ("mẫu.cộng", Sum("record_id"))):
        registry.indicator(code, label="Mẫu", unit="việc", source="Sổ mẫu", measure=measure)(started)
    declare_reported("mẫu.báo-cáo", label="Mẫu", unit="tỷ đồng", definition="Do đơn vị khác báo.", source="Sở khác")


def save(row):
    with recording(actor=None, verb="save", label="ghi"):
        row.save()
    return row


def make_duty(day, number=1, office=None):
    return save(
        Obligation(
            office=office or make_office(), register="r", record_id=number, kind="k", action="Việc", started_on=day
        )
    )


def state(model, value, *, indicator="mẫu.báo-cáo", **values):
    said = {"office": make_office(), "indicator": indicator, "period_kind": "nine-month", "year": 2021, "source": "BC"}
    return save(model(**{**said, "value": value, **values}))


def value_of(code, as_of=None):
    return figure(code, period=NINE, office=make_office(), as_of=as_of).value


def test_a_figure_is_counted_or_summed_over_the_records_of_the_period():
    for day, number in (
        (date(2020, 12, 14), 1),
        (date(2020, 12, 15), 2),
        (date(2021, 9, 14), 4),
        (date(2021, 9, 15), 8),
    ):
        make_duty(day, number)
    make_duty(date(2021, 3, 1), 16, make_office("BK"))

    assert (value_of("mẫu.đếm"), value_of("mẫu.cộng")) == (Decimal(2), Decimal(6))


def test_the_records_of_a_figure_add_up_to_it():
    for number in range(1, 6):
        make_duty(date(2021, 3, number), number)

    counted, summed = (figure(code, period=NINE, office=make_office()) for code in ("mẫu.đếm", "mẫu.cộng"))

    assert counted.value == counted.records.count() == 5
    assert summed.value == summed.records.aggregate(n=DatabaseSum("record_id"))["n"] == 15
    assert (counted.kind, counted.measure, summed.kind, summed.measure) == (Kind.COUNTED, "count", Kind.SUMMED, "sum")


def test_nothing_adds_up_to_zero_not_to_unknown():
    assert (value_of("mẫu.đếm"), value_of("mẫu.cộng")) == (Decimal(0), Decimal(0))


def test_a_past_figure_does_not_move_when_a_record_changes():
    duty = make_duty(date(2021, 9, 14), 3)
    then = timezone.now()
    duty.started_on, duty.record_id = date(2021, 9, 15), 5
    save(duty)

    assert [value_of("mẫu.đếm", at) for at in (then, None)] == [1, 0]
    assert value_of("mẫu.cộng", then) == 3
    assert value_of("mẫu.đếm", then - timedelta(days=1)) == 0


def test_target_estimate_and_reported_value_are_never_mixed():
    state(ReportedValue, "12.5", answered_by="Sở khác", comparator="over")
    state(ReportedValue, "13", answered_by="Sở khác", is_estimate=True)
    state(Target, "20")

    found = [ask("mẫu.báo-cáo", period=NINE, office=make_office()) for ask in (figure, estimate, target)]

    assert [(one.value, one.kind) for one in found] == [
        (Decimal("12.5"), Kind.REPORTED),
        (Decimal(13), Kind.REPORTED),
        (Decimal(20), Kind.TARGET),
    ]
    assert (found[0].comparator, found[0].source, found[0].records) == ("over", "BC", None)


@pytest.mark.parametrize(
    "other",
    [{"year": 2020}, {"period_kind": "year"}, {"indicator": "mẫu.khác"}],
)
def test_a_value_of_another_period_or_indicator_is_not_taken(other):
    state(Target, "20", **other)
    state(Target, "30", office=make_office("BK"))

    assert target("mẫu.báo-cáo", period=NINE, office=make_office()).value is None


def test_what_nobody_stated_is_unknown_not_zero():
    assert value_of("mẫu.báo-cáo") is None


def test_a_stated_value_is_read_as_it_was_known():
    row = state(Target, "20")
    then = timezone.now()
    row.value = 25
    save(row)

    values = [target("mẫu.báo-cáo", period=NINE, office=make_office(), as_of=at).value for at in (then, None)]

    assert values == [20, 25]


def test_an_unknown_indicator_is_named():
    with pytest.raises(UnknownIndicator, match=r"«không\.có»"):
        figure("không.có", period=NINE, office=make_office())


def test_an_indicator_is_defined_by_the_words_of_its_selection():
    found = find_indicator("mẫu.đếm")

    assert (found.definition, found.measure, find_indicator("mẫu.báo-cáo").kind) == (
        "Việc bắt đầu trong kỳ.",
        Count(),
        Kind.REPORTED,
    )
    assert [one.code for one in registry.indicators()] == ["mẫu.báo-cáo", "mẫu.cộng", "mẫu.đếm"]


def test_the_period_of_a_report_comes_from_the_rule_in_force_at_the_end_of_its_year():
    for value, first, last in (([0, 9, 14], None, date(2021, 12, 30)), ([0, 9, 30], date(2021, 12, 31), None)):
        rule = {"from": [-1, 12, 15], "to": value}
        save(
            Rule(
                key="report.period.nine-month", label="k", value=rule, valid_from=first, valid_to=last, legal_basis="m"
            )
        )

    ends = [report_period("nine-month", year, office=make_office())[0].last for year in (2020, 2021)]

    assert ends == [date(2020, 9, 14), date(2021, 9, 30)]


def test_a_period_without_a_rule_is_refused():
    with pytest.raises(RuleUnknown):
        report_period("nine-month", 2021, office=make_office())


def test_a_stated_value_reads_as_a_plain_number():
    assert str(Target(indicator="a", period_kind="year", year=2021, value=Decimal("100.0000"))) == "a year 2021: 100"
    assert date(2021, 1, 1) in Period("year", 2021, date(2021, 1, 1), date(2021, 1, 1))
