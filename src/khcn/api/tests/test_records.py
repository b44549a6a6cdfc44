from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from khcn.api.tests.factories import ask
from khcn.api.values import value_of
from khcn.assignments.tests.factories import make_agency_user
from khcn.ip.tests.factories import make_organisation
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages.services import withdraw_record
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Column, register, registers
from khcn.kernel.tests.factories import (
    TITLES,
    TODAY,
    make_division,
    make_granted_title,
    make_office,
    make_title,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
LIST = f"registers/{TITLES}/records"
PUBLIC, INTERNAL, CONFIDENTIAL = Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL


def codes(answer):
    return [item["code"] for item in answer.json()["items"]]


@pytest.fixture
def titles():
    division = make_division(code="QLCN")
    kinds = (PUBLIC, INTERNAL, CONFIDENTIAL)
    return {kind: make_title(f"Nhãn hiệu {kind}", confidentiality=kind, division=division) for kind in kinds}


def stranger():
    return make_user(Role.DIRECTOR, office=make_office("BK"), username="noikhac")


CALLERS = [
    (lambda: None, [PUBLIC]),  # a visitor
    (lambda: make_user(Role.APPLICANT), [PUBLIC]),  # the wrong role
    (stranger, [PUBLIC]),  # a director of another province
    (lambda: make_user(Role.PROVINCIAL_LEADER), [PUBLIC, INTERNAL]),
    (lambda: make_user(Role.SPECIALIST, division=make_division(code="KHTC")), [PUBLIC, INTERNAL]),  # another division
    (lambda: make_user(Role.SPECIALIST, division=make_division(code="QLCN")), [PUBLIC, INTERNAL, CONFIDENTIAL]),
    (lambda: make_user(Role.DIRECTOR), [PUBLIC, INTERNAL, CONFIDENTIAL]),
]


@pytest.mark.parametrize(("caller", "seen"), CALLERS)
def test_a_list_tells_of_what_the_caller_may_know(client, titles, caller, seen):
    assert codes(ask(client, LIST, caller())) == [titles[kind].code for kind in seen]


@pytest.mark.parametrize(("caller", "seen"), CALLERS)
def test_a_record_that_may_not_be_known_of_is_as_one_that_is_not(client, titles, caller, seen):
    owner = caller()

    answers = {kind: ask(client, f"{LIST}/{title.code}", owner) for kind, title in titles.items()}

    assert [kind for kind, answer in answers.items() if answer.status_code == 200] == seen
    assert {answer.status_code for answer in answers.values()} <= {200, 404}


def test_nothing_tells_the_hidden_from_the_missing(client, titles):
    hidden = ask(client, f"{LIST}/{titles[CONFIDENTIAL].code}").json()
    missing = ask(client, f"{LIST}/VB-1999-9999").json()
    register_missing = ask(client, "registers/khong-co/records").json()

    for answer in (hidden, missing, register_missing):
        del answer["instance"], answer["error_id"]
    assert hidden == missing == register_missing


def test_the_columns_are_values_and_not_texts(client):
    director = make_user(Role.DIRECTOR)
    title = make_granted_title("Chè", number="4-01", granted_on=TODAY, actor=director, confidentiality=PUBLIC)

    (item,) = ask(client, LIST).json()["items"]

    assert item["state"] == {"code": "granted", "label": item["state"]["label"]}
    assert item["values"]["granted_on"] == "2021-09-24"
    assert item["values"]["kind"]["code"] == "mark"
    assert item["values"]["filed_on"] is None
    assert item["url"] == f"/api/v1/registers/{TITLES}/records/{title.code}"


def test_filters_are_those_of_the_register_and_words_are_sought_without_marks(client):
    director = make_user(Role.DIRECTOR)
    granted = make_granted_title("Chè Tân Cương", number="4-01", granted_on=TODAY, actor=director)
    filed = make_title("Chè Trại Cài")
    make_title("Miến dong")

    assert codes(ask(client, LIST, director, state="granted")) == [granted.code]
    assert codes(ask(client, LIST, director, nam="2021")) == [granted.code]
    assert codes(ask(client, LIST, director, q="che")) == [granted.code, filed.code]


@pytest.mark.parametrize(
    "wrong",
    [{"state": "khong-co"}, {"stat": "granted"}, {"limit": 201}, {"limit": 0}, {"limit": "x"}, {"withdrawn": "?"}],
)
def test_a_parameter_that_says_nothing_is_refused_by_name(client, wrong):
    answer = ask(client, LIST, **wrong)

    assert answer.status_code == 422
    assert [error["name"] for error in answer.json()["errors"]] == list(wrong)


@pytest.mark.parametrize(
    "wrong", [{"as_of": "hôm kia"}, {"as_of": "0001-01-01T00:00"}, {"cursor": "%%%"}, {"cursor": "W10"}]
)
def test_an_instant_or_cursor_that_cannot_be_read_is_a_bad_request(client, wrong):
    assert ask(client, LIST, **wrong).status_code == 400


def test_withdrawn_records_are_left_out_unless_asked_for(client):
    director = make_user(Role.DIRECTOR)
    title = make_title()
    withdraw_record(record=title, actor=director, on=TODAY, why="nhập trùng")

    assert codes(ask(client, LIST, director)) == []
    (item,) = ask(client, LIST, director, withdrawn="true").json()["items"]
    assert (item["code"], item["withdrawn_on"]) == (title.code, "2021-09-24")


def test_the_past_is_read_as_it_was_known_and_opens_nothing_closed_since(client):
    director, leader = make_user(Role.DIRECTOR), make_user(Role.PROVINCIAL_LEADER)
    title, closed = make_title("Tên cũ"), make_title("Sẽ đóng")
    before = timezone.now().isoformat()
    with recording(actor=director, verb="correct", label="sửa"):
        title.title = "Tên mới"
        title.save()
        closed.confidentiality = CONFIDENTIAL
        closed.save()
    make_title("Ghi sau")

    then = ask(client, LIST, leader, as_of=before).json()["items"]

    assert [item["title"] for item in then] == ["Tên cũ"]
    assert client.get(then[0]["url"]).status_code == 404  # without the token
    assert ask(client, f"{LIST}/{title.code}", leader, as_of=before).json()["title"] == "Tên cũ"
    assert ask(client, f"{LIST}/{title.code}", leader).json()["title"] == "Tên mới"
    assert ask(client, f"{LIST}/{closed.code}", leader, as_of=before).status_code == 404


def test_a_walk_meets_every_record_once_while_others_are_entered(client):
    before = [make_title(f"Nhãn {number}", confidentiality=PUBLIC).code for number in range(7)]
    met, url = [], f"/api/v1/{LIST}?limit=3&q=nhan"
    while url:
        page = client.get(url).json()
        met += [item["code"] for item in page["items"]]
        if len(met) < 7:
            before.append(make_title(f"Nhãn thêm {len(met)}", confidentiality=PUBLIC).code)
        url = page["next_url"]

    assert met == before
    assert len(set(met)) == len(met)


def test_a_page_costs_the_same_however_long_it_is(client, django_assert_num_queries, titles):
    director = make_user(Role.DIRECTOR)
    ask(client, LIST, director)
    counts = []
    for limit in (1, 200):
        for number in range(10):
            make_granted_title(f"Thêm {limit}", number=f"{limit}-{number}", granted_on=TODAY, actor=director)
        with django_assert_num_queries(9, exact=False) as asked:
            assert ask(client, LIST, director, limit=limit).status_code == 200
        counts.append(len(asked))

    assert counts[0] >= counts[1] - 1  # the prefetch of holders, where the first page has none


def test_an_unchanged_record_is_not_sent_again_and_a_changed_one_is(client):
    director = make_user(Role.DIRECTOR)
    title = make_title("Một", confidentiality=PUBLIC)
    other = make_title("Hai", confidentiality=PUBLIC)
    path = f"/api/v1/{LIST}/{title.code}"
    first = client.get(path)
    mark = {"If-None-Match": first["ETag"]}

    same = client.get(path, headers=mark)
    link_records(source=title, target=other, kind=LinkKind.FOLLOWS, actor=director)
    linked = client.get(path, headers=mark)

    assert first["ETag"].startswith('"')
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert linked.status_code == 200  # a link is not a version of the record, and yet the answer moved
    assert client.get(path, headers={"If-None-Match": f'W/{linked["ETag"]}, "x"'}).status_code == 304


def test_a_list_bears_a_weak_mark(client, titles):
    first = client.get(f"/api/v1/{LIST}")
    again = client.get(f"/api/v1/{LIST}", headers={"If-None-Match": first["ETag"]})

    assert (first["ETag"][:3], again.status_code) == ('W/"', 304)


def test_only_links_to_what_the_caller_may_know_of_are_told(client, titles):
    director = make_user(Role.DIRECTOR)
    for kind in (INTERNAL, CONFIDENTIAL):
        link_records(source=titles[PUBLIC], target=titles[kind], kind=LinkKind.FOLLOWS, actor=director)
    path = f"{LIST}/{titles[PUBLIC].code}"

    seen = [len(ask(client, path, who).json()["links"]) for who in (None, make_user(Role.PROVINCIAL_LEADER), director)]

    assert seen == [0, 1, 2]
    (back,) = ask(client, f"{LIST}/{titles[CONFIDENTIAL].code}", director).json()["links"]
    assert (back["direction"], back["record"]["code"]) == ("incoming", titles[PUBLIC].code)


def test_a_record_that_a_column_names_is_null_to_whom_it_is_invisible(client):
    office = make_office()
    parent = make_organisation(office, "Cơ quan kín")
    child = make_organisation(office, "Đơn vị mở")
    with recording(actor=None, verb="correct", label="sửa"):
        child.parent, child.confidentiality = parent, PUBLIC
        child.save()
        parent.confidentiality = INTERNAL
        parent.save()

    visitor = ask(client, f"registers/organisation/records/{child.code}").json()["values"]["parent"]
    leader = ask(client, f"registers/organisation/records/{child.code}", make_user(Role.PROVINCIAL_LEADER)).json()

    assert visitor is None
    assert leader["values"]["parent"]["title"] == "Cơ quan kín"


def test_an_agency_knows_itself(client):
    mine, other = make_organisation(make_office(), "Cơ quan tôi"), make_organisation(make_office(), "Cơ quan khác")

    seen = codes(ask(client, "registers/organisation/records", make_agency_user(mine)))

    assert (mine.code in seen, other.code in seen) == (True, other.confidentiality == PUBLIC)


def test_how_a_record_is_kept_is_told_to_token_holders_alone(client):
    title = make_title(confidentiality=PUBLIC, source_note="Theo đơn giấy", responsible=make_user(Role.CLERK))
    path = f"{LIST}/{title.code}"

    visitor, staff = ask(client, path).content.decode(), ask(client, path, make_user(Role.SPECIALIST)).content.decode()

    assert ["Theo đơn giấy" in visitor, "Theo đơn giấy" in staff] == [False, True]
    assert ["Người clerk" in visitor, "Người clerk" in staff] == [False, True]


@pytest.mark.parametrize("role", [None, Role.APPLICANT, Role.DIRECTOR])
def test_every_register_answers_every_kind_of_caller(client, role):
    owner = make_user(role) if role else None
    keys = [item["key"] for item in ask(client, "registers", owner).json()["items"]]
    paths = [path for key in keys for path in (f"registers/{key}", f"registers/{key}/records")]

    wrong = {path: status for path in paths if (status := ask(client, path, owner).status_code) != 200}

    assert wrong == {}
    assert sorted(keys) == sorted(one.key for one in registers())


def test_no_filter_is_named_as_a_parameter_of_the_api_itself():
    own = {"q", "as_of", "cursor", "limit", "withdrawn"}

    assert {one.name for found in registers() for one in found.filters} & own == set()


def test_a_page_of_the_past_leads_on_in_the_past(client):
    for number in range(3):
        make_title(f"Nhãn {number}", confidentiality=PUBLIC)
    now = (timezone.now() + timedelta(seconds=1)).isoformat()

    page = ask(client, LIST, as_of=now, limit=2).json()
    following = client.get(page["next_url"]).json()

    assert (following["as_of"], len(following["items"]), following["next_cursor"]) == (page["as_of"], 1, None)
    assert client.get(page["items"][0]["url"]).json()["as_of"] == page["as_of"]


def test_a_column_written_by_its_register_is_written_so_here_too():
    title = make_title("Chè")
    shout = Column("title", write=str.upper)

    assert value_of(register(TITLES), title, shout, {}) == "CHÈ"


def test_an_instant_is_told_in_utc_also_where_the_clock_of_old_was_odd(client):
    answer = ask(client, LIST, as_of="1900-01-01").json()

    assert answer["as_of"] == "1900-01-01T16:53:29.999Z"
