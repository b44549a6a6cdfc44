"""What is known of the field on a task's forms: which codes are offered and read, and what is said before a list is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from khcn.kernel.classifications.planning import StatedClass
from khcn.kernel.classifications.schemes import scheme_to_import
from khcn.kernel.classifications.services import write_classes
from khcn.research.models import ResearchTask
from khcn.research.tests import factories as make
from khcn.research.tests.imported import bring_in, field_coded

NEW, LAST = scheme_to_import("research-field-2025"), date(2025, 12, 14)
MANY = [str(number) for number in range(401, 471)]
"""More than a list to choose from holds: the form asks for a code or a name."""
ENTER = reverse("record-create", args=[ResearchTask.REGISTER])


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 3, tzinfo=UTC), tick=False)
    for code in ("40107", *MANY):
        field_coded(code, valid_to=LAST)
    return make.make_world(on=date(2026, 3, 2))


@pytest.fixture
def specialist(world):
    client = Client()
    client.force_login(world.specialist)
    return client


def load():
    rows = [(code, f"Ngành {code}") for code in ("4", *MANY, "40101", "4010101")]
    write_classes(NEW, [StatedClass(row, *said, valid_from=NEW.valid_from) for row, said in enumerate(rows, start=2)])


def entered(client, field):
    page = client.get(ENTER)
    said = {name: one.value() or "" for name, one in ((one.name, one) for one in page.context["form"])}
    return client.post(ENTER, {**said, "title": "Giống chè mới", "field": field}, follow=True)


def refusal(answer):
    assert answer.status_code == 422
    return answer.content.decode()


@pytest.mark.parametrize("field", ["40107", "4010101"])
def test_before_the_list_is_loaded_the_form_says_what_to_do(specialist, field):
    words = refusal(entered(specialist, field))

    assert "quản trị hệ thống nhập ở trang «Bảng phân loại»" in words
    assert not ResearchTask.objects.exists()


def test_once_it_is_loaded_a_new_task_takes_seven_digits_and_no_code_of_2008(specialist):
    load()

    assert "«40107» không có hiệu lực ngày 2/3/2026" in refusal(entered(specialist, "40107"))
    entered(specialist, "4")
    assert entered(specialist, "4010101").status_code == 200
    assert list(ResearchTask.objects.order_by("pk").values_list("field__code", "field__scheme")) == [
        ("4", NEW.key),
        ("4010101", NEW.key),
    ]


def test_the_form_of_an_old_task_reads_a_code_of_both_lists_as_that_of_its_own_day(world, specialist):
    load()
    task = bring_in(world, "Giống chè cũ", approved_on=date(2024, 5, 5))
    address = reverse("record-edit", args=[task.REGISTER, task.code])
    form = specialist.get(address).context["form"]
    said = {one.html_name: one.value() or "" for one in form}

    specialist.post(address, {**said, "field": "401", "ly-do": "ghi bổ sung"})

    task.refresh_from_db()
    assert (task.field.code, task.field.scheme) == ("401", "research-field-2008")
