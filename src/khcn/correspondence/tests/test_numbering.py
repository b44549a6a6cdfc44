from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from khcn.correspondence.models import Paper
from khcn.correspondence.services import recall_paper
from khcn.correspondence.states import PaperState
from khcn.correspondence.tests.factories import FRIDAY, make_incoming, make_outgoing, make_world
from khcn.kernel.workflow.services import NotPossible

SERIALS = st.integers(1, 2)
NUMBERS = st.builds("{}{}/{}-SKHCN".format, st.sampled_from(["", "0"]), SERIALS, st.sampled_from(["TB", "QĐ"]))


def come_in(world, number):
    return make_incoming(world, number)


def go_out(world, number):
    return make_outgoing(world, state=PaperState.SENT, number=number)


def go_out_and_be_recalled(world, number):
    return recall_paper(paper=go_out(world, number), actor=world.director, on=FRIDAY, note="sai")


def taken(act, world, number):
    try:
        act(world, number)
    except NotPossible:
        return False
    return True


class NumbersAreUnique(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from([come_in, go_out, go_out_and_be_recalled]), NUMBERS), max_size=8))
    def test_a_number_is_given_once_in_any_history_and_refused_only_because_it_was_given(self, history):
        world = make_world()

        given_to = [(act is come_in, number.lstrip("0")) for act, number in history if taken(act, world, number)]

        assert len(given_to) == len(set(given_to))
        assert set(given_to) == {(act is come_in, number.lstrip("0")) for act, number in history}
        assert Paper.objects.exclude(serial=None).count() == len(given_to)
