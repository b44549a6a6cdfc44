"""Confidential records leave no trace: every page reads the same with them and without them.

Each person reads all pages open to them twice: in a world without confidential records, and in the same world when every
register holds some, to which other records point in every way that the tables allow. What stands in registers is taken
from the registries, so that a new register, part, reference or address is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import unified_diff
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.test import override_settings
from django.utils import timezone

from khcn.api.tests.factories import code_of
from khcn.kernel.access.gates import gates
from khcn.kernel.access.roles import Role
from khcn.kernel.files.services import attach
from khcn.kernel.obligations.services import open_obligation
from khcn.kernel.records.links import LinkKind, link_records
from khcn.kernel.records.record import Record
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import Register, registers
from khcn.kernel.rulebook.services import load_shipped_rules
from khcn.kernel.search.services import index_pending, rebuild
from khcn.kernel.tests.factories import make_division
from tests.access.test_every_address import ASKED, QuickClient, visits_of
from tests.access.worlds import DAY, _asked, _first, make_people, make_record, make_records

READERS = [Role.SPECIALIST, Role.ADMINISTRATOR, Role.MONITOR, Role.PROVINCIAL_LEADER]
# Official figures count what is confidential too, for everyone alike; the pages behind them name what one may know of.
OFFICIAL = ("reporting:", "api:read_indicator", "api:list_indicator", "overview")
# References that say to whom or to what else a page opens, not only what it tells.
DECIDING = {("recommendation", "session"), ("technology-appraisal", "first_request")}
SEARCHED = ("kienthuc", "kienthucsecret", "hồ sơ")
LEAST_PARTS = 4
WHAT_DIFFERS_ANYWAY = re.compile(r'nonce="[^"]*"|value="[\w-]{36,}"|\b[0-9A-Fa-f]{8,}\b|\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?')


@pytest.fixture(scope="module")
def plain_world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    """Return people and records of a world in which nothing is confidential."""
    places = {"SEARCH_DIR": tmp_path_factory.mktemp("search"), "FILES_DIR": tmp_path_factory.mktemp("files")}
    with django_db_blocker.unblock(), override_settings(**places), transaction.atomic():
        load_shipped_rules()
        make_division(code="BIMAT")
        yield make_people(), make_records(("own", "closed", "open"))
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", READERS)
def test_pages_read_the_same_with_confidential_records_and_without(plain_world, role):
    people, records = plain_world
    person = people[role.value].act_on(timezone.localdate())
    client = _reader(person)
    addresses = list(_addresses(records, READERS.index(role)))

    before = _read(client, addresses)
    with _with_secrets(records, person):
        after = _read(client, addresses)

    wrong = [_difference(path, before[path], after[path]) for path in before if before[path] != after[path]]
    assert not wrong, "\n".join(wrong)


def _reader(person: Any) -> Any:
    client: Any = QuickClient(raise_request_exception=False)
    client.force_login(person)
    client.token = {"Authorization": f"Bearer {code_of(person)}"}
    client.get("/api/v1/registers", headers=client.token)  # one's page of tokens tells that it was used
    return client


def _addresses(
    records: dict[Any, Any], turn: int, *, official: bool = False
) -> Iterator[tuple[str, dict[str, str] | None]]:
    known = dict(records) | {(key, "secret"): record for (key, kind), record in records.items() if kind == "open"}
    known |= {(key, "far"): record for (key, kind), record in records.items() if kind == "open"}
    for gate in (one for one in gates() if official or not one.name.startswith(OFFICIAL)):
        for number in range(len(registers())) if turn == 0 else (turn,):
            for visit in visits_of(gate, known, number):
                if visit.method == "GET":
                    yield visit.path, ASKED.get(gate.name)
    yield from (("/tim/", {"q": words}) for words in SEARCHED)


def _read(client: Any, addresses: list[Any]) -> dict[str, str]:
    index_pending(now=timezone.now())
    found = {}
    for path, asked in addresses:
        key = f"{path}?{asked}"
        if key not in found:
            answer = client.get(path, asked, headers=client.token if path.startswith("/api/") else None)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            kind = answer.get("Content-Type", "")
            text = body.decode() if kind.startswith(("text/", "application/json")) else kind
            found[key] = f"{answer.status_code} {answer.get('ETag', '')}\n{WHAT_DIFFERS_ANYWAY.sub('', text)}"
    return found


@contextmanager
def _with_secrets(records: dict[Any, Any], person: Any, kind: str = "secret") -> Iterator[dict[Any, Any]]:
    """Let there be hidden records of the kind for a while, which are given, and others lean on them."""
    savepoint = transaction.savepoint()
    made: dict[Any, Any] = {}
    try:
        for found in registers():
            if (found.key, kind) not in made:
                make_record(found, kind, made)
        for found in registers():
            own = records[found.key, "own"]
            _tie(own, made[found.key, kind], person)
            if kind == "secret":  # of another office's records none can be named by a field
                _lean(found, own, made, person)
        yield made
    finally:
        transaction.savepoint_rollback(savepoint)
        rebuild(now=timezone.now())  # the index knows nothing of what the database takes back


def _tie(own: Any, secret: Any, person: Any) -> None:
    """Give the hidden record a file, links both ways, and work for the reader."""
    attach(record=secret, data=b"kienthucsecret", filename="kienthucsecret.txt", actor=None, on=DAY)
    for kind in LinkKind:
        link_records(source=own, target=secret, kind=kind, actor=None)
        link_records(source=secret, target=own, kind=kind, actor=None)
    duty = open_obligation(
        record=secret, kind="x", action="Việc kienthucsecret", started_on=DAY, due_on=DAY, actor=None
    )
    duty.person, duty.office = person, person.office
    with recording(actor=None, verb="give", label="giao", on=DAY):
        duty.save()


def _lean(found: Register, own: Any, made: dict[Any, Any], person: Any) -> None:
    """Let a record name confidential ones in every field that may be empty."""
    for field, target in _references(type(own)):
        if (
            field.null and (found.key, field.name) not in DECIDING
        ):  # what a record cannot be without decides who knows of it
            _point(own, {field.attname: made[target.REGISTER, "secret"].pk}, person)
    _point(own, _named_by_two_columns(own, made[found.key, "secret"]), person)


def _references(model: Any, besides: str = "") -> Iterator[tuple[Any, Any]]:
    for field in model._meta.concrete_fields:
        target = field.related_model if field.remote_field is not None else None
        if isinstance(target, type) and issubclass(target, Record) and field.name != besides:
            yield field, target


def _named_by_two_columns(own: Any, secret: Any) -> dict[str, Any]:
    """Return values for the pairs of columns that name a record of any register: `…_register` and `…_id`."""
    names = {field.attname for field in own._meta.concrete_fields}
    pairs = [(name, f"{name.removesuffix('register')}id") for name in names if name.endswith("_register")]
    ref = (secret.ref.register, secret.ref.id)
    return {name: value for pair in pairs if pair[1] in names for name, value in zip(pair, ref, strict=True)}


def _point(own: Any, values: dict[str, Any], person: Any) -> None:
    """Let a record refer to a confidential one, unless the reader may then not know of it either."""
    if not values:
        return
    rows: Any = QuerySet(type(own)).filter(pk=own.pk)
    before = rows.values(*values).get()
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        return
    if not type(own).objects.visible_to(person).filter(pk=own.pk).exists():
        rows.update(**before)


def _add_part(own: Any, name: str, made: dict[Any, Any]) -> bool:
    relation = own._meta.get_field(name)
    part, owner = relation.related_model, relation.field.name
    named = {field.name: made[target.REGISTER, "secret"] for field, target in _references(part, owner)}
    if not named:
        return False
    values = {owner: own, **named}
    values |= {one.name: _first(one, "phần") for one in _asked(part, values)}
    try:
        with transaction.atomic(), recording(actor=None, verb="make", label="lập", on=DAY, imported=True):
            part(**values).save()
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
def test_pages_read_the_same_with_another_office_and_without(plain_world):
    """A second office works in the same installation: nothing of its own reaches the first."""
    people, records = plain_world
    person = people[Role.DIRECTOR.value].act_on(timezone.localdate())
    client = _reader(person)
    addresses = list(_addresses(records, 2))

    before = _read(client, addresses)
    with _with_secrets(records, person, "far"):
        after = _read(client, addresses)

    wrong = [_difference(path, before[path], after[path]) for path in before if before[path] != after[path]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("role", READERS)
def test_no_page_names_a_confidential_record_that_hangs_on_another(plain_world, role):
    people, records = plain_world
    person = people[role.value].act_on(timezone.localdate())
    client = _reader(person)

    with _with_secrets(records, person) as made:
        hung = [_add_part(records[found.key, "own"], name, made) for found in registers() for name in found.parts]
        pages = _read(client, list(_addresses(records, READERS.index(role), official=True)))

    codes = re.compile("|".join(rf"(?<![\w-]){record.code}\b" for record in made.values()) + "|kienthucsecret [a-z]")
    told = {path: codes.search(page) for path, page in pages.items()}
    assert sum(hung) >= LEAST_PARTS
    assert {path: page[0] for path, page in told.items() if page} == {}


def _difference(path: str, before: str, after: str) -> str:
    lines = unified_diff(before.splitlines(), after.splitlines(), "without", "with", n=0, lineterm="")
    return "\n".join([path, *(line[:400] for line in lines)][:14])
