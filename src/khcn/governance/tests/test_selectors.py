"""Reading sessions: figures against the registers, what became of conclusions, what waits."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from khcn.assignments.services import release_lateness
from khcn.governance.following_up import counts_of, follow_lines, progress_steps
from khcn.governance.models import Recommendation, SessionFigure
from khcn.governance.presenting import drill_down, waited_words
from khcn.governance.selectors import (
    Onlooker,
    comparison_of,
    comparisons_of,
    follow_up_of,
    match_name,
    records_cited,
    session_counts,
    session_instant,
    suggest_indicator,
    unanswered_recommendations,
)
from khcn.governance.tests.factories import (
    HELD_ON,
    READ_ON,
    finish_task,
    make_conclusion,
    make_organisation,
    make_paper,
    make_person,
    make_session,
    make_task,
)
from khcn.governance.workflow import RECOMMENDATION_WORKFLOW
from khcn.ip.tests.factories import make_title
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import enter

TODAY = date(2021, 12, 1)
AFTER = timezone.make_aware(datetime(2021, 10, 5))  # noqa: DTZ001 - made aware


def make_figure(session, actor, **values):
    with recording(actor=actor, verb="test", label="ghi số liệu"):
        row = SessionFigure(
            session=session,
            **{"value": Decimal(1), "what": "văn bằng", "indicator": "ip.titles_granted", **values},
        )
        row.save()
    return row


def make_titles(office, actor, *numbers):
    for number in numbers:
        make_title(office, actor, granted_on=date(2021, 5, 4), number=number)


@pytest.fixture
def session(world):
    return make_session(world.specialist, period_kind="nine-month", period_year=2021)


def test_figures_are_compared_at_the_hour_of_the_session_or_the_end_of_its_day(world, session):
    at = timezone.make_aware(datetime(2021, 9, 24, 9))  # noqa: DTZ001 - made aware

    assert timezone.localtime(session_instant(session)).isoformat().startswith("2021-09-24T23:59:59")
    session.held_at = at
    assert session_instant(session) == at


@pytest.mark.parametrize(
    ("comparator", "value", "agrees"),
    [
        ("exact", 0, True),
        ("exact", 3, False),
        ("over", 3, False),
        ("under", 3, True),
        ("about", 0, True),
        ("about", 50, False),
    ],
)
def test_a_figure_agrees_as_exactly_as_it_was_said(world, session, comparator, value, agrees):
    row = make_figure(session, world.specialist, comparator=comparator, value=Decimal(value))

    assert comparison_of(session, row).agrees is agrees


@pytest.mark.parametrize("values", [{"indicator": ""}, {"indicator": "khong.co"}, {"period": "giai đoạn 2016-2020"}])
def test_a_figure_with_nothing_to_set_against_is_not_judged(world, session, values):
    found = comparison_of(session, make_figure(session, world.specialist, **values))

    assert (found.then, found.agrees, found.difference) == (None, None, None)


def test_a_figure_of_another_year_is_compared_over_that_year(world, session):
    row = make_figure(session, world.specialist, period="năm 2019")

    assert comparison_of(session, row).now.period.year == 2019


def test_indicators_are_suggested_by_their_own_words():
    assert suggest_indicator("văn bằng bảo hộ cho các tổ chức", unit="văn bằng bảo hộ") == "ip.titles_granted"
    assert suggest_indicator("giống lúa mới", unit="giống") == ""


def test_of_a_name_nobody_bears_nobody_is_meant(world):
    found = match_name("Tô Văn Hạ", ["Giám đốc"], office=world.office, day=HELD_ON, user=world.specialist)

    assert (found.candidates, found.person, found.doubt) == ((), None, "")


def test_a_bearer_without_known_roles_is_meant(world):
    known = make_person(world.specialist, "Tô Văn Hạ")

    assert (
        match_name("Tô Văn Hạ", ["Giám đốc"], office=world.office, day=HELD_ON, user=world.specialist).person == known
    )


def test_what_became_of_a_sentence_leads_to_its_evidence(world, session):
    task = make_task(make_conclusion(session, world.specialist), world.monitor, lead=world.division)
    proof = make_paper(world.specialist, "77/BC-SKHCN")
    finish_task(task, lead=world.specialist, monitor=world.monitor, proof=proof, on=date(2021, 10, 20))

    (line,) = follow_lines(session, Onlooker(world.monitor), TODAY)

    assert [row.ref for row in line.followed.tasks[0].evidence] == [proof.ref]
    assert [step["state"] for step in progress_steps(line, session)[0]] == ["done", "done", "done", "done"]


def test_the_conclusion_itself_is_not_among_the_papers_of_its_task(world, session):
    make_task(make_conclusion(session, world.specialist), world.monitor, lead=world.division)

    (found,) = follow_up_of(session, Onlooker(world.monitor))

    assert found.tasks[0].papers == ()


def test_a_task_that_is_only_advised_waits_for_the_committees_paper(world, session):
    lead = make_organisation(world.director, "Sở Tài chính")
    make_task(make_conclusion(session, world.specialist), world.monitor, lead=lead, advise_only=True)

    (line,) = follow_lines(session, Onlooker(world.monitor), TODAY)

    steps = progress_steps(line, session)[0]
    assert [(step["label"], step["state"]) for step in steps][2] == ("Chưa có văn bản giao", "current")


def test_lateness_is_hidden_from_those_above_until_it_is_released(world, session):
    task = make_task(
        make_conclusion(session, world.specialist), world.monitor, lead=world.division, due_on=date(2021, 10, 1)
    )

    before = counts_of(follow_lines(session, Onlooker(world.leader), TODAY)).overdue
    release_lateness(assignment=task, actor=world.director, at=AFTER)
    after = counts_of(follow_lines(session, Onlooker(world.leader), TODAY)).overdue

    assert (before, after) == (0, 1)
    assert counts_of(follow_lines(session, Onlooker(world.monitor), TODAY)).overdue == 1


def finished(task, world):
    return finish_task(
        task, lead=world.head, monitor=world.monitor, proof=make_paper(world.clerk, "9/BC-SKHCN"), on=READ_ON
    )


def test_a_conclusion_whose_tasks_have_ended_counts_as_done_before_it_is_confirmed(world, session):
    done, open_one = (make_conclusion(session, world.specialist, name) for name in ("Xong", "Chưa"))
    finished(make_task(done, world.monitor, lead=world.division), world)
    make_task(open_one, world.monitor, lead=world.division)

    counts = counts_of(follow_lines(session, Onlooker(world.leader), TODAY))

    assert (counts.total, counts.done, counts.to_confirm, counts.under_way) == (2, 1, 1, 1)


def test_a_task_kept_from_the_onlooker_still_holds_its_conclusion_open(world, session):
    conclusion = make_conclusion(session, world.specialist)
    finished(make_task(conclusion, world.monitor, lead=world.division), world)
    lead = make_organisation(world.director, "Sở Tài chính")
    make_task(conclusion, world.monitor, lead=lead, confidentiality=Confidentiality.CONFIDENTIAL)

    (line,) = follow_lines(session, Onlooker(world.leader), TODAY)

    assert (len(line.tasks), line.followed.is_finished) == (1, False)


def test_a_qr_code_shows_neither_lateness_nor_what_is_confidential(world, session):
    make_conclusion(session, world.specialist, "Việc hạn chế", confidentiality=Confidentiality.CONFIDENTIAL)
    open_one = make_conclusion(session, world.specialist, "Việc thường")
    make_task(open_one, world.monitor, lead=world.division, due_on=date(2021, 10, 1))

    lines = follow_lines(session, Onlooker(AnonymousUser(), holds_key=True), TODAY)

    assert [line.followed.conclusion.title for line in lines] == ["Việc thường"]
    assert counts_of(lines).overdue == 0


def test_following_up_asks_as_often_for_many_conclusions_as_for_one(world, session, django_assert_num_queries):
    for number in range(6):
        conclusion = make_conclusion(session, world.specialist, f"Việc {number}")
        make_task(conclusion, world.monitor, lead=world.division)
    onlooker = Onlooker(world.monitor)
    onlooker.user.grants  # noqa: B018 - read once a request, by the middleware

    with django_assert_num_queries(4):
        follow_lines(session, onlooker, TODAY)


def test_the_timeline_counts_what_is_settled_and_what_is_late(world, session):
    late = make_conclusion(session, world.specialist, "Việc trễ")
    make_conclusion(session, world.specialist, "Việc mới")
    make_task(late, world.monitor, lead=world.division, due_on=date(2021, 10, 1))

    counts = session_counts([session], world.monitor, TODAY)[session.pk]
    above = session_counts([session], world.leader, TODAY)[session.pk]

    assert (counts.concluded, counts.done, counts.overdue) == (2, 0, 1)
    assert above.overdue == 0


def test_unanswered_recommendations_come_oldest_first(world, session):
    for title, day in (("mới", date(2021, 9, 24)), ("cũ", date(2020, 1, 1))):
        row = Recommendation(office=world.office, title=title, raised_by="Sở", raised_on=day)
        enter(RECOMMENDATION_WORKFLOW, row, actor=world.specialist, on=READ_ON)

    rows = list(unanswered_recommendations(world.monitor))

    assert [row.title for row in rows] == ["cũ", "mới"]
    assert waited_words(rows[1], date(2021, 10, 4)) == "Đã chờ trả lời 10 ngày"


def test_a_paper_is_cited_by_its_number_or_its_code(world):
    paper = make_paper(world.specialist, "365-TB/TU")

    found, unknown = records_cited(f"365-tb/tu, {paper.code}, 1/XX", world.monitor)

    assert {row.ref for row in found} == {paper.ref}
    assert unknown == ["1/XX"]


def test_the_drill_down_tells_what_came_after_the_session(world):
    make_titles(world.office, world.specialist, "4-0001", "4-0002")
    between = timezone.now()
    make_titles(world.office, world.specialist, "4-0003")
    session = make_session(world.specialist, period_kind="nine-month", period_year=2021, held_at=between)
    make_figure(session, world.specialist, value=Decimal(3))
    (one,) = comparisons_of(session)

    records = drill_down(one, world.specialist)

    assert (one.then.value, one.now.value, one.difference) == (2, 3, -1)
    assert (len(records["then"]), len(records["now"]), len(records["added"]), records["removed"]) == (2, 3, 1, [])


def test_the_drill_down_shows_nothing_that_the_viewer_may_not_know(world):
    make_titles(world.office, world.specialist, "4-0001")
    session = make_session(world.specialist, period_kind="nine-month", period_year=2021)
    make_figure(session, world.specialist)
    (one,) = comparisons_of(session)

    assert len(drill_down(one, world.specialist)["now"]) == 1
    assert drill_down(one, world.agency)["now"] == []
