from __future__ import annotations

import pytest
from django.test import Client

from khcn.kernel.access.roles import Role
from khcn.kernel.search import addresses, services, views
from khcn.kernel.search.addresses import use_record_address
from khcn.kernel.search.engine import IndexMissing
from khcn.kernel.search.models import SearchOutbox
from khcn.kernel.tests.factories import TODAY, make_granted_title, make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(office):
    client = Client()
    client.force_login(make_user(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def addressed(monkeypatch):
    monkeypatch.setattr(addresses, "_addressing", [])
    use_record_address(lambda record: f"/so/{record.code}/")


def page_of(client, **asked):
    return client.get("/tim/", asked).content.decode()


def test_a_write_is_found_by_the_next_request(clerk, addressed):
    record = make_title("Chè <b>Tân</b> Cương")

    page = page_of(clerk, q="tan cuong")

    assert f'href="/so/{record.code}/"' in page
    assert "<mark>Tân</mark>" in page
    assert "&lt;b&gt;" in page
    assert "1 kết quả" in page


def test_registers_and_years_narrow_the_results(clerk):
    director = make_user(Role.DIRECTOR)
    make_granted_title("Chè một", number="4-1", granted_on=TODAY.replace(year=2020), actor=director)
    make_granted_title("Chè thứ hai", number="4-2", granted_on=TODAY, actor=director)

    page = page_of(clerk, q="chè", so="protection-title", nam="2020", sap="moi-nhat")

    assert "một" in page
    assert "thứ hai" not in page
    assert "?q=ch%C3%A8&amp;so=protection-title&amp;sap=moi-nhat" in page


def test_a_long_list_is_walked_by_pages(clerk):
    for number in range(21):
        make_title(f"Chè số {number}")

    first, second = page_of(clerk, q="chè"), page_of(clerk, q="chè", trang="2")

    assert 'rel="next"' in first
    assert "Trang 2 / 2" in second
    assert 'rel="next"' not in second


def test_nothing_asked_and_nothing_found_are_told_with_a_way_out(clerk):
    assert "Nhập từ cần tìm" in page_of(clerk)
    assert "Thử ít từ hơn" in page_of(clerk, q="không-có-đâu")


@pytest.mark.parametrize(
    "asked",
    [{"q": "doi AND ("}, {"q": "chè", "trang": "-1"}, {"q": "chè", "trang": "9" * 30}, {"q": "chè", "nam": "²"}],
)
def test_a_strange_address_is_answered(clerk, asked):
    assert clerk.get("/tim/", asked).status_code == 200


def test_someone_not_signed_in_sees_public_records_on_a_public_page(office):
    make_title("Chè công khai", confidentiality="public")
    make_title("Chè nội bộ")

    page = page_of(Client(), q="chè")

    assert "công khai" in page
    assert "nội bộ" not in page


def test_where_workers_run_apart_a_request_does_not_index(clerk, indexed, settings):
    indexed()
    make_title("Chè")
    settings.ENVIRONMENT = type("E", (), {"run_jobs_in_process": False})()

    page_of(clerk, q="chè")

    assert SearchOutbox.objects.exists()


def test_while_the_index_is_being_built_the_page_says_so(clerk, monkeypatch):
    monkeypatch.setattr(views, "index_pending", lambda **_: 0)

    answer = clerk.get("/tim/", {"q": "chè"})

    assert answer.status_code == 503
    assert "Chỉ mục tìm kiếm đang được lập" in answer.content.decode()
    assert clerk.get("/tim/goi-y/", {"q": "chè"}).json() == {"suggestions": []}


def test_suggestions_name_records_the_person_may_know_of(clerk, addressed):
    record = make_title("Chè Tân Cương")
    make_title("Chè tân kỳ", confidentiality="confidential")

    found = clerk.get("/tim/goi-y/", {"q": "chè tâ"}).json()

    assert found == {
        "suggestions": [
            {
                "code": record.code,
                "title": "Chè Tân Cương",
                "register": "Văn bằng bảo hộ",
                "url": f"/so/{record.code}/",
            },
        ],
    }


def test_the_number_of_queries_does_not_grow_with_the_hits(clerk, indexed, django_assert_max_num_queries):
    for number in range(20):
        make_title(f"Chè số {number}")
    indexed()

    with django_assert_max_num_queries(16):
        page_of(clerk, q="chè")


def test_a_request_is_answered_while_another_worker_holds_the_lease(clerk, indexed, monkeypatch):
    indexed()
    make_title("Chè")
    monkeypatch.setattr(services, "_take_lease", lambda *_: False)

    assert clerk.get("/tim/", {"q": "chè"}).status_code == 200


def test_the_message_of_a_missing_index_names_the_command():
    with pytest.raises(IndexMissing, match="khcn reindex"):
        services.current_index()
