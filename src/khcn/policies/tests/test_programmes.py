from __future__ import annotations

from datetime import date

import pytest

from khcn.assignments.models import Assignment
from khcn.assignments.services import cancel_assignment
from khcn.assignments.tests.factories import change
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Role
from khcn.kernel.indicators.registry import UnknownIndicator
from khcn.kernel.indicators.selectors import report_period, target
from khcn.kernel.records.links import Link, LinkKind
from khcn.kernel.workflow.services import NotPossible
from khcn.policies.selectors import execution_items
from khcn.policies.services import (
    adopt_target,
    conclude_programme,
    drop_programme,
    give_execution_item,
    record_result,
    redraft_programme,
    set_target_year,
)
from khcn.policies.states import ProgrammeState
from khcn.policies.tests.factories import ON, make_organisation, make_programme, make_target, make_user

pytestmark = pytest.mark.django_db

S = ProgrammeState


def work(world, **fields):
    lead = make_organisation(world.office)
    return Assignment(office=world.office, title="Việc mẫu", assigned_on=ON, lead_organisation=lead, **fields)


def test_a_programme_walks_from_draft_to_carrying_out(world):
    programme = make_programme(
        world.specialist, S.CARRIED_OUT, division=world.division, first_year=2021, last_year=2025
    )

    assert (programme.code, programme.state, programme.years_text) == ("CTKH-2021-0001", S.CARRIED_OUT, "2021–2025")


def test_an_execution_item_is_given_work_that_names_its_programme(world):
    programme = make_programme(world.director, S.ISSUED)

    item = give_execution_item(programme=programme, assignment=work(world), actor=world.director, on=ON)

    assert list(execution_items(programme)) == [item]
    assert (item.origin, item.origin_text) == (programme.ref, "1/KH-UBND Kế hoạch mẫu")
    assert Link.objects.from_(item.ref).get().kind == LinkKind.BASIS


@pytest.mark.parametrize("state", [S.DRAFTING, S.SUBMITTED])
def test_no_work_is_given_by_a_programme_not_issued(world, state):
    programme = make_programme(world.director, state)

    with pytest.raises(NotPossible, match="chưa ban hành"):
        give_execution_item(programme=programme, assignment=work(world), actor=world.director, on=ON)


def test_a_programme_is_concluded_once_nothing_is_owed(world):
    programme = make_programme(world.director, S.CARRIED_OUT)
    item = give_execution_item(programme=programme, assignment=work(world), actor=world.director, on=ON)

    with pytest.raises(NotPossible, match="Mọi việc giao"):
        conclude_programme(programme=programme, actor=world.director, on=ON)
    cancel_assignment(assignment=item, on=ON, actor=world.director, note="Gộp việc")
    conclude_programme(programme=programme, actor=world.director, on=ON)

    assert (programme.state, programme.concluded_on) == (S.CONCLUDED, ON)


def test_a_target_of_an_unknown_indicator_is_refused(world):
    with pytest.raises(UnknownIndicator):
        make_target(make_programme(world.director), world.director, indicator="khong.co")


def test_an_adopted_target_is_read_by_reports_with_its_source(world):
    programme = make_programme(world.director, S.ISSUED)
    wanted = make_target(programme, world.director, indicator="policies.programmes_issued", source="mục II", value=12)
    period, _ = report_period("year", 2021, office=world.office)

    adopt_target(year=wanted.years.get(), actor=world.director, on=ON)
    changed = set_target_year(target=wanted, year=2021, value=15, actor=world.director, on=ON, why="QĐ điều chỉnh")
    adopt_target(year=changed, actor=world.director, on=ON)

    figure = target("policies.programmes_issued", period=period, office=world.office)
    assert (figure.value, figure.source) == (15, "1/KH-UBND mục II")


@pytest.mark.parametrize(
    ("state", "fields", "reason"),
    [
        (S.DRAFTING, {"indicator": "policies.programmes_issued"}, "chưa ban hành"),
        (S.ISSUED, {}, "chưa gắn với chỉ số"),
        (S.ISSUED, {"indicator": "policies.programmes_issued", "value": None}, "chưa có giá trị"),
    ],
)
def test_what_is_no_number_of_an_issued_programme_is_not_adopted(world, state, fields, reason):
    wanted = make_target(make_programme(world.director, state), world.director, **fields)

    with pytest.raises(NotPossible, match=reason):
        adopt_target(year=wanted.years.get(), actor=world.director, on=ON)


def test_a_result_links_what_proves_it(world):
    programme, proof = make_programme(world.director, S.ISSUED), make_programme(world.director)

    result = record_result(programme=programme, text="Đã tập huấn", actor=world.director, on=ON, evidence=[proof])

    assert (result.evidence_refs, Link.objects.from_(programme.ref).get().target) == ([str(proof.ref)], proof.ref)


def test_a_result_is_refused_where_it_says_nothing_or_speaks_of_another_programme(world):
    programme, other = make_programme(world.director, S.ISSUED), make_programme(world.director, S.ISSUED)
    foreign = make_target(other, world.director)

    with pytest.raises(NotPossible, match=r"Ghi kết quả bằng lời\. Chỉ tiêu thuộc chương trình khác\."):
        record_result(programme=programme, text=" ", target=foreign, actor=world.director, on=ON)


def test_stopping_or_taking_back_a_programme_keeps_the_reason(world):
    programme = make_programme(world.director, S.SUBMITTED)

    redraft_programme(programme=programme, actor=world.director, on=ON, note="Bổ sung kinh phí")
    drop_programme(programme=programme, actor=world.director, on=ON, note="Đã có chương trình khác")

    assert programme.state == S.DROPPED


def test_another_division_does_not_set_targets(world):
    programme = make_programme(world.director, division=world.division)

    with pytest.raises(NotPermitted):
        make_target(programme, make_user(world.office, Role.SPECIALIST))


def test_a_withdrawn_programme_gets_neither_targets_nor_results(world):
    programme = make_programme(world.specialist, S.ISSUED, division=world.division)
    change(programme, withdrawn_on=date(2021, 9, 30))

    with pytest.raises(NotPossible, match="đã thu hồi"):
        make_target(programme, world.specialist)
    with pytest.raises(NotPossible, match="đã thu hồi"):
        record_result(programme=programme, text="Xong", actor=world.specialist, on=date(2021, 10, 1))
