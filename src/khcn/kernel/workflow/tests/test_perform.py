from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import TextChoices

from khcn.kernel.access.decisions import NotPermitted, requires
from khcn.kernel.access.roles import Role
from khcn.kernel.identity.services import delegate
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.history import history_of
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.tests.factories import TITLES, TODAY, make_office, make_title, make_user
from khcn.kernel.workflow.services import NotPossible, enter, perform
from khcn.kernel.workflow.table import (
    Evidence,
    Note,
    Requirement,
    StateInfo,
    TimeLimit,
    Tone,
    Transition,
    Workflow,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
DAY = date(2021, 9, 14)


class S(TextChoices):
    FILED = "filed", "Đã nộp"
    CHECKED = "checked", "Đã xem"
    DONE = "done", "Xong"


def may(actor, _record):
    return requires(actor.holds(Role.SPECIALIST), "Chỉ chuyên viên.")


TABLE = Workflow(
    key="mẫu",
    label="Mẫu",
    states=S,
    initial=S.FILED,
    info={state: StateInfo(Tone.NOT_DUE, "pencil", "Ai đó", "Một trạng thái.") for state in S},
    transitions=(
        Transition(
            "check",
            frozenset({S.FILED}),
            S.CHECKED,
            "Xem",
            "đã xem",
            may,
            "Chuyên viên",
            requires=(Requirement("Có phạm vi bảo hộ.", lambda record: bool(record.goods), "Điền ở mục Phạm vi."),),
            starts=TimeLimit("quyết định", "Quyết định", "mẫu", until=("decide",)),
        ),
        Transition(
            "decide",
            frozenset({S.CHECKED}),
            S.DONE,
            "Quyết định",
            "đã quyết định",
            may,
            "Chuyên viên",
            note=Note.REQUIRED,
            evidence=Evidence.REQUIRED,
        ),
    ),
)


@pytest.fixture
def actor():
    with recording(actor=None, verb="make", label="lập"):
        Rule(key="mẫu", label="Mẫu", value="2wd", legal_basis="QĐ mẫu").save()
    return make_user(Role.SPECIALIST)


def make_record(**values):
    record = register(TITLES).model(office=make_office(), title="Mẫu", kind="mark", **{"goods": "Chè", **values})
    return enter(TABLE, record, actor=None, on=DAY)


def test_a_new_record_enters_in_the_initial_state_with_a_code(actor):
    record = make_record()

    assert (record.state, record.code) == ("filed", "VB-2021-0001")


def test_a_step_moves_the_state_and_saves_what_else_was_set(actor):
    record = make_record()
    record.application_number = "4-2021-1"

    perform(TABLE, "check", record, actor=actor, on=DAY)

    found = type(record).objects.get()
    assert (found.state, found.application_number) == ("checked", "4-2021-1")


def test_history_says_the_verb_the_reason_and_the_states_of_a_step(actor):
    record = make_record()

    perform(TABLE, "check", record, actor=actor, on=DAY, note="đủ hồ sơ")

    entry = history_of(record)[0]
    assert (entry.label, entry.why, entry.actor) == ("đã xem", "đủ hồ sơ", str(actor))
    assert [(field.label, field.new) for field in entry.fields] == [("Trạng thái", "checked")]


def test_whoever_may_not_take_a_step_is_told_why_and_nothing_happens(actor):
    record = make_record()

    with pytest.raises(NotPermitted, match="Chỉ chuyên viên"):
        perform(TABLE, "check", record, actor=make_user(Role.CLERK), on=DAY)

    assert type(record).objects.get().state == "filed"


def test_every_reason_against_a_step_is_told_at_once(actor):
    record = make_record(goods="")

    with pytest.raises(NotPossible) as refusal:
        perform(TABLE, "decide", record, actor=actor, on=DAY, note="  ")

    assert refusal.value.reasons == (
        "Hồ sơ đang ở trạng thái «Đã nộp», không làm được bước này.",
        "Ghi lý do hoặc nội dung của bước này.",
        "Thiếu minh chứng: gắn văn bản hoặc hồ sơ chứng minh kết quả.",
    )
    assert record.code in refusal.value.for_people()


def test_an_unmet_requirement_is_told_with_what_to_do(actor):
    with pytest.raises(NotPossible, match=r"Có phạm vi bảo hộ\. Điền ở mục Phạm vi\."):
        perform(TABLE, "check", make_record(goods=""), actor=actor, on=DAY)


def test_a_step_opens_an_obligation_by_its_time_limit_and_another_closes_it(actor):
    record = make_record()
    perform(TABLE, "check", record, actor=actor, on=DAY)
    opened = Obligation.objects.get()

    perform(TABLE, "decide", record, actor=actor, on=date(2021, 9, 16), note="ok", evidence=[make_title()])

    closed = Obligation.objects.get()
    assert (opened.action, opened.effective_on, opened.closed_on) == ("Quyết định", date(2021, 9, 16), None)
    assert closed.closed_on == date(2021, 9, 16)


def test_evidence_is_linked_once_however_often_it_is_named(actor):
    record, proof = make_record(), make_title("bằng chứng")
    perform(TABLE, "check", record, actor=actor, on=DAY)

    perform(TABLE, "decide", record, actor=actor, on=DAY, note="ok", evidence=[proof, proof])

    link = Link.objects.get()
    assert (link.kind, link.source, link.target) == (LinkKind.EVIDENCE, record.ref, proof.ref)


def test_a_step_sent_twice_is_taken_once(actor):
    record = make_record()
    second = type(record).objects.get()
    perform(TABLE, "check", record, actor=actor, on=DAY)

    with pytest.raises(NotPossible, match="«Đã xem»"):
        perform(TABLE, "check", record, actor=actor, on=DAY)
    with pytest.raises(NotPossible, match=r"vừa được chuyển sang «Đã xem»\. Tải lại trang"):
        perform(TABLE, "check", second, actor=actor, on=DAY)

    assert (Obligation.objects.count(), second.state) == (1, "filed")


def test_a_step_that_fails_half_way_leaves_nothing_behind(actor):
    record = make_record()
    with recording(actor=None, verb="remove", label="bỏ"):
        Rule.objects.get().remove()

    with pytest.raises(Exception, match="chưa có giá trị «mẫu»"):
        perform(TABLE, "check", record, actor=actor, on=DAY)

    assert (type(record).objects.get().state, record.state, Obligation.objects.count()) == ("filed", "filed", 0)


@pytest.mark.parametrize(
    ("role", "goods", "offered"),
    [(Role.SPECIALIST, "Chè", [("check", True)]), (Role.SPECIALIST, "", [("check", False)]), (Role.CLERK, "Chè", [])],
)
def test_a_person_is_offered_the_steps_that_are_theirs_possible_or_not(actor, role, goods, offered):
    offers = TABLE.offers(make_user(role, username="ai đó"), make_record(goods=goods))

    assert [(offer.transition.name, offer.possible) for offer in offers] == offered


def test_states_have_their_names_and_what_people_need_to_know():
    assert (TABLE.state_label("done"), TABLE.state_info("done").owner) == ("Xong", "Ai đó")


def director_only(actor, _record):
    return requires(actor.holds(Role.DIRECTOR), "Chỉ lãnh đạo Sở.")


@pytest.mark.parametrize(
    ("own", "may", "told"),
    [
        ((Role.CLERK,), director_only, "Người an (thay Người giam-doc)"),  # only the handed role allows it
        ((Role.SPECIALIST,), may, "Người an"),  # their own role allows it
    ],
)
def test_history_says_for_whom_a_step_was_taken_by_delegation(own, may, told):
    director, an = make_user(Role.DIRECTOR, username="giam-doc"), make_user(*own, username="an")
    delegate(actor=director, role=Role.DIRECTOR, to=an, valid_from=TODAY, valid_to=TODAY, on=TODAY)
    step = replace(TABLE.transitions[0], may=may, requires=(), starts=None)
    title = make_title()

    perform(replace(TABLE, transitions=(step,)), "check", title, actor=an.act_on(TODAY), on=TODAY)

    assert history_of(title)[0].actor == told


def test_a_delegation_ends_by_itself_with_its_last_day():
    director, an = make_user(Role.DIRECTOR, username="giam-doc"), make_user(Role.CLERK, username="an")
    delegate(actor=director, role=Role.DIRECTOR, to=an, valid_from=TODAY, valid_to=TODAY, on=TODAY)
    step = replace(TABLE.transitions[0], may=director_only, requires=(), starts=None)

    with pytest.raises(NotPermitted):
        perform(
            replace(TABLE, transitions=(step,)),
            "check",
            make_title(),
            actor=an.act_on(TODAY + timedelta(days=1)),
            on=TODAY,
        )


def test_a_condition_on_other_rows_is_asked_again_once_the_record_is_held(actor):
    answers = [True, False]  # what another wrote between the first question and the lock
    check = replace(TABLE.transitions[0], requires=(Requirement("Còn đủ.", lambda _record: answers.pop(0)),))
    table = replace(TABLE, transitions=(check,))
    title = make_title(state=S.FILED, goods="Chè")

    with pytest.raises(NotPossible, match="Còn đủ"):
        perform(table, "check", title, actor=actor, on=DAY)

    title.refresh_from_db()
    assert title.state == S.FILED
