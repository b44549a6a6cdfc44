"""Reading a text, reviewing it, confirming it."""

import json

import pytest

from khcn.governance.models import Attendance, ReadingItem, SessionReading, WorkingSession
from khcn.governance.services.confirming import confirm_reading, doubts_about
from khcn.governance.services.reading import (
    LONGEST_TEXT,
    GivenText,
    accept_remaining,
    add_item,
    decide_item,
    start_reading,
)
from khcn.governance.states import ItemDecision, ItemKind, ReadingState, SessionState
from khcn.governance.tests.factories import (
    ARTICLE,
    HELD_ON,
    READ_ON,
    make_person,
    make_reading,
    make_session,
    make_session_read,
)
from khcn.governance.workflow import READING_WORKFLOW
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.files.reading import SecretDocument
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.parties.models import Person


def accepted(reading, actor):
    accept_remaining(reading=reading, actor=actor, on=READ_ON)
    return reading


def test_a_text_read_puts_nothing_into_a_register(world):
    reading = make_reading(world.specialist)

    assert reading.state == ReadingState.REVIEWING
    assert not WorkingSession.objects.exists()
    assert not Person.objects.exists()


def test_every_proposal_points_at_the_words_it_was_read_from(world):
    reading = make_reading(world.specialist)

    directive = reading.items.of_kind(ItemKind.DIRECTIVE).first()
    photo = reading.items.of_kind(ItemKind.PHOTO).get()

    assert "rà soát các nhiệm vụ chậm tiến độ" in directive.clause
    assert photo.clause == photo.values["caption"]
    assert photo.values["person"] == "Đoàn Khắc Lương"


def test_the_session_is_proposed_with_its_groups_byline_and_period(world):
    session = make_reading(world.specialist).items.of_kind(ItemKind.SESSION).get()

    assert session.values["groups"] == "đại diện các sở, ban, ngành"
    assert session.values["byline"] == "Hà Vũ Lâm"
    assert (session.values["period_kind"], session.values["period_year"]) == ("nine-month", 2021)


def test_a_reported_figure_is_proposed_with_the_indicator_of_the_register(world):
    figure = make_reading(world.specialist).items.of_kind(ItemKind.FIGURE).get()

    assert figure.values["indicator"] == "ip.titles_granted"


def test_the_original_file_stays_with_the_reading(world):
    reading = make_reading(world.specialist, data=ARTICLE.encode(), filename="bai.txt")

    assert [file.filename for file in attachments_of(reading)] == ["bai.txt"]


def test_a_file_that_is_refused_leaves_no_reading_behind(world):
    secret = f"TỐI MẬT\n{ARTICLE}"

    with pytest.raises(SecretDocument):
        make_reading(world.specialist, secret, data=secret.encode(), filename="bai.txt")

    assert not SessionReading.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n", "a" * (LONGEST_TEXT + 1)])
def test_a_text_that_is_empty_or_endless_is_refused_with_the_reason(world, text):
    with pytest.raises(ValueError, match="Chưa đọc được"):
        start_reading(office=world.office, given=GivenText(text=text), actor=world.specialist, on=READ_ON)


@pytest.mark.parametrize("name", ["clerk", "leader", "agency"])
def test_only_those_who_record_sessions_have_a_text_read(world, name):
    with pytest.raises(NotPermitted):
        start_reading(office=world.office, given=GivenText(text=ARTICLE), actor=getattr(world, name), on=READ_ON)


def test_an_edit_replaces_what_it_names_and_keeps_the_machines_proposal(world):
    item = make_reading(world.specialist).items.of_kind(ItemKind.DIRECTIVE).first()
    before = item.proposed["action"]

    decide_item(item=item, decision=ItemDecision.EDITED, values={"action": "Khác"}, actor=world.specialist, on=READ_ON)

    item.refresh_from_db()
    assert (item.values["action"], item.proposed["action"]) == ("Khác", before)
    assert item.values["to"] == item.proposed["to"]


def test_an_edit_without_values_is_refused(world):
    item = make_reading(world.specialist).items.first()

    with pytest.raises(NotPossible, match="giá trị sửa"):
        decide_item(item=item, decision=ItemDecision.EDITED, actor=world.specialist, on=READ_ON)


def test_accepting_what_was_edited_keeps_it_edited(world):
    item = make_reading(world.specialist).items.of_kind(ItemKind.DIRECTIVE).first()
    decide_item(item=item, decision=ItemDecision.EDITED, values={"action": "Khác"}, actor=world.specialist, on=READ_ON)

    decide_item(item=item, decision=ItemDecision.ACCEPTED, actor=world.specialist, on=READ_ON)

    assert item.decision == ItemDecision.EDITED


def test_what_a_person_adds_points_at_the_words_where_the_text_has_them(world):
    reading = make_reading(world.specialist)

    item = add_item(
        reading=reading,
        kind=ItemKind.PERSON,
        values={"name": "Lục Thị Hoa", "roles": []},
        actor=world.specialist,
        on=READ_ON,
    )

    assert item.clause == "Lục Thị Hoa"


def test_a_reading_with_an_open_proposal_is_not_confirmed(world):
    reading = make_reading(world.specialist)

    with pytest.raises(NotPossible, match="đề xuất chưa được"):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)

    assert not WorkingSession.objects.exists()


def test_a_confirmed_reading_fills_the_registers_at_once(world):
    session = make_session_read(world.specialist)

    assert (session.state, session.held_on, session.part_of_day) == (SessionState.HELD, HELD_ON, "Sáng")
    assert session.code == "LV-2021-0001"
    assert session.attendances.count() == 4
    assert session.photos.get().person.title == "Đoàn Khắc Lương"
    assert [row.comparator for row in session.figures.all()] == ["over"]
    assert session.conclusions.count() >= 3
    assert session.recommendations.count() == 1


def test_the_chair_stands_first_among_those_present_and_the_rest_as_the_text_lists_them(world):
    session = make_session_read(world.specialist)

    names = [row.person.title for row in session.attendances.order_by("protocol_rank")]

    assert names == ["Đoàn Khắc Lương", "Lục Thị Hoa", "Vương Đình Thụy", "Mạc Văn Tòng"]


def test_a_conclusion_keeps_its_sentence_addressee_and_deadline(world):
    conclusion = make_session_read(world.specialist).conclusions.filter(title__icontains="cơ chế tài chính").get()

    assert conclusion.addressed_to == "Sở Tài chính"
    assert conclusion.coordinators_said == "Sở Khoa học và Công nghệ"
    assert (conclusion.due_on.isoformat(), conclusion.deadline_precision) == ("2021-12-31", "quarter")


def test_what_was_rejected_enters_no_register(world):
    reading = make_reading(world.specialist)
    person = next(item for item in reading.items.of_kind(ItemKind.PERSON) if item.values["name"] == "Vương Đình Thụy")
    decide_item(item=person, decision=ItemDecision.REJECTED, actor=world.specialist, on=READ_ON)

    confirm_reading(reading=accepted(reading, world.specialist), actor=world.specialist, on=READ_ON)

    assert not Person.objects.filter(title="Vương Đình Thụy").exists()


def test_confirming_twice_writes_once_and_says_where_it_is(world):
    reading = accepted(make_reading(world.specialist), world.specialist)
    confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)

    with pytest.raises(NotPossible, match="LV-2021-0001; không ghi thêm lần nữa"):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)

    assert WorkingSession.objects.count() == 1
    assert Attendance.objects.count() == 4


def test_a_reading_given_up_is_not_confirmed(world):
    reading = accepted(make_reading(world.specialist), world.specialist)
    perform(READING_WORKFLOW, "abandon", reading, actor=world.specialist, on=READ_ON, note="Nhầm bài")

    with pytest.raises(NotPossible, match="đã bỏ"):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)


def test_a_day_without_its_year_must_be_completed_by_a_person(world):
    reading = make_reading(world.specialist)
    item = reading.items.of_kind(ItemKind.SESSION).get()
    decide_item(item=item, decision=ItemDecision.EDITED, values={"date": "--09-24"}, actor=world.specialist, on=READ_ON)

    with pytest.raises(NotPossible, match="đủ ngày, tháng, năm"):
        confirm_reading(reading=accepted(reading, world.specialist), actor=world.specialist, on=READ_ON)


def test_a_second_text_on_the_same_session_adds_to_it(world):
    session = make_session(world.specialist)
    reading = accepted(make_reading(world.specialist), world.specialist)

    found = confirm_reading(reading=reading, session=session, actor=world.specialist, on=READ_ON)

    assert found.pk == session.pk
    assert WorkingSession.objects.count() == 1
    assert session.conclusions.exists()


def test_a_person_known_under_another_spelling_of_the_tone_is_found_again(world):
    known = make_person(world.specialist, "Vương Đình Thuỵ", "Trưởng Ban Tuyên giáo Tỉnh ủy")

    session = make_session_read(world.specialist)

    assert session.attendances.filter(person=known).exists()
    assert Person.objects.filter(title__startswith="Vương Đình").count() == 1


def test_roles_read_are_noted_on_a_person_with_the_day_they_were_known(world):
    make_session_read(world.specialist)

    role = Person.objects.get(title="Lục Thị Hoa").roles.get()

    assert (role.role, role.known_on) == ("Phó Chủ tịch UBND tỉnh", HELD_ON)


def test_a_namesake_of_quite_another_role_is_never_merged_silently(world):
    make_person(world.specialist, "Lục Thị Hoa", "Nghệ nhân làng nghề dệt lụa")
    reading = accepted(make_reading(world.specialist), world.specialist)

    with pytest.raises(NotPossible, match="chọn đúng người"):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)

    assert any("Lục Thị Hoa" in doubt for doubt in doubts_about(reading, world.specialist))


def test_of_two_namesakes_the_reviewer_says_who_is_meant(world):
    make_person(world.specialist, "Lục Thị Hoa", "Phó Chủ tịch UBND tỉnh")
    meant = make_person(world.specialist, "Lục Thị Hoa", "Phó Chủ tịch UBND tỉnh")
    reading = make_reading(world.specialist)
    item = next(item for item in reading.items.of_kind(ItemKind.PERSON) if item.values["name"] == "Lục Thị Hoa")
    decide_item(
        item=item, decision=ItemDecision.EDITED, values={"person": meant.code}, actor=world.specialist, on=READ_ON
    )

    session = confirm_reading(reading=accepted(reading, world.specialist), actor=world.specialist, on=READ_ON)

    assert session.attendances.filter(person=meant).exists()


def test_a_namesake_may_be_entered_as_someone_new(world):
    make_person(world.specialist, "Lục Thị Hoa", "Nghệ nhân làng nghề dệt lụa")
    reading = make_reading(world.specialist)
    item = next(item for item in reading.items.of_kind(ItemKind.PERSON) if item.values["name"] == "Lục Thị Hoa")
    decide_item(item=item, decision=ItemDecision.EDITED, values={"person": "new"}, actor=world.specialist, on=READ_ON)

    confirm_reading(reading=accepted(reading, world.specialist), actor=world.specialist, on=READ_ON)

    assert Person.objects.filter(title="Lục Thị Hoa").count() == 2


def test_a_failure_halfway_leaves_nothing_written(world):
    reading = accepted(make_reading(world.specialist), world.specialist)
    item = reading.items.of_kind(ItemKind.FIGURE).get()
    decide_item(
        item=item, decision=ItemDecision.EDITED, values={"value": "không phải số"}, actor=world.specialist, on=READ_ON
    )

    with pytest.raises(ArithmeticError):
        confirm_reading(reading=reading, actor=world.specialist, on=READ_ON)

    assert not WorkingSession.objects.exists()
    assert not Person.objects.exists()


def test_values_of_proposals_are_plain_json(world):
    make_reading(world.specialist)

    assert all(json.loads(json.dumps(item.values)) == item.values for item in ReadingItem.objects.all())
