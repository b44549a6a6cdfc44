from __future__ import annotations

from datetime import date

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.workflow.services import NotPossible
from khcn.policies.services import (
    consult_on_document,
    drop_document,
    expire_document,
    issue_document,
    record_appraisal,
    redraft_document,
    replace_document,
    submit_document,
)
from khcn.policies.states import LegalDocumentState
from khcn.policies.tests.factories import ON, make_document, make_user

pytestmark = pytest.mark.django_db

S = LegalDocumentState


def test_a_document_walks_from_proposal_to_issue(world):
    document = make_document(world.specialist, S.ISSUED, division=world.division, number="5/2021/QĐ-UBND")

    assert (document.code, document.state, document.number) == ("QPPL-2021-0001", S.ISSUED, "5/2021/QĐ-UBND")
    assert (document.consulted_from, document.appraised_on, document.submitted_on) == (ON, ON, ON)


@pytest.mark.parametrize(("on", "due"), [(date(2021, 3, 1), date(2021, 3, 31)), (date(2025, 6, 2), date(2025, 6, 23))])
def test_the_time_of_consultation_follows_the_rule_in_force_that_day(world, on, due):
    document = make_document(world.director, S.DRAFTING)

    consult_on_document(document=document, actor=world.director, on=on)

    assert Obligation.objects.about(document.ref).get().effective_on == due


def test_the_appraisal_ends_the_time_of_consultation(world):
    document = make_document(world.director, S.CONSULTING)

    record_appraisal(document=document, appraised_on=ON, number="2/BC", actor=world.director, on=date(2021, 3, 20))

    assert Obligation.objects.about(document.ref).get().closed_on == date(2021, 3, 20)


@pytest.mark.parametrize("values", [{"number": "", "issued_on": ON}, {"number": "5/2021/QĐ-UBND", "issued_on": None}])
def test_an_issue_without_number_or_day_is_refused_with_the_reason(world, values):
    document = make_document(world.director, S.SUBMITTED)

    with pytest.raises(NotPossible, match="Có số, ký hiệu và ngày ban hành"):
        issue_document(document=document, actor=world.director, on=ON, **values)


def test_the_clerk_records_an_issue_but_does_not_draft(world):
    document = make_document(world.director, S.APPRAISED)

    with pytest.raises(NotPermitted):
        submit_document(document=document, actor=world.clerk, on=ON)
    submit_document(document=document, actor=world.director, on=ON)
    issue_document(document=document, number="9/2021/QĐ-UBND", issued_on=ON, actor=world.clerk, on=ON)

    assert document.state == S.ISSUED


def test_a_replaced_document_names_its_successor_and_both_are_linked(world):
    old, new = make_document(world.director, S.ISSUED), make_document(world.director, S.ISSUED)

    replace_document(document=old, successor=new, expired_on=date(2021, 8, 1), actor=world.director, on=ON)

    link = Link.objects.from_(new.ref).get()
    assert (old.state, old.successor, link.kind, link.target) == (S.REPLACED, new, LinkKind.FOLLOWS, old.ref)


def test_a_document_does_not_replace_itself(world):
    document = make_document(world.director, S.ISSUED)

    with pytest.raises(NotPossible, match="Có văn bản thay thế"):
        replace_document(document=document, successor=document, expired_on=ON, actor=world.director, on=ON)


def test_an_expired_document_keeps_day_and_reason(world):
    document = make_document(world.director, S.ISSUED)

    expire_document(document=document, expired_on=date(2021, 12, 31), actor=world.director, on=ON, note="Hết thời hạn")

    assert (document.state, document.expired_on) == (S.EXPIRED, date(2021, 12, 31))


@pytest.mark.parametrize("act", [redraft_document, drop_document])
def test_stopping_or_taking_back_needs_a_reason(world, act):
    document = make_document(world.director, S.CONSULTING)

    with pytest.raises(NotPossible, match="Ghi lý do"):
        act(document=document, actor=world.director, on=ON, note="")
    act(document=document, actor=world.director, on=ON, note="Đổi phạm vi")

    assert document.state in (S.DRAFTING, S.DROPPED)
    assert not Obligation.objects.about(document.ref).open().exists()


def test_nobody_without_a_drafting_role_proposes(world):
    with pytest.raises(NotPermitted):
        make_document(make_user(world.office))
