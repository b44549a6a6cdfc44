"""A figure equals the aggregate of its records, now and as of any instant; later changes never move a past figure."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum as DatabaseSum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from khcn.ip.models import ForeignRegistration, ProtectionTitle, TitleHolder
from khcn.ip.states import ForeignState, TitleKind, TitleState
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.models import Office
from khcn.kernel.indicators.comparison import Reading, contributions
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.registry import Sum, indicators
from khcn.kernel.indicators.selectors import figure
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.parties.models import Organisation
from khcn.reporting.comparing import explanation

pytestmark = [pytest.mark.postgresql]

PERIOD = Period("nine-month", 2021, date(2020, 12, 15), date(2021, 9, 14))
COMPARED_PERIODS = (
    PERIOD,
    Period("nine-month", 2020, date(2019, 12, 15), date(2020, 12, 14)),
    Period("statistics-year", 2021, date(2021, 1, 1), date(2021, 12, 31)),
)
DAYS = st.dates(date(2020, 12, 10), date(2021, 9, 20))
TITLE_ACTS = st.tuples(
    st.integers(0, 4),
    DAYS,
    st.sampled_from([TitleState.FILED, TitleState.GRANTED, TitleState.LAPSED, TitleState.REFUSED]),
    st.booleans(),
    st.sampled_from(["keep", "withdraw", "remove-holder"]),
)
FOREIGN_ACTS = st.tuples(st.integers(0, 3), DAYS, st.sampled_from(list(ForeignState)))


class World:
    """A few registers to which random acts happen; every act is followed by a reading of all figures."""

    def __init__(self) -> None:
        self.office = Office.objects.create(
            code="TN", name="Sở", short_name="Sở", symbol="SKHCN", parent_name="UBND", seat="TN"
        )
        self.titles: dict[int, ProtectionTitle] = {}
        self.foreign: dict[int, ForeignRegistration] = {}
        self.readings: list[tuple] = []
        with self.act():
            self.owner = Organisation(office=self.office, title="Chủ", state="active")
            self.owner.save()

    def act(self):
        return recording(actor=None, verb="test", label="thử", on=date(2021, 1, 1), imported=True)

    def touch_title(self, place, day, state, in_province, extra):
        title = self.titles.get(place) or ProtectionTitle(office=self.office, title=f"T{place}", kind=TitleKind.MARK)
        title.granted_on, title.state = day, state
        title.withdrawn_on = day if extra == "withdraw" else None
        with self.act():
            title.save()
            holder = title.holders.first()
            if holder is None:
                TitleHolder(title=title, organisation=self.owner, in_province=in_province).save()
            elif extra == "remove-holder":
                holder.remove()
            else:
                holder.in_province = in_province
                holder.save()
        self.titles[place] = title

    def touch_foreign(self, place, day, state):
        row = self.foreign.get(place) or ForeignRegistration(office=self.office, title=f"F{place}", territory="Nước")
        row.started_on, row.state = day, state
        with self.act():
            row.save()
        self.foreign[place] = row

    def read(self):
        instant = timezone.now()
        for found in indicators():
            if found.select is not None:
                self.readings.append((instant, found, *self.reading(found, None)))

    def reading(self, found, as_of):
        done = figure(found.code, period=PERIOD, office=self.office, as_of=as_of)
        keys = sorted(done.records.values_list("code", flat=True))
        if isinstance(found.measure, Sum):
            again = done.records.aggregate(n=DatabaseSum(found.measure.column))["n"] or Decimal(0)
        else:
            again = Decimal(len(keys))
        assert done.value == again, found.code
        return done.value, keys


class FiguresOverRandomHistories(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.one_of(TITLE_ACTS, FOREIGN_ACTS), min_size=1, max_size=8))
    def test_every_past_figure_stays_what_it_was(self, acts):
        world = World()
        for act in acts:
            (world.touch_title if len(act) == 5 else world.touch_foreign)(*act)
            world.read()

        again = [(found.code, *world.reading(found, instant)) for instant, found, _, _ in world.readings]

        assert again == [(found.code, value, keys) for _, found, value, keys in world.readings]

    @settings(max_examples=10, deadline=None)
    @given(st.lists(TITLE_ACTS, min_size=1, max_size=5))
    def test_before_the_first_record_every_figure_is_nothing(self, acts):
        before = timezone.now() - timedelta(days=1)
        world = World()
        for act in acts:
            world.touch_title(*act)

        values = {world.reading(found, before)[0] for found in indicators() if found.select is not None}

        assert values <= {Decimal(0)}


class DifferencesOverRandomHistories(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.one_of(TITLE_ACTS, FOREIGN_ACTS), min_size=1, max_size=6), st.data())
    def test_what_is_listed_adds_up_to_the_difference(self, acts, data):
        world = World()
        instants = [timezone.now()]
        for act in acts:
            (world.touch_title if len(act) == 5 else world.touch_foreign)(*act)
            instants.append(timezone.now())
        reading = st.builds(Reading, st.sampled_from(COMPARED_PERIODS), st.sampled_from([*instants, None]))
        before, after = data.draw(reading), data.draw(reading)
        director = make_user(Role.DIRECTOR, office=world.office)

        for found in indicators():
            if found.select is not None:
                rows = contributions(found.code, before, after, office=world.office)
                hidden = {}
                for reader in (director, None):
                    told = explanation(found.code, before, after, office=world.office, reader=reader)
                    listed = [one.contribution.amount for one in (*told.added, *told.taken, *told.changed)]
                    hidden[reader] = told.hidden

                    assert sum(listed, told.unnamed_amount) == told.figure.difference, found.code

                assert sum((row.amount for row in rows), Decimal(0)) == told.figure.difference, found.code
                assert hidden == {director: 0, None: len(rows)}, found.code  # nothing here is public
