from __future__ import annotations

import io

import pytest
from django.urls import reverse
from docx import Document

from khcn.councils.services import forming, scoring
from khcn.councils.tests.factories import MEETS, fill, fill_all, invite, make_world, open_slips

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_meeting(time_machine):
    time_machine.move_to(f"{MEETS}T02:00:00+00:00", tick=False)


def words_of(answer):
    made = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def paper(client, world, name, suffix="docx", *more):
    return client.get(reverse(name, args=[world.council.code, *more, suffix]))


def counted(world):
    for place in range(6):
        fill(world, place, (11, 21, 14, 14, 13, 14))
    fill(world, 6, (5, 9, 7, 6, 5, 8))
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)
    forming.record_conclusion(matter=world.matters[0], conclusion="Đề nghị giao", actor=world.specialist, on=MEETS)


def test_the_decision_names_members_matters_and_its_ground(client):
    world = make_world()
    client.force_login(world.specialist)

    said = words_of(paper(client, world, "council-decision"))

    assert "Thành viên 0" in said
    assert "Ủy viên phản biện" in said
    assert "Hồ sơ mẫu 0" in said
    assert "TT 20/2023/TT-BKHCN" in said


def test_the_minutes_say_who_came_what_was_counted_what_was_left_out_and_concluded(client):
    world = make_world(sheet="NAT-APPLIED-2023")
    open_slips(world)
    counted(world)
    client.force_login(world.specialist)

    said = words_of(paper(client, world, "council-minutes"))

    assert "Có mặt 7 trên 7 thành viên." in said
    assert "87" in said
    assert "không tính phiếu của Thành viên 6, 40 điểm lệch 50,18%" in said
    assert "Hồ sơ mẫu 0: Đề nghị giao" in said
    assert "Thư ký khoa học ghi biên bản: Thành viên 4." in said
    assert paper(client, world, "council-minutes", "pdf").content.startswith(b"%PDF")


def test_there_are_no_minutes_before_the_count(client):
    world = make_world()
    open_slips(world)
    client.force_login(world.specialist)

    answer = paper(client, world, "council-minutes")

    assert answer.status_code == 302
    assert "Biên bản có sau khi kiểm phiếu" in client.get(answer.url).text


def test_a_slip_is_printed_after_the_count_and_not_before(client):
    world = make_world()
    open_slips(world)
    fill_all(world)
    slip = world.slip(0)
    client.force_login(world.specialist)
    sealed = paper(client, world, "council-slip-paper", "docx", slip.pk)
    scoring.count_slips(council=world.council, actor=world.specialist, on=MEETS)

    said = words_of(paper(client, world, "council-slip-paper", "docx", slip.pk))

    assert sealed.status_code == 403
    assert "Tính cấp thiết" in said
    assert "82" in said
    assert world.slip(0).digest in said
    assert "Phiếu khóa lúc 16/5/2024 09:00" in said


@pytest.mark.parametrize("name", ["council-decision", "council-minutes"])
def test_papers_are_for_those_who_run_the_council_or_sit_in_it(client, name):
    world = make_world()
    invite(world)
    client.force_login(world.members[0])

    assert paper(client, world, name).status_code == (403 if name == "council-decision" else 302)


def test_another_kind_of_file_is_refused_in_words(client):
    world = make_world()
    client.force_login(world.specialist)

    assert paper(client, world, "council-decision", "odt").status_code == 400


def test_the_page_names_the_papers_among_the_councils_own_and_not_among_those_linked(client):
    world = make_world()
    client.force_login(world.specialist)

    page = client.get(reverse("record", args=["council", world.council.code]))

    assert "Quyết định thành lập (dự thảo), PDF" in page.text
    assert page.context["papers"] == []


def test_papers_are_vietnamese_for_an_english_reader_and_refusals_are_not(client):
    world = make_world()
    invite(world)
    client.cookies["language"] = "en"
    client.force_login(world.specialist)
    decision = words_of(paper(client, world, "council-decision"))
    client.force_login(world.members[0])

    assert "Hội đồng tự giải tán" in decision
    assert 'lang="en"' in paper(client, world, "council-decision").text
