"""Every role walks through every address: it opens or refuses exactly as the gates of the modules say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from khcn.api.tests.factories import code_of
from khcn.kernel.access.gates import KEY, Audience, Gate, gate_of, gates
from khcn.kernel.access.roles import Role
from khcn.kernel.records.registry import register, registers
from tests.access.addresses import ADDRESSES, path_of, patterns

PEOPLE = [*Role.values, "nobody", "elsewhere", "visitor"]
# What these ask for beside their address, without which there would be nothing to show or to do.
PERIODS = {f"{side}_{name}": said for side in "ab" for name, said in (("kind", "nine-month"), ("year", "2021"))}
ASKED: dict[str, dict[str, str]] = {
    "reporting:difference": PERIODS,
    "api:read_indicator": {"period": "nine-month", "year": "2021"},
    "api:list_indicator_records": {"period": "nine-month", "year": "2021"},
    "subscribe": {"pham-vi": "person"},
    "unsubscribe": {"pham-vi": "person"},
}
# Addresses without a name answer whatever nobody else answers.
NAMELESS = {"^api/"}
POSTED = ("own", "secret")
# Asked to do what was done before, these lead back to the record, which says so.
DONE_BEFORE = {"record-withdraw"}
# Each person looks at one of the others besides.
REST = ("far", "closed", "open")


ADDRESS_ORDER = {name: number for number, name in enumerate(ADDRESSES)}


@dataclass(frozen=True)
class Visit:
    """One request, and what it is about."""

    gate: Gate
    method: str
    path: str
    about: tuple[Any, ...] = ()
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.gate.name}, {self.kind or 'no record'})"


def test_every_address_declares_to_whom_it_opens():
    routes = {route for route, name, _ in patterns(get_resolver()) if not name}

    assert routes - NAMELESS == set()
    assert [name for name in ADDRESSES if gate_of(name) is None] == []


def test_every_declaration_is_of_an_address_and_says_in_words_whom_it_lets_in():
    assert [gate.name for gate in gates() if gate.name not in ADDRESSES] == []
    assert [gate.name for gate in gates() if not gate.words.strip()] == []


def test_an_address_of_records_says_of_which_register():
    assert [
        name
        for name, (_, parameters) in ADDRESSES.items()
        if parameters & {"key", "code"} and not _names_register(name)
    ] == []


def _names_register(name: str) -> bool:
    gate = gate_of(name)
    return gate is None or bool(gate.register) or gate.audience is Audience.TOKEN


def visits_of(gate: Gate, records: dict[Any, Any], turn: int) -> Iterator[Visit]:
    """Yield the requests that one person makes at an address; registers take turns so that people together see all."""
    parameters = ADDRESSES[gate.name][1]
    plain = turn >= PEOPLE.index("nobody")  # what asks for no role is walked in full by those who hold none
    if not (plain or gate.may or gate.owned or gate.register):
        return
    everything = registers()
    subjects = [register(gate.register)] if gate.register not in {"", KEY} else everything
    if gate.register == KEY:  # another register for each person and gate
        subjects = [everything[(turn + ADDRESS_ORDER[gate.name]) % len(everything)]]
    for found in subjects if gate.register else [None]:
        named = (found,) if gate.register == KEY else ()
        for method in ("GET", "POST") if gate.may or gate.owned or plain else ("GET",):
            if "code" not in parameters or found is None:
                yield Visit(gate, method, path_of(gate, parameters, found, ""), named)
                continue
            for kind in POSTED if method == "POST" else (*POSTED, REST[turn % len(REST)]):
                record = records[found.key, kind]
                yield Visit(gate, method, path_of(gate, parameters, found, record.code), (*named, record), kind)


def expected(visit: Visit, person: Any) -> set[str]:
    """Return the answers that the declaration allows."""
    gate = visit.gate
    if not person.is_authenticated and gate.audience is not Audience.EVERYONE:
        return {"door"}
    if gate.applies is not None and visit.about and not gate.applies(visit.about[0]):
        return {"missing"}
    record = visit.about[-1] if visit.kind else None
    if record is not None and not _knows(person, record, gate):
        return {"missing", *({"door"} if not person.is_authenticated else ())}
    if visit.kind == "closed" and gate.name in DONE_BEFORE:
        return {"open"}
    if gate.owned:
        return {"missing", "refused"}
    return {"open" if gate.decide(person, *visit.about, method=visit.method) else "refused"}


def _knows(person: Any, record: Any, gate: Gate) -> bool:
    if gate.standing and record.withdrawn_on is not None:
        return False
    if gate.own_office and record.office_id != person.office_id:
        return False
    return bool(type(record).objects.visible_to(person).filter(pk=record.pk).exists())


def answered(answer: Any, gate: Gate) -> str:
    """Return what an answer means."""
    to_sign_in = answer.status_code == HTTPStatus.FOUND and answer.url.startswith("/dang-nhap/")
    if to_sign_in or answer.status_code == HTTPStatus.UNAUTHORIZED:
        return "open" if gate.name in {"home", "sign-out"} else "door"
    names = {403: "refused", 404: "missing", 405: "method", 503: "open"}
    return names.get(answer.status_code, "open" if answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR else "failed")


class QuickClient(Client):
    """Answers as the product does, without the copies of every template's values that tests of pages look at."""

    def request(self, **request: Any) -> Any:
        """Return the bare answer; what the visit did to the session is not kept."""
        return self.handler(self._base_environ(**request))


def _answer(client: Client, visit: Visit, headers: dict[str, str]) -> Any:
    asked = ASKED.get(visit.gate.name)
    if visit.method == "POST":
        return client.post(visit.path, asked, headers=headers)
    return client.get(visit.path, asked, headers=headers)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.django_db
def test_a_person_comes_in_exactly_where_the_gates_say(world, name):
    people, records = world
    person, now = people[name], timezone.now()
    client = QuickClient(raise_request_exception=False)
    headers = {}
    if person.is_authenticated:
        client.force_login(person)
        headers = {"Authorization": f"Bearer {code_of(person)}"}
        person.act_on(timezone.localdate(now))
    session = client.cookies.output(header="")
    wrong = []
    for gate in gates():
        for visit in visits_of(gate, records, PEOPLE.index(name)):
            client.cookies.load(session)
            with transaction.atomic():
                answer = _answer(client, visit, headers if gate.name.startswith("api:") else {})
                transaction.set_rollback(True)
            allowed, got = expected(visit, person), answered(answer, gate)
            if got != "method" and got not in allowed:
                wrong.append(f"{visit}: {answer.status_code} {got}, not {sorted(allowed)}")

    assert not wrong, "\n".join(wrong)
