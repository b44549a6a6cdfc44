from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db.models import Count

from khcn.assignments.models import Assignment
from khcn.assignments.selectors import (
    assignments_from,
    assignments_of,
    assignments_to_urge,
    board_conditions,
    board_counts,
    board_state,
    chain_of,
    evidence_of,
    overdue_assignments,
    sees_all_lateness,
    soon_days,
    urging_rules,
)
from khcn.assignments.services import link_chain_paper, release_lateness, report_done, urge
from khcn.assignments.states import AssignmentState, BoardState
from khcn.assignments.tests.factories import make_assignment, make_evidence, walk
from khcn.kernel.obligations.states import UrgingLevel
from khcn.kernel.rulebook.selectors import RuleUnknown

pytestmark = pytest.mark.django_db

S, B = AssignmentState, BoardState
TODAY = date(2021, 10, 15)


@pytest.fixture
def board(world):
    """Return one assignment in each board state on TODAY."""

    def make(state=S.GIVEN, on=date(2021, 10, 1), due_on=date(2021, 10, 10)):
        assignment = make_assignment(world.monitor, lead=world.agency, due_on=due_on)
        return walk(assignment, state, lead=world.agency_user, monitor=world.monitor, on=on)

    return {
        B.OVERDUE: make(),
        B.DUE_SOON: make(due_on=date(2021, 10, 22)),
        B.NOT_DUE: make(due_on=date(2021, 10, 23)),
        B.NO_DEADLINE: make(due_on=None),
        B.AWAITING: make(S.REPORTED_DONE),
        B.SUSPENDED: make(S.SUSPENDED),
        B.DONE: make(S.CLOSED),
        B.DONE_LATE: make(S.CLOSED, on=date(2021, 10, 11)),
        B.CANCELLED: make(S.CANCELLED),
    }


def test_the_board_counts_every_assignment_exactly_once(board):
    counts = board_counts(Assignment.objects.all(), TODAY)

    assert counts == dict.fromkeys(board, 1)


def test_the_state_of_a_row_and_the_filter_of_the_board_agree(board):
    told = {state: board_state(row, TODAY) for state, row in board.items()}
    found = {state: list(Assignment.objects.filter(q)) for state, q in board_conditions(TODAY).items()}

    assert told == {state: state for state in board}
    assert found == {state: [row] for state, row in board.items()}


def test_without_release_those_above_read_states_without_lateness(board):
    counts = board_counts(Assignment.objects.all(), TODAY, withheld=True)

    shown = {state: number for state, number in counts.items() if number}
    assert shown == {B.UNDER_WAY: 3, B.NO_DEADLINE: 1, B.AWAITING: 1, B.SUSPENDED: 1, B.FINISHED: 2, B.CANCELLED: 1}


def test_a_released_assignment_shows_its_lateness_above_and_no_other_does(board, world):
    release_lateness(assignment=board[B.OVERDUE], actor=world.director, at=datetime(2021, 10, 15, tzinfo=UTC))

    counts = board_counts(Assignment.objects.all(), TODAY, withheld=True)
    told = Counter(board_state(row, TODAY, withheld=True) for row in Assignment.objects.all())

    assert {state: number for state, number in counts.items() if number} == told
    assert (told[B.OVERDUE], told[B.UNDER_WAY], told[B.DONE_LATE]) == (1, 2, 0)


def test_only_those_above_need_the_release(world):
    seen = [sees_all_lateness(person) for person in (world.monitor, world.agency_user, world.leader)]

    assert seen == [True, True, False]


def test_overdue_are_the_open_ones_past_their_deadline(board):
    assert list(overdue_assignments(TODAY)) == [board[B.OVERDUE]]


def test_an_organisation_has_what_it_leads_and_what_it_helps(world):
    led = make_assignment(world.monitor, lead=world.agency)
    helped = make_assignment(world.monitor, lead=world.other_agency, coordinators=[world.agency])
    make_assignment(world.monitor, lead=world.other_agency)

    assert set(assignments_of(world.agency)) == {led, helped}


def test_assignments_are_found_by_what_gave_them(world):
    origin = make_evidence(world.office)
    given = make_assignment(world.monitor, lead=world.agency, origin_register=origin.REGISTER, origin_id=origin.pk)
    make_assignment(world.monitor, lead=world.agency)

    assert list(assignments_from(origin)) == list(assignments_from(origin.ref)) == [given]


@pytest.mark.parametrize(
    ("today", "levels"),
    [
        (date(2021, 10, 2), []),  # eight days before
        (date(2021, 10, 3), [UrgingLevel.OFFICER]),  # seven days before
        (date(2021, 10, 6), [UrgingLevel.OFFICER]),
        (date(2021, 10, 7), [UrgingLevel.UNIT_HEAD]),  # three days before
        (date(2021, 10, 10), [UrgingLevel.UNIT_HEAD]),  # the day itself
        (date(2021, 10, 11), [UrgingLevel.DIRECTOR]),  # one day after
        (date(2021, 10, 17), [UrgingLevel.ISSUER]),  # seven days after
        (date(2021, 12, 1), [UrgingLevel.ISSUER]),
    ],
)
def test_reminders_rise_with_the_days_of_the_rulebook(world, rules, today, levels):
    make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 10))

    assert [due.level for due in assignments_to_urge(today)] == levels


def test_a_reminder_already_given_is_not_due_again(world, rules):
    assignment = make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 10))

    urge(assignment=assignment, level=UrgingLevel.OFFICER, text="Nhắc", actor=world.monitor, on=date(2021, 10, 3))

    assert assignments_to_urge(date(2021, 10, 4), office=world.office) == []
    assert [due.level for due in assignments_to_urge(date(2021, 10, 7))] == [UrgingLevel.UNIT_HEAD]


def test_nobody_is_reminded_where_the_rulebook_is_silent(world):
    make_assignment(world.monitor, lead=world.agency, due_on=date(2021, 10, 10))

    with pytest.raises(RuleUnknown, match=r"assignment\.urge\.officer"):
        assignments_to_urge(date(2021, 10, 10))


def test_the_levels_are_shown_as_practice_of_the_office_and_not_as_law(rules):
    shown = urging_rules(TODAY)

    assert [(rule.value, rule.confidence) for rule in shown] == [
        (1, "local"),
        (7, "local"),
        (-7, "local"),
        (-3, "local"),
    ]


def test_nearly_due_follows_the_rulebook_and_has_a_value_without_it(world):
    assert soon_days(TODAY, world.office) == 7


def test_the_chain_leads_from_the_origin_over_the_paper_to_the_lead(world):
    origin = make_assignment(world.monitor, lead=world.other_agency, title="Kết luận mẫu")
    paper = make_assignment(world.monitor, lead=world.other_agency, title="Công văn mẫu")
    assignment = make_assignment(
        world.monitor, lead=world.agency, advise_only=True, origin_register=origin.REGISTER, origin_id=origin.pk
    )

    before = [step.text for step in chain_of(assignment, world.monitor)]
    link_chain_paper(assignment=assignment, paper=paper, actor=world.monitor, on=TODAY)
    after = [step.text for step in chain_of(assignment, world.monitor)]

    assert before == [str(origin), "Chưa có văn bản của Ủy ban nhân dân tỉnh", "Sở Mẫu Chủ trì"]
    assert after == [str(origin), str(paper), "Sở Mẫu Chủ trì"]


def test_the_chain_names_the_giver_where_no_record_may_be_shown(world):
    assignment = make_assignment(world.monitor, lead=world.agency, given_by="Lãnh đạo mẫu")

    assert [step.role for step in chain_of(assignment, world.agency_user)] == ["Nơi giao", "Chủ trì"]


def test_evidence_is_shown_to_those_who_may_see_its_record(world):
    proof = make_assignment(world.monitor, lead=world.other_agency)
    assignment = make_assignment(world.monitor, lead=world.agency)

    report_done(assignment=assignment, text="Xong", on=TODAY, actor=world.agency_user, evidence=[proof])

    assert evidence_of(assignment, world.monitor) == [proof]
    assert evidence_of(assignment, world.agency_user) == []


def test_the_board_costs_one_query_however_long(board, django_assert_num_queries):
    with django_assert_num_queries(1):
        board_counts(Assignment.objects.all(), TODAY)


def test_the_conditions_cover_all_states_of_the_workflow(board):
    conditions = board_conditions(TODAY)

    covered = [Assignment.objects.filter(condition).aggregate(n=Count("pk"))["n"] for condition in conditions.values()]

    assert sum(covered) == Assignment.objects.count()
