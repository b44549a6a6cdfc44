"""To whom the pages of sessions, readings, conclusions and recommendations open."""

from __future__ import annotations

from functools import partial

from khcn.governance.models import Conclusion, Recommendation, SessionReading, WorkingSession
from khcn.governance.permissions import (
    DIRECTOR_WORDS,
    MONITOR_WORDS,
    RECORDER_WORDS,
    may_follow_conclusions,
    may_record_session,
)
from khcn.kernel.access.gates import Audience, Gate, add_gates
from khcn.language.words import words as _

READERS = _("Ai được biết hồ sơ, trong cơ quan của mình")
QR = _("Ai được biết buổi làm việc; ai có mã QR khi lãnh đạo Sở mở")
DIFFERENCES = _("Cán bộ của Sở; người khác khi lãnh đạo Sở cho xem")
FOLLOWED = _("Người đã đăng nhập; chỉ có ý kiến của buổi làm việc mình được biết")
SESSION, READING = WorkingSession.REGISTER, SessionReading.REGISTER

_of_session = partial(Gate, register=SESSION, own_office=True)
_of_reading = partial(Gate, register=READING, own_office=True)
_following = partial(Gate, words=MONITOR_WORDS, may=may_follow_conclusions, own_office=True)

add_gates(
    Gate("governance:sessions", _("Người đã đăng nhập; chỉ thấy buổi làm việc mình được biết")),
    Gate("governance:overall", FOLLOWED),
    Gate("governance:overall-paper", FOLLOWED),
    Gate("governance:session-plan", RECORDER_WORDS, may=may_record_session),
    Gate("governance:read", RECORDER_WORDS, may=may_record_session),
    _of_reading("governance:reading", READERS),
    _of_reading("governance:reading-confirm", RECORDER_WORDS, guards=()),
    _of_reading("governance:reading-accept-all", RECORDER_WORDS, may=may_record_session, guards=("POST",)),
    _of_reading("governance:reading-abandon", RECORDER_WORDS, guards=()),
    _of_reading("governance:item-add", RECORDER_WORDS, may=may_record_session),
    _of_reading("governance:item-accept", RECORDER_WORDS, owned=True),
    _of_reading("governance:item-edit", RECORDER_WORDS, owned=True),
    _of_reading("governance:item-reject", RECORDER_WORDS, owned=True),
    _of_session("governance:session", READERS),
    _of_session("governance:session-step", RECORDER_WORDS, guards=()),
    _of_session("governance:session-act", DIRECTOR_WORDS, guards=()),
    _of_session("governance:session-notice", RECORDER_WORDS, may=may_record_session),
    _of_session("governance:conclusion-add", RECORDER_WORDS, may=may_record_session),
    _of_session("governance:figure", DIFFERENCES, owned=True),
    _of_session("governance:figure-match", RECORDER_WORDS, owned=True),
    Gate("governance:follow-up", QR, Audience.EVERYONE, register=SESSION, standing=True),
    Gate("governance:follow-up-paper", QR, Audience.EVERYONE, register=SESSION, standing=True),
    _following("governance:task-give", register=Conclusion.REGISTER),
    _following("governance:conclusion-note", register=Conclusion.REGISTER),
    Gate("governance:recommendations", _("Người đã đăng nhập; chỉ thấy kiến nghị mình được biết")),
    _following("governance:recommendation-answer", register=Recommendation.REGISTER),
    _following("governance:recommendation-study", register=Recommendation.REGISTER),
)
