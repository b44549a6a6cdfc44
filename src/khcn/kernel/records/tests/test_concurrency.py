"""What only a server with several writers can show."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from khcn.kernel.access.roles import Role
from khcn.kernel.records.clock import settled_instant
from khcn.kernel.records.codes import take_codes
from khcn.kernel.records.recording import recording
from khcn.kernel.records.registry import register
from khcn.kernel.tests.factories import TITLES, make_office, make_title, make_user
from khcn.kernel.workflow.services import NotPossible, perform

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite có một người ghi mỗi lúc; chạy trên PostgreSQL"),
]
ACT = {"actor": None, "verb": "test", "label": "thử", "on": date(2021, 1, 4)}


def in_thread(work):
    def run(*arguments):
        try:
            return work(*arguments)
        finally:
            connection.close()

    return run


def test_writers_at_once_get_codes_without_duplicate_and_without_gap():
    office = make_office()

    @in_thread
    def take(number):
        with transaction.atomic():
            codes = take_codes(office=office, prefix="VB", year=2021, count=2)
            transaction.set_rollback(number % 3 == 0)
        return [] if number % 3 == 0 else codes

    with ThreadPoolExecutor(6) as pool:
        codes = sorted(code for codes in pool.map(take, range(30)) for code in codes)

    assert codes == [f"VB-2021-{number:04d}" for number in range(1, 41)]


def test_a_freeze_waits_for_a_writer_under_way_and_then_counts_what_it_wrote():
    make_office()
    writing, may_commit, frozen = threading.Event(), threading.Event(), []

    @in_thread
    def write():
        with recording(**ACT) as act:
            make_title("đang ghi")
            writing.set()
            may_commit.wait(10)
        return act.at

    @in_thread
    def freeze():
        with transaction.atomic():
            frozen.append(settled_instant())
        return frozen[0]

    with ThreadPoolExecutor(2) as pool:
        writer = pool.submit(write)
        assert writing.wait(10)
        freezer = pool.submit(freeze)
        early = freezer.done() or list(frozen)
        threading.Event().wait(0.3)
        early = early or list(frozen)
        may_commit.set()
        instant, written_at = freezer.result(10), writer.result(10)

    assert (early, instant > written_at) == ([], True)


def test_of_two_people_taking_one_step_at_once_one_is_told_to_look_again():
    title = make_title(title_number="1", granted_on=date(2021, 9, 1))
    both = threading.Barrier(2, timeout=10)
    actor = make_user(Role.DIRECTOR)

    @in_thread
    def grant(_):
        mine = type(title).objects.get(pk=title.pk)
        both.wait()
        try:
            perform(register(TITLES).workflow, "grant", mine, actor=actor, on=date(2021, 9, 1))
        except NotPossible as refusal:
            return str(refusal)
        return "xong"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(grant, range(2)))

    assert "Tải lại trang" in answers[0]
    assert answers[1] == "xong"
