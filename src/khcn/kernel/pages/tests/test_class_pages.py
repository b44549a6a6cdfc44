"""What is known of the pages of classifications: who sees them, the codes level by level, a file previewed then taken."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khcn.kernel.access.roles import Role
from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.services import load_classifications
from khcn.kernel.exchange.models import ClassImport
from khcn.kernel.tests.factories import instant, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]
NEW = "research-field-2025"
LIST, IMPORT = "/quan-tri/bang-phan-loai/", "/quan-tri/bang-phan-loai/nhap/"
FILE = "Mã;Tên\n1;Khoa học tự nhiên\n101;Toán học\n10101;Đại số\n1010101;Đại số tuyến tính\n"


@pytest.fixture(autouse=True)
def _in_2026():
    with time_machine.travel(instant(date(2026, 3, 2)), tick=False):
        yield


@pytest.fixture
def administrator(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def words(answer):
    return answer.content.decode()


def send(client, text=FILE, **said):
    file = {"file": SimpleUploadedFile("mã.csv", text.encode())} if text else {}
    return client.post(IMPORT, {"scheme": NEW, "confidence": "secondary", **file, **said})


def confirmed(client, preview, **changed):
    pairs = {one["name"]: one["value"] for one in preview.context["hidden"]}
    return client.post(IMPORT, pairs | changed, follow=True)


@pytest.mark.parametrize(
    ("role", "listed", "importing"),
    [
        (None, 302, 302),
        (Role.SPECIALIST, 200, 403),
        (Role.DIRECTOR, 200, 403),
        (Role.ASSIGNED_AGENCY, 403, 403),
        (Role.ADMINISTRATOR, 200, 200),
    ],
)
def test_staff_read_and_administrators_import(client, role, listed, importing):
    if role:
        client.force_login(make_user(role))

    assert [client.get(url).status_code for url in (LIST, f"{LIST}{NEW}/", IMPORT)] == [listed, listed, importing]


def test_the_list_says_which_classification_applies_and_holds_nothing_yet(client, administrator):
    load_classifications()

    shown = client.get(LIST)

    assert shown.context["empty_now"] == ["Lĩnh vực nghiên cứu, bảng năm 2025"]
    assert "chưa nạp" in words(shown)
    assert "Nhập bảng mã từ tệp" in words(shown)


def test_a_file_is_previewed_then_taken_and_shown_level_by_level(client, administrator):
    preview = send(client)
    assert "Thêm 4 mã, sửa 0, kết thúc 0, giữ nguyên 0." in words(preview)
    assert not Classification.objects.exists()

    done = confirmed(client, preview)

    assert "Đã nhập bảng «Lĩnh vực nghiên cứu, bảng năm 2025»" in words(done)
    assert [row["cells"][0]["text"] for row in done.context["rows"]] == ["1"]
    deep = client.get(f"{LIST}{NEW}/?ma=10101").context
    assert [row["cells"][0] for row in deep["rows"]] == ["1010101"]
    assert [one["label"][:5] for one in deep["above"]] == ["Lĩnh ", "1 · K", "101 ·", "10101"]
    assert Classification.objects.filter(confidence="secondary", valid_from=date(2025, 12, 15)).count() == 4
    assert client.get(LIST).context["empty_now"] == ["Loại văn bản"]


def test_codes_are_found_by_code_and_by_name_without_marks(client, administrator):
    confirmed(client, send(client))

    assert len(client.get(f"{LIST}{NEW}/?q=dai so").context["rows"]) == 2
    assert len(client.get(f"{LIST}{NEW}/?q=1010101").context["rows"]) == 1
    assert "Không có mã nào khớp" in words(client.get(f"{LIST}{NEW}/?q=zzz"))
    assert client.get(f"{LIST}khong-co/").status_code == 404


def test_the_page_of_a_list_without_levels_shows_all_of_it(client, administrator):
    load_classifications()

    shown = client.get(f"{LIST}document-kind/")

    assert len(shown.context["rows"]) == Classification.objects.of("document-kind").count()
    assert not shown.context["may_import"]


def test_a_code_that_is_over_and_lists_of_mixed_sureness_are_told(client, administrator):
    load_classifications()

    assert "không có hiệu lực hôm nay" in words(client.get(f"{LIST}research-field-2008/"))
    assert "Chưa đối chiếu văn bản: " in words(client.get(LIST))


def test_mistakes_are_listed_and_nothing_is_written(client, administrator):
    refused = send(client, f"{FILE}20;Sai\n")

    assert refused.status_code == 422
    assert [row["cells"][0] for row in refused.context["fault_rows"]] == ["6"]
    assert "1 chỗ sai; chưa ghi gì" in words(refused)
    assert not Classification.objects.exists()


@pytest.mark.parametrize(
    ("text", "said", "sentence"),
    [
        ("", {}, "Chọn tệp bảng mã."),
        ("Mã;Ghi chú\n1;A\n", {}, "thiếu cột «Tên»"),
        (FILE, {"valid_from": "hôm nào"}, "Lỗi"),
        (FILE, {"scheme": "research-field-2008", "is_whole": "on"}, "không có ngày bắt đầu"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, administrator, text, said, sentence):
    refused = send(client, text, **said)

    assert refused.status_code == 422
    assert refused.context["form"].errors
    assert sentence in words(refused) or sentence == "Lỗi"


def test_only_what_was_seen_is_done(client, administrator):
    preview = send(client)
    Classification.objects.create(scheme=NEW, code="1", name="Tên khác", valid_from=date(2025, 12, 15))

    shown_again = confirmed(client, preview)

    assert "Thêm 3 mã, sửa 1" in words(shown_again)
    assert "trước: Tên khác" in words(shown_again)
    assert not ClassImport.objects.exists()


def test_a_file_no_longer_kept_is_asked_for_again(client, administrator):
    preview = send(client)

    assert "Chọn tệp bảng mã." in words(confirmed(client, preview, tep="0" * 64))


def test_a_file_that_changes_nothing_says_so(client, administrator):
    confirmed(client, send(client))

    assert "Tệp không đổi gì" in words(send(client))
    assert "2/3/2026" in words(client.get(f"{LIST}{NEW}/"))  # the history of files


def test_the_rail_leads_to_the_page(client, administrator):
    assert reverse("class-schemes") in words(client.get(reverse("rulebook")))
