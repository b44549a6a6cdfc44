"""Let members ask in writing before the meeting, and keep what the side of the dossier answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from khcn.councils.models import Council, Matter, Question, Seat
from khcn.councils.permissions import may_ask_as, may_run
from khcn.councils.services.holding import hold
from khcn.councils.states import BEFORE_THE_MEETING
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible
from khcn.language.words import words as _
from khcn.ui import formats

ASKING = _("Gửi câu hỏi")
ANSWERING = _("Ghi trả lời")


def ask_question(*, matter: Matter, seat: Seat, text: str, actor: Any, on: date) -> Question:
    """Ask something of a dossier in the name of a member.

    Raises: NotPermitted; NotPossible, before the decision, once slips are open, or without a question.
    """
    may_ask_as(actor, seat).enforce()
    council = matter.council
    with recording(actor=actor, verb="ask", label=_("gửi câu hỏi về hồ sơ"), on=on):
        _hold_before_the_meeting(council, ASKING)
        if seat.council_id != council.pk or not text.strip():
            raise NotPossible(council, ASKING, [_("Ghi câu hỏi của một thành viên hội đồng.")])
        question = Question(matter=matter, seat=seat, asked_by=str(seat), text=text.strip(), asked_on=on)
        question.save()
    return question


def answer_question(*, question: Question, answer: str, answered_on: date, actor: Any, on: date) -> Question:
    """Keep what the side of the dossier answered; written again it takes the place of what stood before.

    Raises: NotPermitted; NotPossible, once slips are open, without an answer, or for a day before the question or still
    to come.
    """
    council = question.matter.council
    may_run(actor, council).enforce()
    with recording(actor=actor, verb="answer", label=_("ghi trả lời câu hỏi"), on=on):
        _hold_before_the_meeting(council, ANSWERING)
        if not answer.strip():
            raise NotPossible(council, ANSWERING, [_("Ghi nội dung trả lời.")])
        if not question.asked_on <= answered_on <= on:
            words = _("Ngày trả lời phải từ ngày hỏi {asked} đến ngày ghi {on}.")
            days = {"asked": formats.day(question.asked_on), "on": formats.day(on)}
            raise NotPossible(council, ANSWERING, [words.format(**days)])
        question.answer, question.answered_on = answer.strip(), answered_on
        question.save()
    return question


def _hold_before_the_meeting(council: Council, label: str) -> None:
    hold(council, label)
    if council.state not in BEFORE_THE_MEETING:
        raise NotPossible(council, label, [_("Hỏi và trả lời bằng văn bản sau khi có quyết định, trước khi mở phiếu.")])
