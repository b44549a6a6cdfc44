"""The story: an article becomes a session, conclusions become tasks, evidence closes them, one page tells it."""

from datetime import date

import pytest
from django.urls import reverse

from khcn.assignments.models import Assignment
from khcn.governance.models import SessionReading, WorkingSession
from khcn.governance.states import ConclusionState
from khcn.governance.tests.factories import ARTICLE, finish_task, make_paper


def url(name, *arguments):
    return reverse(f"governance:{name}", args=arguments)


@pytest.mark.scenario
def test_what_a_leader_concluded_is_followed_to_its_evidence(pages, world):
    specialist, monitor = pages("specialist"), pages("monitor")

    specialist.post(url("read"), {"text": ARTICLE})
    reading = SessionReading.objects.get()
    specialist.post(url("reading-accept-all", reading.code))
    specialist.post(url("reading-confirm", reading.code))
    session = WorkingSession.objects.get()
    conclusion = session.conclusions.filter(title__icontains="rà soát").get()
    sent = {"title": "Báo cáo rà soát", "lead": world.division.name, "deadline_text": conclusion.deadline_text}
    monitor.post(
        url("task-give", conclusion.code), {**sent, "assigned_on": "27/9/2021", "issuer_level": "provincial_party"}
    )
    task = Assignment.objects.get()
    proof = make_paper(world.specialist, "77/BC-SKHCN")
    finish_task(task, lead=world.specialist, monitor=world.monitor, proof=proof, on=date(2021, 10, 20))
    monitor.post(url("session-act", session.code, "da-thuc-hien"))

    page = pages("leader").get(url("follow-up", session.code)).content.decode()
    conclusion.refresh_from_db()
    assert task.due_on == date(2021, 10, 31)
    assert conclusion.state == ConclusionState.CARRIED_OUT
    assert "77/BC-SKHCN ngày 24/9/2021" in page
    assert "1 đã xong" in page
