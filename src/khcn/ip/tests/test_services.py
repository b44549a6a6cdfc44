from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khcn.ip.models import ForeignRegistration, ProtectionTitle
from khcn.ip.services import (
    enter_title,
    grant_title,
    record_foreign_protection,
    record_foreign_refusal,
    start_foreign_registration,
)
from khcn.ip.states import ForeignState, TitleKind, TitleState
from khcn.ip.tests.factories import make_organisation, make_title
from khcn.ip.workflow import FOREIGN_WORKFLOW, TITLE_WORKFLOW
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.records.links import Link
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_office, make_user
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.parties.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
DAY = date(2021, 9, 14)


@pytest.fixture
def actor():
    return make_user(Role.SPECIALIST)


def make_registration(actor, **values):
    row = ForeignRegistration(office=make_office(), title="Chè mẫu", territory="Hàn Quốc", **values)
    return start_foreign_registration(registration=row, actor=actor, on=DAY)


def test_an_application_is_entered_with_all_its_holders(actor):
    person = Person(office=make_office(), title="Nguyễn Văn Mẫu")
    with recording(actor=None, verb="make", label="lập", on=DAY):
        person.save()
    title = ProtectionTitle(office=make_office(), title="Nhãn mẫu", kind=TitleKind.MARK)

    enter_title(title=title, holders=[make_organisation(make_office()), person], actor=actor, on=DAY)

    assert (title.state, title.holders_text) == (TitleState.FILED, "Hợp tác xã mẫu; Nguyễn Văn Mẫu")


def test_an_application_of_another_office_is_not_entered(actor):
    title = ProtectionTitle(office=make_office("BK"), title="Nhãn mẫu", kind=TitleKind.MARK)

    with pytest.raises(NotPermitted, match="cơ quan khác"):
        enter_title(title=title, holders=[], actor=actor, on=DAY)

    assert ProtectionTitle.objects.count() == 0


def test_a_grant_keeps_number_day_and_evidence(actor):
    title, proof = make_title(make_office(), actor), make_title(make_office(), actor, number="2")

    grant_title(title=title, title_number="4-123", granted_on=DAY, actor=actor, on=DAY, evidence=[proof])

    found = ProtectionTitle.objects.get(pk=title.pk)
    assert (found.state, found.title_number, found.granted_on) == (TitleState.GRANTED, "4-123", DAY)
    assert Link.objects.get().target == proof.ref


def test_a_grant_without_a_number_is_refused_and_leaves_the_application_as_it_was(actor):
    title = make_title(make_office(), actor)

    with pytest.raises(NotPossible, match="Có số văn bằng và ngày cấp"):
        grant_title(title=title, title_number="", granted_on=DAY, actor=actor, on=DAY)

    assert (title.state, ProtectionTitle.objects.get().granted_on) == (TitleState.FILED, None)


def test_a_title_is_granted_once(actor):
    title = make_title(make_office(), actor, granted_on=DAY)

    with pytest.raises(NotPossible, match="«Đã cấp văn bằng»"):
        grant_title(title=title, title_number="khác", granted_on=DAY, actor=actor, on=DAY)

    assert ProtectionTitle.objects.get().title_number == "4-0001"


def test_two_titles_of_one_kind_do_not_share_a_number(actor):
    make_title(make_office(), actor, granted_on=DAY, number="1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_title(make_office(), actor, granted_on=DAY, number="1")


@pytest.mark.parametrize("step", ["refuse", "lapse"])
def test_an_end_needs_its_reason(actor, step):
    title = make_title(make_office(), actor, granted_on=DAY if step == "lapse" else None)

    with pytest.raises(NotPossible, match="Ghi lý do"):
        perform(TITLE_WORKFLOW, step, title, actor=actor, on=DAY)
    perform(TITLE_WORKFLOW, step, title, actor=actor, on=DAY, note="có lý do")

    assert title.state in {TitleState.REFUSED, TitleState.LAPSED}


def test_a_mark_is_protected_abroad_after_it_was_filed_there(actor):
    row = make_registration(actor, started_on=date(2021, 3, 1))

    with pytest.raises(NotPossible, match="«Đang chuẩn bị đơn»"):
        record_foreign_protection(registration=row, registered_on=DAY, actor=actor, on=DAY)
    perform(FOREIGN_WORKFLOW, "file", row, actor=actor, on=DAY)
    record_foreign_protection(registration=row, registered_on=DAY, actor=actor, on=DAY)

    found = ForeignRegistration.objects.get()
    assert (found.state, found.registered_on) == (ForeignState.REGISTERED, DAY)


def test_a_refusal_abroad_keeps_its_day_and_reason(actor):
    row = make_registration(actor, started_on=date(2021, 3, 1))
    perform(FOREIGN_WORKFLOW, "file", row, actor=actor, on=DAY)

    with pytest.raises(NotPossible, match="Ghi lý do"):
        record_foreign_refusal(registration=row, refused_on=DAY, actor=actor, on=DAY, note="")
    record_foreign_refusal(registration=row, refused_on=DAY, actor=actor, on=DAY, note="trùng dấu hiệu có trước")

    found = ForeignRegistration.objects.get()
    assert (found.state, found.refused_on) == (ForeignState.REFUSED, DAY)


@pytest.mark.parametrize("role", [Role.CLERK, Role.PROVINCIAL_LEADER])
def test_others_start_nothing_abroad(role):
    with pytest.raises(NotPermitted):
        make_registration(make_user(role))
