from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from khcn.correspondence.models import Paper
from khcn.correspondence.selectors import (
    number_clash,
    papers_of,
    registration_due,
    thread_of,
    waiting_for_instruction,
)
from khcn.correspondence.states import PaperState
from khcn.correspondence.tests.factories import MONDAY, TUESDAY, make_incoming, make_outgoing, make_world
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.search.visibility import tokens_of_record, viewer_of
from khcn.kernel.tests.factories import instant
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.tests.factories import make_agency_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (PaperState.DRAFT, False),  # not yet anyone else's
        (PaperState.SIGNED, False),  # not yet sent
        (PaperState.SENT, True),
        (PaperState.RECALLED, True),  # whoever received it must know that it is recalled
    ],
)
def test_an_agency_sees_what_was_sent_to_it(world, state, seen):
    paper = make_outgoing(world, state=state, addressees=(world.committee,))
    agency = make_agency_user(world.committee)

    assert (paper in Paper.objects.visible_to(agency)) is seen
    assert bool(tokens_of_record(paper) & viewer_of(agency).tokens) is seen


def test_an_agency_sees_nothing_sent_to_others_and_nothing_that_came_in(world):
    make_outgoing(world, state=PaperState.SENT, addressees=("Tổ chức khác",))
    incoming = make_incoming(world)
    agency = make_agency_user(world.committee)

    assert list(Paper.objects.visible_to(agency)) == []
    assert not tokens_of_record(incoming) & viewer_of(agency).tokens


def test_strangers_see_public_papers_only(world):
    public = make_incoming(world, confidentiality=Confidentiality.PUBLIC)
    make_incoming(world, "366/TB-UBND")

    assert list(Paper.objects.visible_to(AnonymousUser())) == [public]


def test_the_papers_of_a_record_are_those_linked_to_it_the_newest_first(world):
    old, new = make_incoming(world, "1/TB-UBND", issued_on=date(2021, 9, 1)), make_incoming(world, "2/TB-UBND")
    make_incoming(world, "3/TB-UBND")
    link_records(source=world.committee, target=old, kind=LinkKind.PAPER, actor=world.clerk)
    link_records(source=world.committee, target=new, kind=LinkKind.PAPER, actor=world.clerk)

    assert list(papers_of(world.committee, world.director)) == [new, old]
    assert list(papers_of(world.committee, AnonymousUser())) == []


def test_papers_without_an_instruction_wait_the_oldest_first(world):
    late = make_incoming(world, "2/TB-UBND")
    early = make_incoming(world, "1/TB-UBND", received_on=MONDAY)
    make_incoming(world, "3/TB-UBND", state=PaperState.INSTRUCTED)
    make_outgoing(world)

    assert list(waiting_for_instruction(world.office)) == [early, late]


def test_an_incoming_number_never_clashes_with_an_outgoing_one(world):
    make_outgoing(world, state=PaperState.SENT, number="365/TB-SKHCN")

    assert number_clash(make_incoming(world, "365/TB-SKHCN")) is None


def test_a_paper_must_be_registered_by_the_next_working_day(world):
    paper = make_incoming(world)

    assert registration_due(paper).effective == date(2021, 9, 22)
    assert registration_due(make_outgoing(world)) is None


def test_an_answer_and_what_it_answers_know_each_other(world):
    question = make_incoming(world)
    answer = make_outgoing(world, reply_to=question)

    assert list(thread_of(question, world.clerk)) == [answer]
    assert list(thread_of(answer, world.clerk)) == [question]


def test_papers_received_within_days_count_both_ends(world):
    make_incoming(world)

    assert Paper.objects.received_within(TUESDAY, TUESDAY).count() == 1
    assert Paper.objects.received_within(MONDAY, MONDAY).count() == 0


def test_the_register_reads_as_it_was_known(world):
    make_incoming(world)

    assert Paper.objects.as_of(instant(date(2020, 1, 1))).count() == 0
    assert Paper.objects.as_of(instant(date(2100, 1, 1))).visible_to(make_agency_user(world.committee)).count() == 0


def test_the_filters_of_the_register_keep_what_they_say(world):
    incoming, outgoing = make_incoming(world), make_outgoing(world, state=PaperState.SENT)
    rows, filters = Paper.objects.all(), {one.name: one for one in register("paper").filters}

    assert list(filters["chieu"].keep(rows, "incoming")) == [incoming]
    assert list(filters["loai"].keep(rows, str(outgoing.kind_id))) == [outgoing]
    assert filters["nam"].choices(world.clerk) == [("2021", "2021")]
    assert filters["co-quan"].choices(world.clerk) == [(str(world.committee.pk), "Ủy ban nhân dân tỉnh")]
    assert (str(outgoing.kind_id), "Báo cáo") in filters["loai"].choices(world.clerk)


def test_the_number_of_a_confidential_paper_is_taken_without_telling_of_the_paper(world):
    hidden = make_incoming(world, title="Nội dung hạn chế", confidentiality=Confidentiality.CONFIDENTIAL)

    with pytest.raises(NotPossible, match=f"đã có văn bản mang số này trong năm: {hidden.code}\\. ") as refusal:
        make_incoming(world)

    assert "Nội dung hạn chế" not in str(refusal.value)


def test_a_confidential_issuer_stands_in_lists_by_its_code_and_in_no_filter_of_others(world):
    make_incoming(world)
    world.committee.confidentiality = Confidentiality.CONFIDENTIAL
    with recording(actor=world.director, verb="change", label="hạn chế"):
        world.committee.save()
    paper = Paper.objects.get()
    issuers = next(one for one in register(Paper.REGISTER).filters if one.name == "co-quan").choices

    assert paper.issuer_text == world.committee.code
    assert (list(issuers(world.clerk)), len(issuers(world.director))) == ([], 1)
