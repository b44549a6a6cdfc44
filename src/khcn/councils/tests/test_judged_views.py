from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import models
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.api.tests.factories import ask
from khcn.councils.judging import REPORT, Judgement, rate, rating_rule
from khcn.councils.models import Matter, MatterItem, Slip
from khcn.councils.rating_presenting import rated_values
from khcn.councils.sealing import digest_of
from khcn.councils.selectors import rating_of, slips_of
from khcn.councils.services import forming, scoring
from khcn.councils.states import ConflictAnswer, Judged, Rating
from khcn.councils.tests.factories import (
    MEETS,
    SENT,
    add_item,
    count,
    invite,
    judge,
    judge_all,
    make_accepting_world,
    make_world,
    open_slips,
)
from khcn.councils.tests.test_printing import paper, words_of
from khcn.councils.tests.test_views import page_of, slip_url, url
from khcn.kernel.access.roles import Role
from khcn.kernel.tests.factories import make_user
from khcn.kernel.tests.forms import form_of
from khcn.parties.tests.factories import make_person

pytestmark = pytest.mark.django_db
E, P, F = Rating.EXCELLENT, Rating.PASS, Rating.FAIL


@pytest.fixture(autouse=True)
def _at_the_meeting(time_machine):
    time_machine.move_to(f"{MEETS}T02:00:00+00:00", tick=False)


def typed(world, rating=P, *, without=()):
    """Return what a member chooses on the page: one rating for everything."""
    item = MatterItem.objects.get()
    said = {f"danh-gia-{item.pk}-{one}": rating.value for one in item.criteria if one not in without}
    return {**said, "danh-gia-report-report": "pass", "remarks": "Đạt", "viec": "khoa"}


def test_a_member_judges_every_product_and_locks_on_their_page(client):
    world = make_accepting_world()
    open_slips(world)
    client.force_login(world.members[0])
    client.post(slip_url(world), {"answer": "none", "text": ""})

    page = client.get(slip_url(world)).text
    client.post(slip_url(world), typed(world))
    after = client.get(slip_url(world))

    assert "Đặt hàng 10, giao nộp 10 bộ" in page
    assert "Xếp loại theo" in page
    assert world.slip().locked_at is not None
    assert world.slip().judgements[REPORT] == {"report": "pass"}
    assert {"label": "Quy trình: chất lượng", "value": "Đạt"} in after.context["written"]


def test_an_unfinished_slip_is_kept_open_with_what_was_chosen(client):
    world = make_accepting_world()
    open_slips(world)
    client.force_login(world.members[0])
    client.post(slip_url(world), {"answer": "none", "text": ""})

    refused = client.post(slip_url(world), typed(world, without=(Judged.VOLUME,)))
    kept = client.post(slip_url(world), {**typed(world, without=(Judged.VOLUME,)), "viec": "luu"}, follow=True)

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [f"danh-gia-{MatterItem.objects.get().pk}-volume"]
    assert "Chưa đánh giá «Quy trình»." in refused.text
    assert "Đã lưu phiếu, chưa khóa." in kept.text
    assert world.slip().locked_at is None


def test_before_the_count_no_judgement_is_read_anywhere_but_by_its_writer(client):
    world = make_accepting_world()
    open_slips(world)
    judge(world, 0, E)
    slip = world.slip(0)
    secret = ("Nghiệm thu được", slip.digest, '"excellent"', "Xuất sắc", "judgements")
    code = world.council.code
    places = [
        slip_url(world),
        page_of(world),
        page_of(world) + "?lich-su=1",
        url("council-slips", world),
        url("council-dossier", world, world.matters[0].pk),
        url("council-result", world, world.matters[0].pk),
        url("council-minutes", world, "docx"),
        url("council-slip-paper", world, slip.pk, "docx"),
        reverse("register", args=["council"]),
        *(reverse("register-export", args=["council", kind]) for kind in ("csv", "json")),
    ]
    for reader in (world.specialist, world.director, world.members[1]):
        client.force_login(reader)
        for place in places:
            answer = client.get(place)
            text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
            assert not [one for one in secret if one in text], place
        assert "0 kết quả" in client.get(reverse("search"), {"q": "Nghiệm thu được"}).text
        for path in ("registers/council/records", f"registers/council/records/{code}"):
            answer = ask(client, path, reader)
            assert (answer.status_code, [one for one in secret if one in answer.text]) == (200, [])


def test_after_the_count_the_page_says_each_rating_with_its_reasons_and_the_rule(client):
    world = make_accepting_world()
    open_slips(world)
    judge_all(world, E, F)
    count(world)
    client.force_login(world.specialist)

    page = client.get(url("council-result", world, world.matters[0].pk))
    council_page = client.get(page_of(world)).text

    assert "<strong>Đạt</strong>" in page.text
    assert "1 trên 7 thành viên xếp «Xuất sắc», 1 xếp «Không đạt»" in page.text
    assert "«Quy trình»: chất lượng không đạt." in page.text
    assert "TT 11/2014/TT-BKHCN" in page.text
    assert {"cells": [{"text": "Quy trình", "sub": "Chất lượng"}, 1, 5, 1]} in page.context["product_rows"]
    assert ">Đạt</a>" in council_page


def test_a_slip_changed_after_the_count_is_told_on_the_page_and_in_the_minutes(client):
    world = make_accepting_world()
    open_slips(world)
    judge_all(world)
    count(world)
    models.QuerySet(Slip).filter(pk=world.slip(0).pk).update(judgements={"report": {"report": "splendid"}})
    client.force_login(world.specialist)

    result = client.get(url("council-result", world, world.matters[0].pk)).text
    council_page = client.get(page_of(world)).text
    minutes = words_of(paper(client, world, "council-minutes"))

    assert "Phiếu bị đổi sau khi khóa: kết quả này không dùng được." in result
    assert "Phiếu bị đổi sau khi khóa" in council_page
    assert "Có phiếu bị đổi sau khi khóa: kết quả trên không dùng được." in minutes


@pytest.fixture
def accepted():
    """Return a council of one dossier with one product, whose slips were counted."""
    world = make_accepting_world()
    open_slips(world)
    judge_all(world)
    count(world)
    return world


ONE = st.sampled_from(list(Rating))
SLIP = st.fixed_dictionaries({"quantity": ONE, "volume": ONE, "quality": ONE, "report": ONE})


def judged_as(member, said, delivered):
    """Return one member's judgements without asking the module that is tested."""
    amounts = {"ordered": Decimal(10), "delivered": delivered}
    return [
        Judgement(member, "Quy trình", Judged.QUANTITY, said["quantity"], **amounts),
        Judgement(member, "Quy trình", Judged.VOLUME, said["volume"], **(amounts if said["volume"] is F else {})),
        Judgement(member, "Quy trình", Judged.QUALITY, said["quality"]),
        Judgement(member, REPORT, Judged.REPORT, said["report"]),
    ]


@given(said=st.lists(SLIP, min_size=7, max_size=7), late=st.booleans(), delivered=st.integers(0, 20))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_rates_as_the_rule_does_on_the_same_judgements(accepted, said, late, delivered):
    world, item = accepted, MatterItem.objects.get()
    matter = world.matters[0]
    models.QuerySet(MatterItem).filter(pk=item.pk).update(delivered=delivered)
    models.QuerySet(Matter).filter(pk=matter.pk).update(filed_late=late)
    judgements = []
    for slip, one in zip(slips_of(matter), said, strict=True):
        judgements += judged_as(str(slip.seat_id), one, Decimal(delivered))
        products = {key: one[key].value for key in ("quantity", "volume", "quality")}
        slip.judgements = {str(item.pk): products, REPORT: {"report": one["report"].value}}
        models.QuerySet(Slip).filter(pk=slip.pk).update(judgements=slip.judgements, digest=digest_of(slip))

    shown = rated_values(world.council, matter)["rated"]
    expected = rate(rating_rule(world.council.rules_used["rating"]["value"]), judgements, too_late=late)

    assert shown == expected


def test_minutes_and_slips_print_what_was_judged_and_why(client):
    world = make_accepting_world()
    open_slips(world)
    judge_all(world, E)
    count(world)
    client.force_login(world.specialist)

    minutes = words_of(paper(client, world, "council-minutes"))
    slip = words_of(paper(client, world, "council-slip-paper", "docx", world.slip(0).pk))

    assert "Thành viên 0: Xuất sắc. Mọi tiêu chí đã đánh giá của sản phẩm" in minutes
    assert "Hồ sơ mẫu 0: Đạt. 1 trên 7 thành viên xếp «Xuất sắc»" in minutes
    assert "Tính theo TT 11/2014/TT-BKHCN điều 13" in minutes
    assert "Quy trình: chất lượng" in slip
    assert world.slip(0).digest in slip
    assert paper(client, world, "council-minutes", "pdf").content.startswith(b"%PDF")


def test_products_are_entered_and_taken_out_on_the_page_of_the_dossier(client):
    world = make_accepting_world(products=())
    client.force_login(world.specialist)
    matter = world.matters[0].pk
    address = url("council-item", world, matter)
    said = {"name": "Mô hình trồng chè", "unit": "ha", "ordered": "2,5", "delivered": "3", "has_kind": "on"}

    client.post(address, {**form_of(client.get(address)), **said})
    page = client.get(url("council-dossier", world, matter))
    item = MatterItem.objects.get()
    drop = url("council-item-drop", world, item.pk)

    assert "Đặt hàng 2,5, giao nộp 3 ha" in page.text
    assert "Số lượng, Khối lượng, Chất lượng, Chủng loại" in page.text
    assert "ghi sản phẩm «Mô hình trồng chè»" in page.text
    client.post(drop, form_of(client.get(drop)))
    assert not MatterItem.objects.exists()


def test_an_order_of_nothing_or_in_words_is_refused(client):
    world = make_accepting_world(products=())
    client.force_login(world.specialist)

    said = {"name": "Chè", "ordered": "0", "delivered": "mười"}
    refused = client.post(url("council-item", world, world.matters[0].pk), said)

    assert refused.status_code == 422
    assert "Số lượng đặt hàng phải lớn hơn 0" in refused.text
    assert "“mười” không phải là số" in refused.text


def test_late_filing_is_put_down_and_told(client):
    world = make_accepting_world()
    client.force_login(world.specialist)
    address = url("council-filing", world, world.matters[0].pk)

    client.post(address, {**form_of(client.get(address)), "filed_late": "on"})

    assert "Quá thời hạn cho phép" in client.get(url("council-dossier", world, world.matters[0].pk)).text


@pytest.mark.parametrize("name", ["council-item", "council-filing", "council-matter-drop"])
def test_changing_a_dossier_is_for_those_who_run_the_council_before_slips_are_open(client, name):
    world = make_accepting_world()
    matter = world.matters[0].pk
    invite(world)
    anonymous = client.get(url(name, world, matter))
    client.force_login(world.members[0])
    member = client.get(url(name, world, matter))
    client.force_login(world.specialist)
    runner = client.get(url(name, world, matter))

    assert (anonymous.status_code, member.status_code, runner.status_code) == (302, 403, 200)


def test_a_dossier_is_not_changed_on_pages_once_slips_are_open(client):
    world = make_accepting_world()
    open_slips(world)
    client.force_login(world.specialist)
    said = {"name": "Muộn", "why": "sót"}

    refused = client.post(url("council-item", world, world.matters[0].pk), said)
    page = client.get(url("council-dossier", world, world.matters[0].pk))

    assert refused.status_code == 422
    assert "Phiếu đã mở" in refused.text
    assert page.context["acts"] == []


def test_a_dossier_is_taken_out_on_its_page(client):
    world = make_world(matters=2)
    client.force_login(world.specialist)
    address = url("council-matter-drop", world, world.matters[0].pk)

    client.post(address, form_of(client.get(address)))

    assert [one.title for one in world.council.matters.all()] == ["Hồ sơ mẫu 1"]


def test_the_page_of_a_dossier_is_for_those_who_sit_or_run(client):
    world = make_accepting_world()
    invite(world)
    address = url("council-dossier", world, world.matters[0].pk)
    stranger = make_user(Role.SPECIALIST, username="la", office=world.council.office)
    codes = {"khách": client.get(address).status_code}
    for reader in (world.specialist, world.members[0], stranger):
        client.force_login(reader)
        codes[reader.username] = client.get(address).status_code

    assert codes == {"khách": 302, "cv": 200, "tv0": 200, "la": 403}


@pytest.mark.parametrize("matters", [1, 4])
@pytest.mark.parametrize("counted", [False, True])
def test_the_page_of_an_acceptance_costs_the_same_however_much_is_judged(
    client, matters, counted, django_assert_max_num_queries
):
    world = make_accepting_world(matters=matters, products=("Một", "Hai"))
    open_slips(world)
    judge_all(world)
    if counted:
        count(world)
    for reader in (world.specialist, world.members[0]):
        client.force_login(reader)
        client.get(page_of(world))
        with django_assert_max_num_queries(20):
            client.get(page_of(world))


def test_a_result_costs_the_same_however_many_products_were_judged(client, django_assert_max_num_queries):
    world = make_accepting_world(products=())
    for number in range(5):
        add_item(world, world.matters[0], f"Sản phẩm {number}")
    open_slips(world)
    judge_all(world)
    count(world)
    client.force_login(world.specialist)

    with django_assert_max_num_queries(20):
        client.get(url("council-result", world, world.matters[0].pk))


def test_a_council_formed_on_the_page_for_acceptance_is_judged_by_the_rule_chosen(client):
    world = make_world()
    client.force_login(world.specialist)
    form = form_of(client.get(reverse("council-new")))

    said = {"title": "Hội đồng nghiệm thu", "purpose": "accept", "regime": "law29", "sheet": ""}
    client.post(reverse("council-new"), {**form, **said})

    made = type(world.council).objects.get(title="Hội đồng nghiệm thu")
    assert (made.is_judged, made.rated_by) == (True, "research.rating.")


def test_slips_that_do_not_count_stand_on_the_result_with_the_reason(client):
    world = make_accepting_world(products=("Quy trình",))
    open_slips(world, written=(6,))
    world.members[6] = world.specialist
    for place in (0, 1, 2, 3, 6):
        judge(world, place)
    said = {"actor": world.specialist, "on": MEETS}
    scoring.set_aside_slip(slip=world.slip(4), reason="Không nộp", **said)
    interest = {"answer": ConflictAnswer.SOME, "text": "Cùng cơ quan", "actor": world.members[5], "on": MEETS}
    scoring.declare_interest(slip=world.slip(5), **interest)
    count(world)
    client.force_login(world.specialist)

    rows = client.get(url("council-result", world, world.matters[0].pk)).context["rows"]
    minutes = words_of(paper(client, world, "council-minutes"))

    assert [row["cells"][2] for row in rows[3:]] == [
        "Có",
        "Không: Không nộp",
        "Không chấm: có lợi ích liên quan",
        "Không: thành viên vắng mặt, phiếu chỉ để tham khảo",
    ]
    assert "Thành viên 5: Không chấm: có lợi ích liên quan." in minutes


def test_the_page_of_a_dossier_leads_to_its_record_and_a_product_may_have_no_amounts(client):
    world = make_accepting_world(products=())
    subject = make_person("Hồ sơ trong sổ", actor=world.specialist)
    about = {"title": "Hồ sơ", "subject_register": subject.REGISTER, "subject_id": subject.pk}
    matter = Matter(council=world.council, **about)
    forming.add_matter(matter=matter, actor=world.specialist, on=SENT)
    add_item(world, matter, "Báo cáo", ordered=None, delivered=None)
    client.force_login(world.specialist)

    page = client.get(url("council-dossier", world, matter.pk))

    assert subject.code in page.text
    assert page.context["item_rows"][0]["cells"][1] == ""


def test_the_page_of_a_dossier_that_is_only_discussed_asks_for_no_product(client):
    world = make_world(sheet="")
    client.force_login(world.specialist)

    page = client.get(url("council-dossier", world, world.matters[0].pk))

    assert [act["label"] for act in page.context["acts"]] == ["Bỏ hồ sơ khỏi hội đồng"]
    assert "Sản phẩm đã cam kết" not in page.text
    assert rating_of(world.council, world.matters[0]) is None
