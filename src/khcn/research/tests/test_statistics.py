"""What is known of statistics form 04CS: its rows, its figures, the tasks behind them, the past."""

from __future__ import annotations

import csv
import itertools
import os
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from khcn.councils.states import Rating
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.recording import recording
from khcn.parties.models import ScientistProfile
from khcn.parties.services.science import enter_profile, keep_private
from khcn.parties.states import Sex
from khcn.research.states import FundingSource, TaskForm, TaskLevel, TaskState
from khcn.research.statistics_figures import filled_form, tasks_behind
from khcn.research.statistics_rows import BITS, Kind, Measure, form_rows, row_counts
from khcn.research.tests import factories as make
from khcn.research.tests.imported import add_line, add_use, bring_in, field_coded

S, F, L = TaskState, FundingSource, TaskLevel
SHARED = Path(os.environ.get("KHCN_SHARED", Path(__file__).resolve().parents[5] / "shared"))
YEAR = 2025
PROVINCE, NEW_IN = L.PROVINCE, date(2025, 3, 3)
KINDS = st.builds(
    Kind,
    form=st.sampled_from(TaskForm.values),
    level=st.sampled_from(L.values),
    digit=st.sampled_from(["", *"123456"]),
    sources=st.integers(0, 2 ** len(F) - 1),
)
GROUPS = st.lists(
    st.tuples(KINDS, st.lists(st.integers(0, 99), min_size=len(Measure), max_size=len(Measure))), max_size=30
)


@pytest.fixture
def world(db):
    return make.make_world(on=date(2025, 1, 8))


def many_years(world):
    """Enter tasks of every kind that a column tells apart; each is named by what it is."""
    old = {"approved_on": date(2023, 5, 5), "contracted_on": date(2023, 6, 1), "starts_on": date(2023, 6, 1)}
    judged = {"accepted_on": date(2025, 9, 9), "rating": Rating.PASS, "state": S.ACCEPTED}
    both = (F.STATE_CENTRAL, F.STATE_LOCAL, F.FIRM)
    found = {
        "new": bring_in(world, "new", approved_on=NEW_IN, field=field_coded("40107"), sources=(F.STATE_LOCAL,)),
        "going": bring_in(world, "going", **old, level=L.NATIONAL, field=field_coded("201"), sources=both),
        "signed": bring_in(world, "signed", approved_on=date(2024, 12, 30), contracted_on=date(2025, 1, 1)),
        "judged": bring_in(world, "judged", **old, **judged, form=TaskForm.SCHEME, sources=(F.PROVINCIAL_FUND,)),
        "failed": bring_in(world, "failed", **old, **(judged | {"rating": Rating.FAIL, "state": S.NOT_ACCEPTED})),
        "over": bring_in(world, "over", **old, **(judged | {"accepted_on": date(2024, 12, 31)})),
        "stopped": bring_in(
            world, "stopped", **old, state=S.TERMINATED, stopped_on=date(2024, 12, 31), termination_cause="risk"
        ),
        "project": bring_in(world, "project", **old, form=TaskForm.PROJECT, sources=(F.OTHER, F.FOREIGN)),
        "waiting": bring_in(world, "waiting", state=S.PROPOSED),
    }
    add_use(found["over"], date(2025, 12, 31))
    add_use(found["over"], date(2025, 2, 2))
    add_use(found["judged"], date(2026, 1, 1))
    return found


EXPECTED = {
    # row: total, new, carried over, accepted, put into use
    "01": (5, 1, 3, 1, 1),
    "02": (1, 0, 1, 0, 0),
    "04": (4, 1, 2, 1, 1),
    "08": (1, 0, 1, 0, 0),
    "10": (1, 1, 0, 0, 0),
    "13": (2, 1, 1, 0, 0),
    "14": (1, 0, 1, 0, 0),
    "15": (2, 1, 1, 0, 0),
    "16": (1, 0, 1, 0, 0),
    "19": (1, 0, 1, 1, 0),
    "20": (1, 0, 1, 0, 0),
    "37": (1, 0, 1, 0, 0),
    "38": (1, 0, 1, 0, 0),
    "A1": (3, 0, 2, 1, 1),
    "A2": (2, 0, 1, 0, 1),
}
COLUMNS = (Measure.TOTAL, Measure.NEW, Measure.CARRIED_OVER, Measure.ACCEPTED, Measure.PUT_INTO_USE)


def test_the_form_counts_a_world_of_many_years_as_counted_by_hand(world):
    many_years(world)

    counts = filled_form(YEAR, office=world.office).counts

    assert {code: tuple(counts[code][one] for one in COLUMNS) for code in EXPECTED} == EXPECTED
    rest = {code: counts[code][one] for code in counts.keys() - EXPECTED.keys() for one in COLUMNS}
    assert {code for code, number in rest.items() if number} <= {"23", "B1"}


def test_the_records_of_every_figure_add_up_to_it(world):
    many_years(world)
    form = filled_form(YEAR, office=world.office)

    wrong = [
        (row.code, measure)
        for row, measure in itertools.product(form_rows(), COLUMNS)
        if tasks_behind(row, measure, form.period, world.office, None).count() != form.counts[row.code][measure]
    ]

    assert wrong == []


def test_the_whole_form_takes_three_queries_besides_its_rule(world, django_assert_max_num_queries):
    many_years(world)
    say_sex(world.leader, Sex.FEMALE)

    with django_assert_max_num_queries(7):  # on PostgreSQL a setting and its savepoint besides
        filled_form(YEAR, office=world.office)


def test_the_form_of_the_past_does_not_move(world):
    found = many_years(world)
    before = timezone.now()
    add_line(found["new"], F.FIRM)
    add_use(found["new"], date(2025, 6, 6))
    with recording(actor=None, verb="x", label="sửa", on=YEAR_END, imported=True):
        found["going"].rating, found["going"].accepted_on = Rating.PASS, date(2025, 6, 6)
        found["going"].save()

    past, now = (filled_form(YEAR, office=world.office, as_of=at).counts for at in (before, None))

    assert {code: tuple(past[code][one] for one in COLUMNS) for code in EXPECTED} == EXPECTED
    assert (now["16"][Measure.TOTAL], now["01"][Measure.ACCEPTED], now["01"][Measure.PUT_INTO_USE]) == (2, 2, 2)
    row = next(one for one in form_rows() if one.code == "16")
    period = filled_form(YEAR, office=world.office).period
    assert tasks_behind(row, Measure.TOTAL, period, world.office, before).count() == 1


YEAR_END = date(2025, 12, 31)


def test_a_withdrawn_task_and_one_of_another_office_are_not_counted(world):
    task = many_years(world)["new"]
    with recording(actor=None, verb="x", label="thu hồi", on=YEAR_END):
        task.withdrawn_on = YEAR_END
        task.save()
    other = make.make_office("KH")

    assert filled_form(YEAR, office=world.office).counts["01"][Measure.NEW] == 0
    assert filled_form(YEAR, office=other).counts["01"][Measure.TOTAL] == 0


def test_a_confidential_task_is_counted_as_every_other(world):
    bring_in(world, "mật", approved_on=NEW_IN, confidentiality=Confidentiality.CONFIDENTIAL)

    assert filled_form(YEAR, office=world.office).counts["01"][Measure.NEW] == 1


def test_a_code_of_another_list_is_no_research_field(world):
    bring_in(world, "văn bản", approved_on=NEW_IN, field=field_coded("1", scheme="document-kind"))
    form = filled_form(YEAR, office=world.office)

    assert (form.counts["07"][Measure.NEW], form.counts["A1"][Measure.NEW]) == (0, 1)
    row = next(one for one in form_rows() if one.code == "A1")
    assert tasks_behind(row, Measure.NEW, form.period, world.office, None).count() == 1


def say_sex(person, sex):
    profile = ScientistProfile(office=person.office, person=person, updated_on=YEAR_END)
    enter_profile(profile=profile, field="", actor=None, on=YEAR_END)
    keep_private(profile=profile, sex=sex, origin="", actor=None, on=YEAR_END)


def test_women_are_not_counted_while_nobody_says_who_is_one_and_are_once_somebody_does(world):
    leaders = [make.make_person(name, actor=world.specialist) for name in ("Một", "Hai", "Ba")]
    for leader in (*leaders, None):
        bring_in(world, "đề tài", approved_on=NEW_IN, leader=leader)
    say_sex(make.make_person("Người khác", actor=world.specialist), Sex.FEMALE)
    unknown = filled_form(YEAR, office=world.office)
    say_sex(leaders[0], Sex.FEMALE)
    say_sex(leaders[1], Sex.MALE)
    known = filled_form(YEAR, office=world.office)

    assert (unknown.counts["01"][Measure.FEMALE], unknown.without_sex) == (None, 4)
    assert (known.counts["01"][Measure.FEMALE], known.counts["02"][Measure.FEMALE]) == (1, 0)
    assert known.without_sex == 2  # one leader of whom nobody says it, and a task without a leader
    row = form_rows()[0]
    assert tasks_behind(row, Measure.FEMALE, known.period, world.office, None).get().leader == leaders[0]


def test_of_the_past_a_woman_counts_where_she_led_then(world):
    led, leader = many_years(world)["new"], make.make_person("Một", actor=world.specialist)
    say_sex(leader, Sex.FEMALE)
    say_sex(world.leader, Sex.MALE)
    with recording(actor=None, verb="x", label="sửa", on=YEAR_END):
        led.leader = world.leader
        led.save()
    before = timezone.now()
    with recording(actor=None, verb="x", label="sửa", on=YEAR_END):
        led.leader = leader
        led.save()

    past, now = (filled_form(YEAR, office=world.office, as_of=at).counts["01"] for at in (before, None))

    assert (past[Measure.FEMALE], now[Measure.FEMALE]) == (0, 1)


def test_of_a_year_without_tasks_it_is_known_that_no_woman_led_one(world):
    assert filled_form(YEAR, office=world.office).counts["01"][Measure.FEMALE] == 0


def test_no_records_are_shown_behind_a_figure_that_nobody_knows(world):
    bring_in(world, "đề tài", approved_on=NEW_IN)
    period = filled_form(YEAR, office=world.office).period

    assert not tasks_behind(form_rows()[0], Measure.FEMALE, period, world.office, None).exists()


@given(GROUPS)
def test_the_rows_of_the_levels_and_of_the_fields_add_up_to_the_total(groups):
    counts = row_counts(groups)

    for measure in Measure:
        for total, levels, fields, without in (
            ("01", range(2, 7), range(7, 13), "A1"),
            ("20", range(21, 26), range(26, 32), "B1"),
        ):
            of_levels = [counts[f"{number:02d}"][measure] for number in levels]
            of_fields = [counts[f"{number:02d}"][measure] for number in fields]
            assert counts[total][measure] == sum(of_levels) == sum(of_fields) + counts[without][measure]


@given(GROUPS)
def test_both_budgets_of_the_state_lie_between_the_larger_and_the_sum_and_no_source_exceeds_the_total(groups):
    counts = row_counts(groups)

    for measure in Measure:
        for total, both, central, local in (("01", "13", "14", "15"), ("20", "32", "33", "34")):
            parts = counts[central][measure], counts[local][measure]
            assert max(parts) <= counts[both][measure] <= min(sum(parts), counts[total][measure])


def test_the_sources_of_a_task_are_told_apart_by_their_bits():
    assert len(set(BITS.values())) == len(F)
    assert sum(BITS.values()) == 2 ** len(F) - 1


def test_the_rows_are_those_of_the_form_in_its_words():
    file = SHARED / "data" / "st_stat_form_rows_2015.csv"
    if not file.exists() and os.environ.get("CI") != "true":
        pytest.skip("no reference data beside the checkout")
    with file.open(encoding="utf-8", newline="") as said:
        source = {row["row_code"]: row["label_vi"] for row in csv.DictReader(said) if row["form"].startswith("Biểu 04")}
    ours = {row.code: row for row in form_rows() if not row.outside}

    assert list(ours) == list(source)
    assert {code for code, row in ours.items() if row.is_ours} == {c for c, words in source.items() if not words}
    assert all(row.label == source[code] for code, row in ours.items() if not row.is_ours)
    assert all(row.shown.endswith(" *") is row.is_ours for row in ours.values())
    assert [code for code, row in ours.items() if row.is_total] == ["01", "20"]
