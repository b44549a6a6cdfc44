from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from khcn.kernel.indicators.selectors import figure, report_period
from khcn.policies.indicators import legal_documents_issued, programmes_issued
from khcn.policies.services import expire_document
from khcn.policies.states import LegalDocumentState, ProgrammeKind, ProgrammeState
from khcn.policies.tests.factories import make_document, make_programme

pytestmark = pytest.mark.django_db

DAYS = [
    date(2020, 12, 14),
    date(2020, 12, 15),
    date(2020, 12, 31),
    date(2021, 9, 14),
    date(2021, 9, 15),
    date(2021, 9, 24),
]
IN_PERIOD = slice(1, 4)


@pytest.fixture
def period(world):
    found, _ = report_period("nine-month", 2021, office=world.office)
    return found


def value(code, period, world, as_of=None):
    return int(figure(code, period=period, office=world.office, as_of=as_of).value)


def test_legal_documents_are_counted_by_their_day_of_issue(world, period):
    rows = [make_document(world.director, LegalDocumentState.ISSUED, issued_on=day) for day in DAYS]
    make_document(world.director, LegalDocumentState.ISSUED, advised_by_department=False)
    make_document(world.director, LegalDocumentState.SUBMITTED)

    assert value("policies.legal_documents_issued", period, world) == 3
    assert set(legal_documents_issued(period, None, world.office)) == set(rows[IN_PERIOD])


def test_a_later_end_does_not_undo_an_issue(world, period):
    document = make_document(world.director, LegalDocumentState.ISSUED)

    expire_document(
        document=document, expired_on=date(2021, 8, 1), actor=world.director, on=date(2021, 8, 1), note="Hết hạn"
    )

    assert value("policies.legal_documents_issued", period, world) == 1


def test_programmes_are_counted_by_their_day_and_kind(world, period):
    rows = [make_programme(world.director, ProgrammeState.ISSUED, issued_on=day) for day in DAYS]
    carried_out = make_programme(world.director, ProgrammeState.CARRIED_OUT, kind=ProgrammeKind.SCHEME)
    make_programme(world.director, ProgrammeState.ISSUED, kind=ProgrammeKind.PROJECT)
    make_programme(world.director, ProgrammeState.ISSUED, kind=ProgrammeKind.PARTY_RESOLUTION)
    make_programme(world.director, ProgrammeState.ISSUED, advised_by_department=False)

    assert value("policies.programmes_issued", period, world) == 4
    assert set(programmes_issued(period, None, world.office)) == {*rows[IN_PERIOD], carried_out}


@pytest.mark.parametrize("code", ["policies.legal_documents_issued", "policies.programmes_issued"])
def test_the_past_figure_does_not_move_when_more_is_issued(world, period, code):
    make_document(world.director, LegalDocumentState.ISSUED)
    make_programme(world.director, ProgrammeState.ISSUED)
    instant = timezone.now()

    make_document(world.director, LegalDocumentState.ISSUED)
    make_programme(world.director, ProgrammeState.ISSUED)

    assert (value(code, period, world, as_of=instant), value(code, period, world)) == (1, 2)
