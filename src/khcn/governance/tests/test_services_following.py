"""Giving tasks from conclusions, closing them by evidence, answering recommendations, releasing."""

from datetime import date

import pytest

from khcn.assignments.models import Assignment
from khcn.governance.models import Conclusion, Recommendation
from khcn.governance.services.following import (
    answer_recommendation,
    carry_out_finished,
    give_task,
    link_notice,
    match_figure,
    note_conclusion,
    record_conclusion,
    release_differences,
    send_for_study,
    stop_sharing,
)
from khcn.governance.states import ConclusionState, Outcome, RecommendationState, SessionState
from khcn.governance.tests.factories import (
    HELD_ON,
    READ_ON,
    finish_task,
    make_conclusion,
    make_organisation,
    make_paper,
    make_session,
    make_session_read,
    make_task,
)
from khcn.governance.workflow import RECOMMENDATION_WORKFLOW, SESSION_WORKFLOW
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.indicators.registry import UnknownIndicator
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.workflow.services import NotPossible, enter, perform

LATER = date(2021, 10, 20)


@pytest.fixture
def conclusion(world):
    return make_conclusion(make_session(world.specialist), world.specialist, sentence="Yêu cầu rà soát nhiệm vụ chậm.")


@pytest.fixture
def recommendation(world):
    row = Recommendation(office=world.office, title="Bố trí kinh phí", raised_by="Sở", raised_on=HELD_ON)
    return enter(RECOMMENDATION_WORKFLOW, row, actor=world.specialist, on=READ_ON)


def test_a_session_planned_for_a_coming_day_is_not_held_yet(world):
    session = make_session(world.specialist, held_on=date(2021, 12, 1))

    assert session.state == SessionState.PLANNED


def test_a_task_given_carries_the_sentence_and_moves_the_conclusion_on(world, conclusion):
    task = make_task(conclusion, world.monitor, lead=world.division)

    conclusion.refresh_from_db()
    assert conclusion.state == ConclusionState.TASKED
    assert (task.origin, task.origin_text) == (conclusion.ref, "Yêu cầu rà soát nhiệm vụ chậm.")


def test_the_committees_paper_stays_in_the_chain_of_a_task_that_is_only_advised(world, conclusion):
    paper = make_paper(world.specialist, "1200/UBND-KGVX")
    lead = make_organisation(world.director, "Sở Tài chính")
    task = Assignment(
        office=world.office, title="Cơ chế tài chính", assigned_on=READ_ON, lead_organisation=lead, advise_only=True
    )

    give_task(conclusion=conclusion, assignment=task, chain=[paper], actor=world.monitor, on=READ_ON)

    assert Link.objects.from_(task.ref).filter(kind=LinkKind.PAPER).get().target == paper.ref


def test_the_same_task_is_not_given_to_the_same_lead_twice(world, conclusion):
    make_task(conclusion, world.monitor, lead=world.division)

    with pytest.raises(NotPossible, match="đã giao cho"):
        make_task(conclusion, world.monitor, lead=world.division)

    assert Assignment.objects.count() == 1


def test_a_conclusion_may_have_several_tasks(world, conclusion):
    make_task(conclusion, world.monitor, lead=world.division)
    make_task(conclusion, world.monitor, lead=make_organisation(world.director, "Sở Tài chính"))

    assert Assignment.objects.of_origin(conclusion.ref).count() == 2


def test_nothing_is_given_from_a_conclusion_that_is_only_noted(world, conclusion):
    note_conclusion(conclusion=conclusion, actor=world.monitor, on=READ_ON, why="Nhận định chung")

    with pytest.raises(NotPossible, match="Chỉ để biết"):
        make_task(conclusion, world.monitor, lead=world.division)


@pytest.mark.parametrize("name", ["specialist", "clerk", "leader", "agency"])
def test_only_the_monitor_and_directors_give_tasks(world, conclusion, name):
    with pytest.raises(NotPermitted):
        make_task(conclusion, getattr(world, name), lead=world.division)

    assert Conclusion.objects.get().state == ConclusionState.RECORDED


def test_a_conclusion_is_carried_out_when_its_tasks_are_closed_with_evidence(world, conclusion):
    task = make_task(conclusion, world.monitor, lead=world.division)
    proof = make_paper(world.specialist, "77/BC-SKHCN")
    finish_task(task, lead=world.specialist, monitor=world.monitor, proof=proof, on=LATER)

    done = carry_out_finished(session=conclusion.session, actor=world.monitor, on=LATER)

    conclusion.refresh_from_db()
    assert (done, conclusion.state) == (1, ConclusionState.CARRIED_OUT)


def test_a_conclusion_with_an_open_task_stays_open(world, conclusion):
    make_task(conclusion, world.monitor, lead=world.division)

    assert carry_out_finished(session=conclusion.session, actor=world.monitor, on=LATER) == 0


def test_a_session_is_closed_only_when_every_conclusion_is_settled(world, conclusion):
    session = conclusion.session
    perform(SESSION_WORKFLOW, "conclude", session, actor=world.specialist, on=READ_ON)

    with pytest.raises(NotPossible, match="Mọi ý kiến chỉ đạo"):
        perform(SESSION_WORKFLOW, "close", session, actor=world.monitor, on=READ_ON)

    note_conclusion(conclusion=conclusion, actor=world.monitor, on=READ_ON, why="Nhận định chung")
    perform(SESSION_WORKFLOW, "close", session, actor=world.monitor, on=READ_ON)
    assert session.state == SessionState.CLOSED


def test_a_closed_session_takes_no_more_conclusions(world, conclusion):
    session = conclusion.session
    note_conclusion(conclusion=conclusion, actor=world.monitor, on=READ_ON, why="Nhận định chung")
    perform(SESSION_WORKFLOW, "conclude", session, actor=world.specialist, on=READ_ON)
    perform(SESSION_WORKFLOW, "close", session, actor=world.monitor, on=READ_ON)

    with pytest.raises(NotPossible, match="kết thúc theo dõi"):
        record_conclusion(
            conclusion=Conclusion(office=world.office, session=session, title="Thêm"),
            actor=world.specialist,
            on=READ_ON,
        )


def test_a_recommendation_is_answered_with_a_paper_outcome_and_day(world, recommendation):
    paper = make_paper(world.specialist, "90/UBND-TH")

    answer_recommendation(
        recommendation=recommendation,
        outcome=Outcome.ACCEPTED,
        answer="Đồng ý",
        answered_on=LATER,
        papers=[paper],
        actor=world.monitor,
        on=LATER,
    )

    assert recommendation.state == RecommendationState.ANSWERED


@pytest.mark.parametrize(
    ("answered_on", "number", "reason"), [(LATER, "", "minh chứng"), (date(2021, 9, 1), "90/UBND-TH", "trước ngày nêu")]
)
def test_an_answer_needs_its_paper_and_follows_the_question(world, recommendation, answered_on, number, reason):
    papers = [make_paper(world.specialist, number)] if number else []

    with pytest.raises(NotPossible, match=reason):
        answer_recommendation(
            recommendation=recommendation,
            outcome=Outcome.ACCEPTED,
            answer="Đồng ý",
            answered_on=answered_on,
            papers=papers,
            actor=world.monitor,
            on=LATER,
        )


def test_a_recommendation_sent_for_study_keeps_who_studies_it(world, recommendation):
    by = make_organisation(world.director, "Sở Tài chính")

    send_for_study(recommendation=recommendation, by=by, competence="UBND tỉnh", actor=world.monitor, on=READ_ON)

    assert (recommendation.state, recommendation.studied_by) == (RecommendationState.UNDER_STUDY, by)


def test_a_figure_is_matched_only_with_an_indicator_that_exists(world):
    figure = make_session_read(world.specialist).figures.get()

    with pytest.raises(UnknownIndicator):
        match_figure(figure=figure, indicator="khong.co", actor=world.specialist, on=READ_ON)


def test_the_notice_of_conclusions_is_linked_to_its_session(world, conclusion):
    paper = make_paper(world.specialist, "365-TB/TU")

    link_notice(session=conclusion.session, paper=paper, actor=world.specialist, on=READ_ON)

    assert Link.objects.from_(conclusion.session.ref).get().target == paper.ref


def test_releasing_differences_keeps_who_and_when_and_is_said_once(world, conclusion):
    session = release_differences(session=conclusion.session, actor=world.director, on=READ_ON)

    release_differences(session=session, actor=world.director, on=LATER)

    assert (session.released_on, session.released_by) == (READ_ON, world.director)


@pytest.mark.parametrize("act", [release_differences, stop_sharing])
def test_only_a_director_releases_and_shares(world, conclusion, act):
    with pytest.raises(NotPermitted):
        act(session=conclusion.session, actor=world.monitor, on=READ_ON)


def test_a_task_is_not_given_before_the_session_was_held(world):
    conclusion = make_conclusion(make_session(world.specialist), world.specialist)

    with pytest.raises(NotPossible, match="Ngày giao trước ngày họp 24/9/2021"):
        make_task(conclusion, world.monitor, lead=world.division, assigned_on=date(1950, 1, 1))


def test_a_recommendation_is_not_answered_on_a_day_still_to_come(world):
    row = make_session_read(world.specialist).recommendations.get()
    said = {"outcome": Outcome.ACCEPTED, "answer": "Đồng ý", "papers": [make_paper(world.specialist, "1/UBND")]}

    with pytest.raises(NotPossible, match="chưa đến"):
        answer_recommendation(recommendation=row, answered_on=date(2099, 1, 1), actor=world.monitor, on=READ_ON, **said)
