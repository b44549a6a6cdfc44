from __future__ import annotations

import pytest

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages import bulk
from khcn.kernel.pages.bulk import act_named, acts_of, why_not
from khcn.kernel.pages.models import BulkOutcome, BulkRun
from khcn.kernel.pages.services import withdraw_record
from khcn.kernel.pages.steps import step_refusals, transition_handlers
from khcn.kernel.records.corrections import correct_record, version_stamp
from khcn.kernel.records.registry import register, registers
from khcn.kernel.tests.factories import TODAY, make_division, make_granted_title, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

KEY = "protection-title"
LIST = f"/so/{KEY}/"
PREVIEW, DO = f"{LIST}nhieu/", f"{LIST}nhieu/lam/"
REFUSE, HAND_OVER = "buoc:refuse", "giao:responsible"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def titles():
    return register(KEY)


def preview(client, *records, act=REFUSE, query="", **said):
    return client.post(PREVIEW + query, {"viec": act, "chon": [one.pk for one in records], **said})


def sent(answer, **said):
    """Return what a browser would send of the preview."""
    form = answer.context["form"]
    values = {bound.name: getattr(bound.value(), "pk", bound.value()) for bound in form}
    return {name: "" if value is None else value for name, value in values.items()} | {
        "viec": answer.context["hidden"][0]["value"],
        "note": "không đáp ứng",
        **said,
    }


def do(client, answer, **said):
    return client.post(DO, sent(answer, **said))


def state_of(record):
    return titles().model.objects.get(pk=record.pk).state


@pytest.mark.parametrize("path", [PREVIEW, DO, f"{PREVIEW}83cb1eb9-86d8-41bc-bc61-2bb03208f652/"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    assert client.get(path).url == f"/dang-nhap/?next={path}"


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.SPECIALIST, True),  # works on records
        (Role.ASSIGNED_AGENCY, True),  # works on what it was given
        (Role.PROVINCIAL_LEADER, False),  # reads
        (Role.APPLICANT, False),  # reads
    ],
)
def test_acts_on_many_are_offered_to_who_works_on_records(client, role, offered):
    record = make_title(confidentiality=Confidentiality.PUBLIC)
    client.force_login(make_user(role))

    assert ("Với các hồ sơ đã chọn" in client.get(LIST).content.decode()) is offered
    assert preview(client, record).status_code == (200 if offered else 403)


def test_nothing_is_offered_on_a_list_of_the_past(client, specialist):
    record = make_title()

    assert "Với các hồ sơ đã chọn" not in client.get(f"{LIST}?as_of=2030-01-01").content.decode()
    assert preview(client, record, query="?as_of=2021-06-30").status_code == 400


def test_only_acts_that_need_day_and_note_are_offered():
    assert [one.name for one in acts_of(titles())] == [REFUSE, "buoc:lapse", HAND_OVER]


def test_no_register_offers_a_step_that_brings_a_form_or_evidence_of_its_own():
    offered = [(one.key, act) for one in registers() for act in acts_of(one) if act.transition is not None]

    assert [
        (key, act.name) for key, act in offered if act.transition.evidence == "required" or act.transition.form
    ] == []


def test_a_preview_says_which_will_be_done_and_why_others_cannot(client, specialist):
    open_one = make_title("Làm được", division=specialist.division)
    granted = make_granted_title("Đã cấp", number="1", granted_on=TODAY, actor=specialist)
    foreign = make_title("Phòng khác", division=make_division(code="KHAC"))

    page = preview(client, open_one, granted, foreign).content.decode()

    assert "Sẽ làm với 1 hồ sơ" in page
    assert "Không làm được với 2 hồ sơ" in page
    assert "không làm được bước này" in page
    assert "Hồ sơ thuộc phòng khác phụ trách." in page
    assert state_of(open_one) == open_one.state


def test_a_preview_of_nothing_that_can_be_done_asks_for_nothing(client, specialist):
    granted = make_granted_title("Đã cấp", number="1", granted_on=TODAY, actor=specialist)

    page = preview(client, granted).content.decode()

    assert "Không làm được việc này với hồ sơ nào đã chọn." in page
    assert "Thực hiện với" not in page


@pytest.mark.parametrize(
    "said", [{"viec": "buoc:grant"}, {"viec": "khong-co"}, {"chon": []}, {"chon": ["x", "9" * 30]}]
)
def test_a_choice_that_says_nothing_leads_back_to_the_list(client, specialist, said):
    record = make_title()

    answer = client.post(PREVIEW, {"viec": REFUSE, "chon": [record.pk], **said})

    assert answer.url == LIST


def test_all_that_the_filter_keeps_is_taken_up_to_a_cap(client, specialist, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    for number in range(3):
        make_title(f"Chè {number}")
    make_title("Gạo")

    answer = preview(client, query="?q=che", **{"tat-ca": "1"})

    assert len(answer.context["can"]) == 2
    assert "Bộ lọc giữ nhiều hơn" in answer.content.decode()
    assert "Gạo" not in answer.content.decode()


def test_what_a_person_may_not_know_of_can_neither_be_previewed_nor_done(client, specialist):
    hidden = make_title("Hạn chế", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))
    shown = make_title("Thấy được")

    answer = preview(client, hidden, shown)
    assert "Hạn chế" not in answer.content.decode()
    result = client.get(do(client, answer, **{"da-chon": f"{hidden.pk}-1"}).url).content.decode()

    assert "Hồ sơ không còn trong sổ bạn được xem." in result
    assert "Hạn chế" not in result
    assert state_of(hidden) == hidden.state


def test_a_step_is_taken_with_each_record_and_told_on_the_result_page(client, specialist):
    first, second = make_title("Một"), make_title("Hai")

    result = client.get(do(client, preview(client, first, second)).url).content.decode()

    assert {state_of(first), state_of(second)} == {"refused"}
    assert "Đã làm với 2 hồ sơ." in result


def test_what_one_record_refuses_undoes_nothing_of_the_others(client, specialist):
    first, second = make_title("Một"), make_title("Hai")
    answer = preview(client, first, second)
    withdraw_record(record=first, actor=make_user(Role.DIRECTOR), on=TODAY, why="nhập nhầm")

    result = client.get(do(client, answer).url).content.decode()

    assert (state_of(first), state_of(second)) == ("filed", "refused")
    assert "Không làm được với 1 hồ sơ." in result
    assert "Hồ sơ đã thu hồi" in result


def test_a_service_that_refuses_one_leaves_nothing_of_it_behind(client, specialist, monkeypatch):
    class Unwilling(Exception):
        pass

    def writes_then_refuses(*, record, actor, on, note, **_said):
        correct_record(
            record=record, values={"goods": "dở dang"}, actor=actor, on=on, why="x", seen=version_stamp(record)
        )
        raise Unwilling("Chưa đủ điều kiện.")

    monkeypatch.setitem(transition_handlers, (KEY, "refuse"), writes_then_refuses)
    monkeypatch.setattr("khcn.kernel.pages.bulk_runs.step_refusals", [*step_refusals, Unwilling])
    record = make_title()

    result = client.get(do(client, preview(client, record)).url).content.decode()

    assert "Chưa đủ điều kiện." in result
    assert titles().model.objects.get(pk=record.pk).goods == ""


def test_a_confirmation_sent_twice_acts_once(client, specialist):
    record = make_title()
    answer = preview(client, record)

    urls = {client.post(DO, sent(answer)).url for _ in range(2)}

    assert len(urls) == 1
    assert BulkOutcome.objects.count() == 1


def test_the_number_of_a_form_of_someone_else_is_refused(client, specialist):
    answer = preview(client, make_title())
    BulkRun.objects.create(
        token=sent(answer)["lan-gui"],
        user=make_user(Role.CLERK),
        register=KEY,
        act="x",
        wanted=[],
        started_at=answer.context["request"].now,
    )

    assert do(client, answer).url == LIST
    assert not BulkOutcome.objects.exists()


def test_the_result_is_shown_to_who_acted_alone(client, specialist):
    url = do(client, preview(client, make_title())).url
    client.force_login(make_user(Role.DIRECTOR))

    assert client.get(url).status_code == 404


def test_a_run_cut_short_says_how_many_are_left(client, specialist):
    answer = do(client, preview(client, make_title("Một"), make_title("Hai")))
    BulkOutcome.objects.order_by("pk").last().delete()

    assert "Còn 1 hồ sơ chưa làm tới." in client.get(answer.url).content.decode()


@pytest.mark.parametrize("said", [{"on": "1/1/2100"}, {"on": "hôm kìa"}])
def test_a_day_that_cannot_stand_is_asked_for_again_with_the_preview(client, specialist, said):
    record = make_title("Vẫn còn đây")

    answer = do(client, preview(client, record), **said)

    assert answer.status_code == 422
    assert "Vẫn còn đây" in answer.content.decode()
    assert state_of(record) == record.state


@pytest.mark.parametrize("chosen", ["", "abc", "1", "1-2-3"])
def test_a_broken_choice_leads_back_to_the_list(client, specialist, chosen):
    answer = preview(client, make_title())

    assert do(client, answer, **{"da-chon": chosen}).url == LIST


def test_records_are_handed_over_with_a_reason(client, specialist):
    first, second = make_title("Một"), make_title("Hai", responsible=specialist)
    other = make_user(Role.CLERK)

    answer = preview(client, first, second, act=HAND_OVER)
    result = client.get(do(client, answer, **{"gia-tri": other.pk, "note": "chuyển việc"}).url).content.decode()

    assert "Đã làm với 2 hồ sơ." in result
    assert set(titles().model.objects.values_list("responsible", flat=True)) == {other.pk}


def test_handing_over_asks_to_whom_and_why(client, specialist):
    answer = preview(client, make_title(), act=HAND_OVER)

    refused = do(client, answer, **{"gia-tri": "", "note": ""})

    assert set(refused.context["form"].errors) == {"gia-tri", "note"}


def test_what_another_wrote_since_the_preview_is_not_overwritten(client, specialist):
    record = make_title()
    answer = preview(client, record, act=HAND_OVER)
    correct_record(
        record=record, values={"goods": "chè"}, actor=specialist, on=TODAY, why="bổ sung", seen=version_stamp(record)
    )

    result = client.get(do(client, answer, **{"gia-tri": specialist.pk}).url).content.decode()

    assert "Không làm được với 1 hồ sơ." in result
    assert titles().model.objects.get(pk=record.pk).responsible is None


def test_handing_over_to_who_is_already_responsible_is_told(client, specialist):
    answer = preview(client, make_title(responsible=specialist), act=HAND_OVER)

    assert "đã như vậy từ trước" in client.get(do(client, answer, **{"gia-tri": specialist.pk}).url).content.decode()


def test_why_not_names_a_withdrawal():
    director = make_user(Role.DIRECTOR)
    record = make_title()
    withdraw_record(record=record, actor=director, on=TODAY, why="nhập nhầm")
    record.refresh_from_db()

    found = {name: why_not(titles(), act_named(titles(), name), record, director) for name in (REFUSE, HAND_OVER)}

    assert found == {REFUSE: "Hồ sơ đã thu hồi.", HAND_OVER: "Hồ sơ đã thu hồi nên không sửa được."}
