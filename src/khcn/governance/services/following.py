"""Turn conclusions into given tasks, answer recommendations, and let others see differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from khcn.assignments.models import Assignment
from khcn.assignments.services import give_assignment, link_chain_paper
from khcn.governance.models import Conclusion, Recommendation, SessionFigure, WorkingSession
from khcn.governance.permissions import (
    may_follow_conclusions,
    may_record_session,
    may_release_differences,
    may_share_follow_up,
)
from khcn.governance.selectors import all_tasks_finished
from khcn.governance.states import ConclusionState, Outcome, SessionState
from khcn.governance.workflow import CONCLUSION_WORKFLOW, RECOMMENDATION_WORKFLOW, SESSION_WORKFLOW
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.indicators.registry import find_indicator
from khcn.kernel.records.links import Link, LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.standing import refuse_withdrawn
from khcn.language.words import words as _
from khcn.parties.models import Organisation
from khcn.ui import formats

GIVABLE = (ConclusionState.RECORDED, ConclusionState.TASKED)


def plan_session(*, session: WorkingSession, actor: Any, on: date) -> WorkingSession:
    """Enter a session on the leaders' calendar; one whose day has come counts as held.

    Raises: NotPermitted.
    """
    may_record_session(actor, session).enforce()
    with recording(actor=actor, verb="plan", label=_("lập buổi làm việc"), on=on):
        enter(SESSION_WORKFLOW, session, actor=actor, on=on, label=_("lập buổi làm việc"))
        if session.held_on is not None and session.held_on <= on:
            perform(SESSION_WORKFLOW, "hold", session, actor=actor, on=on)
    return session


def record_conclusion(*, conclusion: Conclusion, actor: Any, on: date) -> Conclusion:
    """Enter one sentence of the conclusions of a session; of a confidential one it is confidential too.

    Raises: NotPermitted; NotPossible, if the session is closed.
    """
    session = conclusion.session
    may_record_session(actor, session).enforce()
    refuse_withdrawn(session, _("Ghi ý kiến chỉ đạo"))
    if session.state == SessionState.CLOSED:
        raise NotPossible(session, _("Ghi ý kiến chỉ đạo"), [_("Buổi làm việc đã kết thúc theo dõi.")])
    conclusion.ordinal = session.conclusions.count() + 1
    if session.confidentiality == Confidentiality.CONFIDENTIAL:
        conclusion.confidentiality = Confidentiality.CONFIDENTIAL
        conclusion.division = conclusion.division or session.division
    return enter(CONCLUSION_WORKFLOW, conclusion, actor=actor, on=on, label=_("ghi ý kiến chỉ đạo"))  # type: ignore[return-value]  # the record given


def give_task(
    *,
    conclusion: Conclusion,
    assignment: Assignment,
    actor: Any,
    on: date,
    coordinators: Sequence[Any] = (),
    chain: Sequence[Record] = (),
) -> Assignment:
    """Give a task that carries a conclusion out.

    `chain`: where the department can only advise, the People's Committee's document through which the agency gets the
    task; it is kept as the task's paper. Giving the same task to the same lead twice is refused.
    Raises: NotPermitted; NotPossible.
    """
    may_follow_conclusions(actor, conclusion).enforce()
    assignment.origin_register, assignment.origin_id = conclusion.REGISTER, conclusion.pk
    assignment.origin_text = conclusion.sentence or conclusion.title
    with recording(actor=actor, verb="give-task", label=_("giao nhiệm vụ từ ý kiến chỉ đạo"), on=on):
        conclusion = Conclusion.objects.select_for_update().get(pk=conclusion.pk)
        _refuse_giving(conclusion, assignment)
        given = give_assignment(assignment=assignment, coordinators=coordinators, actor=actor, on=on)
        for paper in chain:
            link_chain_paper(assignment=given, paper=paper, actor=actor, on=on)
        if conclusion.state == ConclusionState.RECORDED:
            perform(CONCLUSION_WORKFLOW, "task", conclusion, actor=actor, on=on)
    return given


def _refuse_giving(conclusion: Conclusion, assignment: Assignment) -> None:
    for record in (conclusion, conclusion.session):
        refuse_withdrawn(record, _("Giao nhiệm vụ"))
    held_on = conclusion.session.held_on
    if held_on is not None and assignment.assigned_on is not None and assignment.assigned_on < held_on:
        reason = _("Ngày giao trước ngày họp {held_on}. Kiểm tra lại ngày giao.").format(held_on=formats.day(held_on))
        raise NotPossible(conclusion, _("Giao nhiệm vụ"), [reason])
    if conclusion.state not in GIVABLE:
        where = CONCLUSION_WORKFLOW.state_label(conclusion.state)
        raise NotPossible(
            conclusion, _("Giao nhiệm vụ"), [_("Ý kiến chỉ đạo đang ở trạng thái «{where}».").format(where=where)]
        )
    twin = (
        Assignment.objects.of_origin(conclusion.ref)
        .standing()
        .filter(
            title=assignment.title,
            lead_organisation=assignment.lead_organisation,
            lead_division=assignment.lead_division,
        )
        .first()
    )
    if twin is not None:
        raise NotPossible(
            conclusion,
            _("Giao nhiệm vụ"),
            [_("Nhiệm vụ này đã giao cho {lead_text}: {code}.").format(lead_text=twin.lead_text, code=twin.code)],
        )


def note_conclusion(*, conclusion: Conclusion, actor: Any, on: date, why: str) -> Conclusion:
    """State that a conclusion asks for nothing that can be followed, with the reason.

    Raises: NotPermitted; NotPossible.
    """
    perform(CONCLUSION_WORKFLOW, "note", conclusion, actor=actor, on=on, note=why)
    return conclusion


def carry_out_finished(*, session: WorkingSession, actor: Any, on: date) -> int:
    """Close every conclusion of the session whose tasks are all closed; returns how many.

    Raises: NotPermitted; NotPossible.
    """
    may_follow_conclusions(actor, session).enforce()
    refuse_withdrawn(session, _("Ghi nhận ý kiến đã thực hiện"))
    done = 0
    with recording(actor=actor, verb="carry-out", label=_("ghi nhận ý kiến đã thực hiện"), on=on):
        for conclusion in session.conclusions.standing().filter(state=ConclusionState.TASKED):
            if all_tasks_finished(conclusion):
                perform(CONCLUSION_WORKFLOW, "carry_out", conclusion, actor=actor, on=on)
                done += 1
    return done


def send_for_study(
    *, recommendation: Recommendation, by: Organisation, competence: str, actor: Any, on: date
) -> Recommendation:
    """Ask an agency to answer a recommendation.

    Raises: NotPermitted; NotPossible.
    """
    refuse_withdrawn(recommendation, _("Chuyển xem xét"))
    recommendation.studied_by, recommendation.competence = by, competence
    perform(RECOMMENDATION_WORKFLOW, "study", recommendation, actor=actor, on=on)
    return recommendation


def answer_recommendation(
    *,
    recommendation: Recommendation,
    outcome: Outcome,
    answer: str,
    answered_on: date,
    papers: Sequence[Record],
    actor: Any,
    on: date,
) -> Recommendation:
    """Record the answer to a recommendation with the document that gives it.

    Raises: NotPermitted; NotPossible, without a document, if the answer precedes the question or is still to come.
    """
    refuse_withdrawn(recommendation, _("Ghi nhận trả lời"))
    if answered_on > on:
        raise NotPossible(
            recommendation,
            _("Ghi nhận trả lời"),
            [_("Ngày trả lời {answered_on} chưa đến.").format(answered_on=formats.day(answered_on))],
        )
    if recommendation.raised_on is not None and answered_on < recommendation.raised_on:
        raise NotPossible(
            recommendation, _("Ghi nhận trả lời"), [_("Ngày trả lời không được trước ngày nêu kiến nghị.")]
        )
    recommendation.outcome, recommendation.answer, recommendation.answered_on = outcome, answer, answered_on
    perform(RECOMMENDATION_WORKFLOW, "answer", recommendation, actor=actor, on=on, evidence=papers)
    return recommendation


def link_notice(*, session: WorkingSession, paper: Record, actor: Any, on: date) -> Link:
    """Link the paper in which the conclusions of a session were received.

    Raises: NotPermitted; NotPossible.
    """
    may_record_session(actor, session).enforce()
    refuse_withdrawn(session, _("Gắn thông báo kết luận"))
    with recording(actor=actor, verb="link-paper", label=_("gắn thông báo kết luận"), on=on):
        return link_records(source=session, target=paper, kind=LinkKind.PAPER, actor=actor)


def match_figure(
    *,
    figure: SessionFigure,
    actor: Any,
    on: date,
    indicator: str,
    explanation: str = "",
    period: tuple[str, int] | None = None,
) -> SessionFigure:
    """Say which indicator of ours a reported figure speaks of, over which period, and why they differ if they do.

    Raises: NotPermitted; NotPossible; UnknownIndicator.
    """
    may_record_session(actor, figure.session).enforce()
    refuse_withdrawn(figure.session, _("Đối chiếu số liệu"))
    if indicator:
        find_indicator(indicator)
    figure.indicator, figure.explanation = indicator, explanation
    figure.period_kind, figure.period_year = period or ("", None)
    label = _("đối chiếu số liệu «{figure}»").format(figure=figure)
    with recording(actor=actor, verb="match-figure", label=label[:200], on=on):
        figure.save()
    return figure


def present_report(
    *, session: WorkingSession, report: Record, actor: Any, on: date, period_kind: str, year: int
) -> WorkingSession:
    """Say which period report was presented at the session.

    Raises: NotPermitted; NotPossible.
    """
    may_record_session(actor, session).enforce()
    refuse_withdrawn(session, _("Gắn báo cáo trình bày"))
    session.report_register, session.report_id = report.REGISTER, report.pk
    session.period_kind, session.period_year = period_kind, year
    with recording(actor=actor, verb="present-report", label=_("gắn báo cáo trình bày"), on=on):
        session.save()
    return session


def release_differences(*, session: WorkingSession, actor: Any, on: date) -> WorkingSession:
    """Let others than the office's staff see how reported figures differ from the registers.

    Raises: NotPermitted; NotPossible.
    """
    may_release_differences(actor, session).enforce()
    refuse_withdrawn(session, _("Cho xem chênh lệch số liệu"))
    if session.released_on is not None:
        return session
    session.released_on, session.released_by = on, actor
    with recording(actor=actor, verb="release-differences", label=_("cho xem chênh lệch số liệu"), on=on):
        session.save()
    return session


def stop_sharing(*, session: WorkingSession, actor: Any, on: date) -> WorkingSession:
    """Close what the QR code opened; codes printed before open nothing any more.

    Raises: NotPermitted.
    """
    may_share_follow_up(actor, session).enforce()
    session.shared_key, session.shared_on, session.shared_by = "", None, None
    with recording(actor=actor, verb="stop-sharing", label=_("thôi mở báo cáo thực hiện bằng mã QR"), on=on):
        session.save()
    return session
