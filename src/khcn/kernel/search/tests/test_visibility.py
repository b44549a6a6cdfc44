from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.identity.models import Office, User
from khcn.kernel.records.record import may_know_of
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Register, register
from khcn.kernel.search import visibility
from khcn.kernel.search.contracts import Page
from khcn.kernel.search.selectors import find
from khcn.kernel.search.visibility import add_visibility, office_viewer, tokens_of_record, viewer_of
from khcn.kernel.tests.factories import TITLES, make_division, make_office, make_title, make_user

pytestmark = pytest.mark.django_db

PEOPLE = {
    "giám đốc": ((Role.DIRECTOR,), "TN", None),
    "quản trị": ((Role.ADMINISTRATOR,), "TN", None),
    "quản trị ngồi phòng A": ((Role.ADMINISTRATOR,), "TN", "A"),
    "quản trị kiêm chuyên viên": ((Role.ADMINISTRATOR, Role.SPECIALIST), "TN", "A"),
    "chuyên viên phòng A": ((Role.SPECIALIST,), "TN", "A"),
    "chuyên viên phòng B": ((Role.SPECIALIST,), "TN", "B"),
    "văn thư": ((Role.CLERK,), "TN", None),
    "lãnh đạo tỉnh": ((Role.PROVINCIAL_LEADER,), "TN", None),
    "cơ quan được giao": ((Role.ASSIGNED_AGENCY,), "TN", None),
    "không vai trò": ((), "TN", None),
    "giám đốc tỉnh bạn": ((Role.DIRECTOR,), "XX", None),
    "chuyên viên tỉnh bạn": ((Role.SPECIALIST,), "XX", "A"),
}


@pytest.fixture
def people(db):
    made = {}
    for name, (roles, office, code) in PEOPLE.items():
        home = make_office(office)
        made[name] = make_user(*roles, username=name, office=home, division=make_division(home, code) if code else None)
    return made


@pytest.fixture
def world(people):
    """Return every kind of record there is, for both offices."""
    for office in Office.objects.all():
        divisions = [None, *office.divisions.all()]
        for confidentiality in Confidentiality:
            for division in divisions:
                values = {"office": office, "division": division, "confidentiality": confidentiality}
                make_title("Chè", **values)
                make_title("Chè", responsible=User.objects.get(username="văn thư"), **values)


def seen_by(user):
    return {hit.record.pk for hit in find("che", viewer_of(user), page=Page(size=500)).hits}


@pytest.mark.parametrize("name", [*PEOPLE, "chưa đăng nhập"])
def test_the_engine_shows_and_counts_exactly_what_the_database_does(world, people, indexed, name):
    user = people.get(name)
    indexed()

    allowed = set(register(TITLES).visible_to(user).values_list("pk", flat=True))

    assert seen_by(user) == allowed
    assert find("che", viewer_of(user)).total == len(allowed)
    assert sum(find("che", viewer_of(user)).facets["register"].values()) == len(allowed)


@pytest.mark.parametrize("name", [*PEOPLE, "chưa đăng nhập"])
def test_a_record_in_memory_is_open_to_exactly_those_to_whom_the_database_opens_it(world, people, name):
    user = people.get(name)

    allowed = set(register(TITLES).visible_to(user).values_list("pk", flat=True))

    assert {row.pk for row in register(TITLES).model.objects.all() if may_know_of(user, row)} == allowed


writes = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from([*Confidentiality]),
        st.sampled_from(["A", "B", None]),
        st.sampled_from([*PEOPLE, None]),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=writes, name=st.sampled_from([*PEOPLE, "chưa đăng nhập"]))
def test_whatever_is_written_a_hit_is_always_visible_and_counts_never_tell_more(people, indexed, writes, name):
    indexed()
    records = {}
    for number, confidentiality, code, responsible, index_now in writes:
        record = records.setdefault(number, None) or make_title("Chè")
        records[number] = record
        with recording(actor=None, verb="test", label="sửa"):
            record.confidentiality = confidentiality
            record.division = make_division(make_office(), code) if code else None
            record.responsible = people.get(responsible)
            record.save()
        for _ in range(index_now):
            indexed()
    user = people.get(name)
    allowed = set(register(TITLES).visible_to(user).values_list("pk", flat=True))

    results = find("che", viewer_of(user), page=Page(size=100))

    assert {hit.record.pk for hit in results.hits} <= allowed
    assert results.total <= len(allowed)


def test_the_division_and_the_person_of_another_office_open_nothing(people):
    record = make_title("Chè", confidentiality="confidential", division=make_division(make_office("XX"), "A"))

    tokens = tokens_of_record(record)

    assert not tokens & viewer_of(people["chuyên viên tỉnh bạn"]).tokens


@pytest.fixture
def own_rule(monkeypatch):
    """Let titles show an agency those it keeps, and nothing else."""
    monkeypatch.setattr(visibility, "_own_rules", {})

    def kept_by(user):
        return [user.pk] if user.holds(Role.ASSIGNED_AGENCY) else []

    def visible_to(register, user):
        agency = user is not None and user.holds(Role.ASSIGNED_AGENCY)
        rows = register.model.objects
        return rows.filter(responsible_id=user.pk) if agency else rows.visible_to(user)

    monkeypatch.setattr(Register, "visible_to", visible_to)
    add_visibility(
        TITLES,
        of_record=lambda record: [record.responsible_id] if record.responsible_id else [],
        of_user=kept_by,
        instead=lambda user: user.holds(Role.ASSIGNED_AGENCY),
    )


@pytest.mark.parametrize("name", [*PEOPLE, "chưa đăng nhập"])
def test_a_registers_own_rule_counts_beside_or_instead_of_the_general_one(own_rule, world, people, indexed, name):
    user = people.get(name)
    make_title("Chè", responsible=people["cơ quan được giao"], confidentiality="confidential")
    indexed()

    allowed = set(register(TITLES).visible_to(user).values_list("pk", flat=True))

    assert seen_by(user) == allowed
    assert find("che", viewer_of(user)).total == len(allowed)


def test_the_system_sees_records_of_a_register_with_a_rule_of_its_own(own_rule, people, indexed):
    record = make_title("Chè", confidentiality="confidential")
    indexed()

    assert [hit.record for hit in find("che", office_viewer(record.office)).hits] == [record]
