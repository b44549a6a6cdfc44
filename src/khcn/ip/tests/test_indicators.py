"""A world counted by hand: which titles and registrations the figures of nine months 2021 hold."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from khcn.ip.models import ForeignRegistration
from khcn.ip.services import add_holder, start_foreign_registration
from khcn.ip.tests.factories import make_organisation, make_title
from khcn.ip.workflow import FOREIGN_WORKFLOW, TITLE_WORKFLOW
from khcn.kernel.access.roles import Role
from khcn.kernel.indicators.periods import period_from_rule
from khcn.kernel.indicators.selectors import figure
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import perform

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
NINE = period_from_rule("nine-month", 2021, {"from": [-1, 12, 15], "to": [0, 9, 14]})
DAY, AFTER = date(2021, 9, 14), date(2021, 9, 15)


@pytest.fixture
def actor():
    return make_user(Role.DIRECTOR)


def read(code, as_of=None):
    return figure(code, period=NINE, office=make_office(), as_of=as_of)


def act(**values):
    return recording(actor=None, verb="test", label="thử", **values)


def granted(actor, day, number, **values):
    return make_title(make_office(), actor, granted_on=day, number=number, **values)


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2020, 12, 14), 0),  # the day before the period begins
        (date(2020, 12, 15), 1),  # its first day, in the year before
        (date(2020, 12, 31), 1),
        (date(2021, 9, 14), 1),  # the cut-off
        (date(2021, 9, 15), 0),  # after it
        (date(2021, 9, 24), 0),  # the day of the meeting
        (None, 0),  # only applied for
    ],
)
def test_a_title_counts_by_the_day_of_its_grant(actor, day, counted):
    granted(actor, day, "1")

    assert read("ip.titles_granted").value == counted


def test_the_records_of_the_figure_add_up_to_it(actor):
    days = (date(2020, 12, 20), date(2021, 3, 1), date(2021, 9, 14), date(2021, 9, 15), date(2020, 9, 14))
    titles = [granted(actor, day, str(number)) for number, day in enumerate(days)]

    found = read("ip.titles_granted")

    assert set(found.records) == set(titles[:3])
    assert found.value == found.records.count() == 3


def test_a_title_whose_holders_are_all_elsewhere_does_not_count(actor):
    title = granted(actor, DAY, "1")
    holder = title.holders.get()
    holder.in_province = False
    with act():
        holder.save()

    assert read("ip.titles_granted").value == 0


def test_a_title_of_several_holders_counts_once(actor):
    title = granted(actor, DAY, "1")
    with act(on=DAY):
        add_holder(title=title, party=make_organisation(make_office(), "Hai"))
        add_holder(title=title, party=make_organisation(make_office(), "Ba"), in_province=False)

    assert (title.holders.count(), read("ip.titles_granted").value) == (3, 1)


def test_a_later_lapse_does_not_undo_the_grant(actor):
    title = granted(actor, DAY, "1")

    perform(TITLE_WORKFLOW, "lapse", title, actor=actor, on=date(2021, 9, 20), note="không nộp phí")

    assert read("ip.titles_granted").value == 1


def test_a_withdrawn_title_does_not_count_but_did_before(actor):
    title = granted(actor, DAY, "1")
    then = timezone.now()
    title.withdrawn_on, title.withdrawal_reason = date(2021, 9, 20), "nhập trùng"
    with act():
        title.save()

    assert [read("ip.titles_granted", at).value for at in (then, None)] == [1, 0]


def test_a_correction_of_the_day_moves_the_figure_of_now_and_not_that_of_then(actor):
    title = granted(actor, DAY, "1")
    then = timezone.now()
    title.granted_on = date(2021, 9, 15)
    with act():
        title.save()

    assert [read("ip.titles_granted", at).value for at in (then, None)] == [1, 0]


def test_the_titles_of_another_office_are_its_own(actor):
    other = make_office("BK")
    make_title(other, make_user(Role.DIRECTOR, office=other, username="bk"), granted_on=DAY)

    assert read("ip.titles_granted").value == 0


def abroad(actor, started_on, steps, **decided):
    row = ForeignRegistration(office=make_office(), title="Chè", territory="Nước", started_on=started_on)
    start_foreign_registration(registration=row, actor=actor, on=DAY)
    for name, day in decided.items():
        setattr(row, name, day)
    for step in steps:
        perform(FOREIGN_WORKFLOW, step, row, actor=actor, on=DAY, note="ghi")
    return row


@pytest.mark.parametrize(
    ("started_on", "steps", "decided", "counted"),
    [
        (date(2019, 5, 1), (), {}, 1),  # begun years ago, still prepared
        (date(2021, 9, 14), ("file",), {}, 1),  # filed on the last day
        (date(2021, 9, 15), ("file",), {}, 0),  # begun after the period
        (date(2021, 3, 1), ("file", "register"), {"registered_on": DAY}, 0),  # protected on the last day
        (date(2021, 3, 1), ("file", "register"), {"registered_on": AFTER}, 1),  # protected after it
        (date(2021, 3, 1), ("file", "refuse"), {"refused_on": DAY}, 0),  # refused on the last day
        (date(2021, 3, 1), ("file", "refuse"), {"refused_on": AFTER}, 1),  # refused after it
        (None, ("file",), {}, 0),  # nobody knows since when
    ],
)
def test_a_registration_abroad_is_under_way_from_its_start_until_it_is_decided(
    actor, started_on, steps, decided, counted
):
    abroad(actor, started_on, steps, **decided)

    found = read("ip.marks_abroad_under_way")

    assert found.value == found.records.count() == counted


@pytest.mark.parametrize(("announced_on", "counted"), [(AFTER, 1), (DAY, 0), (None, 0)])
def test_protection_of_unknown_day_counts_from_its_announcement(actor, announced_on, counted):
    row = abroad(actor, date(2018, 3, 1), ("file", "register"), registered_on=DAY)
    row.registered_on, row.announced_on = None, announced_on
    with act():
        row.save()

    assert read("ip.marks_abroad_under_way").value == counted
