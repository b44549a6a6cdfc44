from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khcn.correspondence.models import Paper
from khcn.correspondence.services import (
    Signature,
    SignedCopy,
    change_draft,
    draft_outgoing_paper,
    file_paper,
    instruct,
    mark_handled,
    recall_paper,
    record_signature,
    register_incoming_paper,
    return_draft,
    submit_for_signature,
)
from khcn.correspondence.states import NumberGivenBy, PaperState
from khcn.correspondence.tests.factories import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    give_instruction,
    kind_of,
    make_incoming,
    make_outgoing,
    make_world,
)
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.files.models import AttachmentKind
from khcn.kernel.files.selectors import attachments_of
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.obligations.selectors import inbox_of
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_division, make_office, make_user
from khcn.kernel.workflow.services import NotPossible
from khcn.parties.tests.factories import make_organisation

pytestmark = pytest.mark.django_db

S = PaperState


@pytest.fixture
def world():
    return make_world()


def to_do(paper):
    return list(Obligation.objects.about(paper.ref).open().values_list("kind", "effective_on", "person_id"))


def test_a_paper_that_came_in_is_registered_with_its_number_as_printed(world):
    paper = make_incoming(world, " 0365/TB-UBND ")

    assert (paper.code, paper.state, paper.number) == ("VBDD-2021-0001", S.REGISTERED, "0365/TB-UBND")
    assert (paper.serial, paper.series, paper.year) == (365, "TB-UBND", 2021)
    assert (paper.kind.code, paper.number_given_by) == ("HC-TB", NumberGivenBy.ISSUER)


def test_a_notice_of_the_party_office_is_another_kind_than_one_of_the_committee(world):
    party = make_incoming(world, "365-TB/TU")

    assert party.kind.code == "DANG-TB"


def test_a_number_nobody_can_read_is_kept_as_it_is(world):
    paper = make_incoming(world, "không số")

    assert (paper.number, paper.serial, paper.kind) == ("không số", None, None)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title": " "}, "Thiếu trích yếu"),
        ({"issuer": None}, "Thiếu cơ quan ban hành"),
        ({"received_on": None}, "Thiếu ngày đến"),
        ({"issued_on": None}, "Thiếu ngày văn bản"),
        ({"received_on": date(2021, 9, 1)}, "trước ngày văn bản"),
        ({"received_on": FRIDAY}, "sau ngày vào sổ"),
    ],
)
def test_an_incomplete_paper_is_refused_with_what_it_lacks(world, values, reason):
    with pytest.raises(NotPossible, match=reason):
        make_incoming(world, **values)


@pytest.mark.parametrize("again", ["365/TB-UBND", "0365/TB-UBND", "365 / TB - UBND"])
def test_a_paper_is_not_registered_twice(world, again):
    make_incoming(world, "365/TB-UBND")

    with pytest.raises(NotPossible, match="VBDD-2021-0001"):
        make_incoming(world, again)


def test_the_same_unreadable_number_of_one_day_is_one_paper(world):
    make_incoming(world, "công hàm 7")

    with pytest.raises(NotPossible, match="đã có văn bản mang số này"):
        make_incoming(world, "công hàm 7")


def test_the_same_number_of_another_year_or_agency_is_another_paper(world):
    make_incoming(world)
    other = make_organisation("Văn phòng mẫu", actor=world.clerk)

    make_incoming(world, issued_on=date(2020, 9, 20))
    make_incoming(world, issuer=other)

    assert Paper.objects.count() == 3


def test_the_database_itself_refuses_a_number_twice(world):
    paper = make_incoming(world)
    twin = Paper(
        **{
            name: getattr(paper, name)
            for name in ("office", "issuer", "number", "serial", "series", "year", "direction")
        }
    )

    with pytest.raises(IntegrityError), transaction.atomic(), recording(actor=None, verb="x", label="x", on=MONDAY):
        twin.save()


def test_only_the_clerk_registers(world):
    with pytest.raises(NotPermitted):
        register_incoming_paper(paper=Paper(office=world.office, title="Thư"), actor=world.specialist, on=MONDAY)


def test_a_copy_and_addressees_come_with_the_paper(world):
    paper = Paper(
        office=world.office,
        issuer=world.committee,
        title="Thư",
        number="1/UBND-VX",
        issued_on=MONDAY,
        received_on=MONDAY,
    )

    register_incoming_paper(
        paper=paper,
        actor=world.clerk,
        on=MONDAY,
        addressees=["Sở", " Sở "],
        copy=SignedCopy("thu.txt", b"Noi dung thu mau."),
    )

    assert paper.addressees_text == "Sở"
    assert attachments_of(paper).get().kind == AttachmentKind.ORIGINAL


def test_an_instruction_becomes_a_thing_to_do_for_whom_it_names(world):
    paper = give_instruction(world, make_incoming(world))

    assert to_do(paper) == [("handle-paper", FRIDAY, world.specialist.pk)]
    assert [item.obligation.action for item in inbox_of(world.specialist, TUESDAY)] == [
        "Xử lý văn bản 365/TB-UBND: Phòng tham mưu báo cáo"
    ]
    assert history_of(paper)[0].why == "Phòng tham mưu báo cáo"


def test_a_later_instruction_replaces_the_earlier_one(world):
    paper = give_instruction(world, make_incoming(world))

    give_instruction(world, paper, instruction="Làm ngay", person=None, due_on=None)

    assert to_do(paper) == [("handle-paper", None, None)]
    assert Obligation.objects.filter(cancelled=True).count() == 1


def test_a_person_alone_brings_their_division(world):
    paper = give_instruction(world, make_incoming(world), division=None)

    assert paper.division == world.division


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"instruction": " "}, "nội dung bút phê"),
        ({"division": None, "person": None}, "phòng hoặc người được giao"),
        ({"due_on": MONDAY}, "trước ngày bút phê"),
    ],
)
def test_an_instruction_that_cannot_be_followed_is_refused(world, values, reason):
    paper = make_incoming(world)

    with pytest.raises(NotPossible, match=reason):
        give_instruction(world, paper, **values)


def test_an_instruction_goes_only_to_people_of_the_division_and_the_office(world):
    paper, elsewhere = make_incoming(world), make_division(make_office("BK"), "QLKH")
    other = make_division(world.office, "VP")

    with pytest.raises(NotPossible, match="thuộc cơ quan giữ sổ"):
        give_instruction(world, paper, division=elsewhere, person=None)
    with pytest.raises(NotPossible, match="không thuộc"):
        give_instruction(world, paper, division=other)


def test_the_head_instructs_only_on_papers_of_the_division(world):
    paper = give_instruction(world, make_incoming(world))
    stranger = make_user(Role.DIVISION_HEAD, division=make_division(world.office, "VP"))
    said = {"instruction": "Làm", "division": world.division, "person": None, "due_on": None}

    instruct(paper=paper, on=TUESDAY, actor=world.head, **said)

    with pytest.raises(NotPermitted):
        instruct(paper=paper, on=TUESDAY, actor=stranger, **said)


def test_what_was_dealt_with_leaves_the_inbox(world):
    paper = make_incoming(world, state=S.HANDLED)

    assert (paper.state, paper.handled_on, to_do(paper)) == (S.HANDLED, FRIDAY, [])
    assert not Obligation.objects.filter(cancelled=True).exists()


def test_only_whom_the_paper_was_given_to_says_it_is_done(world):
    paper = make_incoming(world, state=S.INSTRUCTED)
    colleague = make_user(Role.SPECIALIST, division=world.division, username="dong-nghiep")

    with pytest.raises(NotPermitted):
        mark_handled(paper=paper, actor=colleague, on=FRIDAY, note="xong")
    with pytest.raises(NotPossible, match="Ghi lý do"):
        mark_handled(paper=paper, actor=world.specialist, on=FRIDAY, note="")


def test_a_paper_for_information_is_filed_without_an_instruction(world):
    assert make_incoming(world, state=S.FILED).state == S.FILED


def test_a_draft_has_no_number_and_belongs_to_its_writer(world):
    paper = make_outgoing(world)

    assert (paper.state, paper.number, paper.responsible, paper.division) == (
        S.DRAFT,
        "",
        world.specialist,
        world.division,
    )


@pytest.mark.parametrize(
    ("values", "reason"), [({"title": " "}, "Thiếu trích yếu"), ({"number": "1/BC-SKHCN"}, "sau khi ký")]
)
def test_a_draft_without_abstract_or_with_a_number_is_refused(world, values, reason):
    paper = Paper(office=world.office, **{"title": "Báo cáo", **values})

    with pytest.raises(NotPossible, match=reason):
        draft_outgoing_paper(paper=paper, addressees=[], actor=world.specialist, on=MONDAY)


def test_a_draft_is_changed_with_its_addressees_until_it_is_submitted(world):
    paper = make_outgoing(world, addressees=("Phòng A", world.committee))
    paper.issuer = make_organisation(world.office.name, actor=world.clerk)

    change_draft(paper=paper, addressees=[world.committee, "Phòng B"], actor=world.specialist, on=MONDAY)
    submit_for_signature(paper=paper, actor=world.specialist, on=MONDAY)

    assert (paper.addressees_text, paper.issuer) == ("Ủy ban nhân dân tỉnh; Phòng B", None)
    with pytest.raises(NotPossible, match="Chỉ sửa được khi còn là dự thảo"):
        change_draft(paper=paper, addressees=[], actor=world.specialist, on=MONDAY)


def test_a_paper_for_nobody_or_of_no_kind_is_not_submitted(world):
    paper = make_outgoing(world, addressees=(), kind=None)

    with pytest.raises(NotPossible, match=r"Có loại văn bản.*Có nơi nhận"):
        submit_for_signature(paper=paper, actor=world.specialist, on=MONDAY)


def test_a_returned_draft_can_be_submitted_again(world):
    paper = make_outgoing(world, state=S.SUBMITTED)

    return_draft(paper=paper, actor=world.head, on=MONDAY, note="thiếu số liệu")
    submit_for_signature(paper=paper, actor=world.specialist, on=TUESDAY)

    assert paper.state == S.SUBMITTED


def test_the_number_and_the_signed_file_come_back_from_the_document_system(world):
    paper = make_outgoing(world, state=S.SUBMITTED)
    signature = Signature("012/BC-SKHCN", TUESDAY, signer_role="KT. GIÁM ĐỐC")

    record_signature(
        paper=paper, signature=signature, actor=world.clerk, on=TUESDAY, copy=SignedCopy("12.txt", b"Ban da ky.")
    )

    assert (paper.state, paper.number, paper.serial, paper.issued_on) == (S.SIGNED, "012/BC-SKHCN", 12, TUESDAY)
    assert (paper.number_given_by, paper.signer_text) == (NumberGivenBy.DOCUMENT_SYSTEM, "KT. GIÁM ĐỐC")
    assert attachments_of(paper).get().kind == AttachmentKind.SIGNED


@pytest.mark.parametrize(
    ("number", "signed_on", "reason"),
    [
        ("không rõ", TUESDAY, "Không đọc được"),
        ("12/BC-STC", TUESDAY, "không phải của"),
        ("12/BC-SKHCN", FRIDAY, "sau ngày ghi"),
    ],
)
def test_a_number_that_cannot_be_is_refused(world, number, signed_on, reason):
    paper = make_outgoing(world, state=S.SUBMITTED)

    with pytest.raises(NotPossible, match=reason):
        record_signature(paper=paper, signature=Signature(number, signed_on), actor=world.clerk, on=TUESDAY)


def test_a_paper_drafted_for_the_committee_bears_the_committees_number(world):
    paper = make_outgoing(
        world, issuer=world.committee, kind=kind_of("QPPL-QD-UBND"), state=S.SIGNED, number="05/2021/QĐ-UBND"
    )

    assert (paper.is_normative, paper.year) == (True, 2021)


def test_the_number_of_a_recalled_paper_is_never_used_again(world):
    recalled = make_outgoing(world, state=S.RECALLED)

    with pytest.raises(NotPossible, match="số của văn bản thu hồi không dùng lại"):
        make_outgoing(world, state=S.SIGNED)
    assert recalled.number == "12/BC-SKHCN"


def test_a_number_may_return_in_another_year(world):
    make_outgoing(world, state=S.SENT)

    assert make_outgoing(world, state=S.SENT, signed_on=date(2022, 1, 5)).year == 2022


def test_a_signed_paper_is_to_be_sent_by_the_next_working_day(world):
    paper = make_outgoing(world, state=S.SIGNED)

    assert to_do(paper) == [("send-paper", date(2021, 9, 22), world.specialist.pk)]


def test_sending_or_recalling_stops_the_clock(world):
    sent = make_outgoing(world, state=S.SENT)
    recalled = make_outgoing(world, state=S.SIGNED, number="13/BC-SKHCN")

    recall_paper(paper=recalled, actor=world.clerk, on=FRIDAY, note="theo lệnh Giám đốc")

    assert (to_do(sent), to_do(recalled), sent.sent_on) == ([], [], TUESDAY)


def test_an_incoming_paper_its_issuer_recalls_leaves_the_inbox(world):
    paper = make_incoming(world, state=S.INSTRUCTED)

    recall_paper(paper=paper, actor=world.clerk, on=FRIDAY, note="nơi gửi thu hồi")

    assert (paper.state, to_do(paper)) == (S.RECALLED, [])
    assert Obligation.objects.filter(cancelled=True).count() == 1


def test_a_recall_says_why_and_is_not_a_specialists_to_make(world):
    paper = make_outgoing(world, state=S.SENT)

    with pytest.raises(NotPossible):
        recall_paper(paper=paper, actor=world.director, on=FRIDAY, note=" ")
    with pytest.raises(NotPermitted):
        recall_paper(paper=paper, actor=world.specialist, on=FRIDAY, note="sai")


def test_a_sent_paper_is_filed_by_who_wrote_it(world):
    assert file_paper(paper=make_outgoing(world, state=S.SENT), actor=world.specialist, on=FRIDAY).state == S.FILED
