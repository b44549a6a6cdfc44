"""Results done without the State's money: from the dossier to the certificate, or to the reason why not."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from khcn.councils.models import Matter
from khcn.councils.services import forming
from khcn.councils.states import Purpose
from khcn.kernel.indicators.periods import Period
from khcn.kernel.indicators.selectors import figure
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.pages.addresses import record_url
from khcn.kernel.tests.forms import form_of
from khcn.research.evaluating import concluded_on
from khcn.research.models import OutsideResult
from khcn.research.states import OutsideState
from khcn.research.tests import outside as make
from khcn.research.tests.factories import convene

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]
DRYER, DIARY = "Máy sấy chè dùng khí nóng", "Phần mềm nhật ký vùng trồng"


def test_an_organisation_asks_the_province_to_evaluate_two_results_one_is_certified_and_one_is_not(
    client, time_machine
):
    """
    1. On 2 March 2026 an organisation hands in two dossiers; the one on the dryer lacks its test report and is supplemented.
    2. Both are valid on 6 March: the inbox of the specialist says that the answer is due by 3 April, 28 days later.
    3. One council considers both. Five of seven members present say passed of the dryer, four of the diary.
    4. The certificate of the diary is refused with the count; the head records why none is given.
    5. The certificate of the dryer is recorded once; its number does not stand for another result.
    6. It registers the dryer, which it is encouraged to. The report of the quarter counts both as evaluated.
    """
    world = make.make_outside_world()
    client.force_login(world.specialist)
    time_machine.move_to("2026-03-02T02:00:00+00:00", tick=False)
    dryer, diary = (enter(client, world, title) for title in (DRYER, DIARY))
    take(client, dryer, "ask_supplement", note="Thiếu báo cáo chạy thử")
    assert take(client, diary, "certify", certificate_number="1", certified_on="hôm nay") == 422

    time_machine.move_to("2026-03-06T02:00:00+00:00", tick=False)
    client.force_login(world.specialist)
    take(client, dryer, "receive_supplement", supplemented_on="hôm nay")
    assert [take(client, one, "find_valid", complete_on="hôm nay") for one in (dryer, diary)] == [302, 302]
    due = Obligation.objects.filter(kind="outside-evaluation").values_list("effective_on", flat=True)
    assert set(due) == {date(2026, 4, 3)}
    assert "Đánh giá, trả kết quả" in client.get("/viec-can-lam/").content.decode()

    meet(world, client, dryer, diary)
    time_machine.move_to("2026-03-20T02:00:00+00:00", tick=False)
    client.force_login(world.specialist)
    assert take(client, diary, "certify", certificate_number="8/GCN-UBND", certified_on="hôm nay") == 422
    assert "4 trên 7 thành viên có mặt bỏ phiếu «Đạt», chưa đủ 2/3." in page_of(client, diary)
    client.force_login(world.head)
    assert take(client, diary, "refuse", refused_on="hôm nay", note="Chưa đủ số phiếu đạt") == 302
    assert "Chưa đủ số phiếu đạt" in page_of(client, diary)

    client.force_login(world.specialist)
    assert take(client, dryer, "certify", certificate_number="8/GCN-UBND", certified_on="hôm nay") == 302
    assert take(client, dryer, "register", registration_number="KQ-2026-11", registered_on="hôm nay") == 302
    assert not Obligation.objects.open().filter(kind="outside-evaluation").exists()
    states = dict(OutsideResult.objects.values_list("title", "state"))
    assert states == {DRYER: OutsideState.REGISTERED, DIARY: OutsideState.REFUSED}

    quarter = Period("quarter", 2026, date(2026, 1, 1), date(2026, 3, 31))
    found = figure("research.outside_results_evaluated", period=quarter, office=world.office)
    assert found.value == 2


def enter(client, world, title):
    """Enter a dossier on the page, and return its record."""
    address = reverse("record-create", args=[OutsideResult.REGISTER])
    said = {"title": title, "applicant": world.host.code, "received_on": "hôm nay"}
    client.post(address, {**form_of(client.get(address)), **said})
    return OutsideResult.objects.get(title=title)


def take(client, result, name, **said):
    """Take a step on the page of a result, and return the answer's status."""
    address = reverse("record-step", args=[result.REGISTER, result.code, name])
    asked = {f"{name}-{key}": value for key, value in said.items()}
    return client.post(address, {f"{name}-on": "hôm nay", **asked}).status_code


def page_of(client, result):
    """Return the page of a result."""
    return client.get(record_url(result)).content.decode()


def meet(world, client, dryer, diary):
    """Let one council consider both, and vote."""
    world.day = date(2026, 3, 9)
    council = convene(world, dryer, Purpose.EVALUATE)
    also = Matter(council=council, title=diary.title, subject_register=diary.REGISTER, subject_id=diary.pk)
    forming.add_matter(matter=also, actor=world.specialist, on=world.day, why="Cùng bên đề nghị")
    assert [take(client, one, "send_to_council") for one in (dryer, diary)] == [302, 302]
    make.vote(world, council, 5, also={diary.title: 4})
    assert concluded_on(OutsideResult.objects.get(pk=dryer.pk)).passed
