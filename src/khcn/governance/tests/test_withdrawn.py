"""Nothing more is written on sessions, conclusions and recommendations that were withdrawn."""

import pytest
from django.urls import reverse

from khcn.assignments.tests.factories import change
from khcn.governance.models import Conclusion
from khcn.governance.services import following
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.reading import accept_remaining
from khcn.governance.states import Outcome
from khcn.governance.tests.factories import (
    HELD_ON,
    READ_ON,
    make_conclusion,
    make_organisation,
    make_paper,
    make_reading,
    make_session_read,
    make_task,
)
from khcn.kernel.sharing.services import release_link
from khcn.kernel.workflow.services import NotPossible

PERIOD = {"period_kind": "nine-month", "year": 2021}


def paper_of(world):
    return make_paper(world.specialist, "1/TB-UBND")


ON_SESSION = {
    "conclusion": lambda s, w: make_conclusion(s, w.specialist),
    "paper": lambda s, w: following.link_notice(session=s, paper=paper_of(w), actor=w.specialist, on=READ_ON),
    "figure": lambda s, w: following.match_figure(
        figure=change_session(s), indicator="", actor=w.specialist, on=READ_ON
    ),
    "report": lambda s, w: following.present_report(
        session=s, report=paper_of(w), actor=w.specialist, on=READ_ON, **PERIOD
    ),
    "release": lambda s, w: following.release_differences(session=s, actor=w.director, on=READ_ON),
    "share": lambda s, w: release_link(record=s, actor=w.director, on=READ_ON),
    "carry out": lambda s, w: following.carry_out_finished(session=s, actor=w.monitor, on=READ_ON),
    "task": lambda s, w: make_task(s.conclusions.first(), w.monitor, lead=w.division),
}


def change_session(session):
    return session.figures.get()


@pytest.mark.parametrize("name", ON_SESSION)
def test_nothing_is_written_on_a_withdrawn_session(world, name):
    session = change(make_session_read(world.specialist), withdrawn_on=READ_ON)

    with pytest.raises(NotPossible, match="đã thu hồi ngày 27/9/2021"):
        ON_SESSION[name](session, world)


def test_a_withdrawn_recommendation_is_neither_sent_nor_answered(world):
    row = change(make_session_read(world.specialist).recommendations.get(), withdrawn_on=READ_ON)
    agency = make_organisation(world.specialist, "Sở Mẫu")
    said = {"outcome": Outcome.ACCEPTED, "answer": "Đồng ý", "answered_on": READ_ON, "papers": [paper_of(world)]}

    with pytest.raises(NotPossible, match="đã thu hồi"):
        following.send_for_study(recommendation=row, by=agency, competence="", actor=world.monitor, on=READ_ON)
    with pytest.raises(NotPossible, match="đã thu hồi"):
        following.answer_recommendation(recommendation=row, actor=world.monitor, on=READ_ON, **said)


def test_a_withdrawn_reading_is_neither_reviewed_nor_confirmed(world):
    reading = make_reading(world.specialist)
    accept_remaining(reading=reading, actor=world.specialist, on=READ_ON)
    change(reading, withdrawn_on=HELD_ON)

    with pytest.raises(NotPossible, match="đã thu hồi"):
        accept_remaining(reading=reading, actor=world.specialist, on=READ_ON)
    with pytest.raises(NotPossible, match="đã thu hồi"):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)


@pytest.mark.parametrize("act", ["cho-xem", "da-thuc-hien"])
def test_the_acts_of_a_withdrawn_session_say_why_not(pages, world, act):
    session = change(make_session_read(world.specialist), withdrawn_on=READ_ON)

    answer = pages("director").post(reverse("governance:session-act", args=[session.code, act]), follow=True)

    assert "đã thu hồi ngày 27/9/2021" in answer.content.decode()


def test_a_conclusion_added_on_the_page_of_a_withdrawn_session_is_refused(pages, world):
    session = change(make_session_read(world.specialist), withdrawn_on=READ_ON)
    before = Conclusion.objects.count()

    answer = pages("specialist").post(reverse("governance:conclusion-add", args=[session.code]), {"title": "Làm ngay"})

    assert (answer.status_code, Conclusion.objects.count()) == (422, before)
