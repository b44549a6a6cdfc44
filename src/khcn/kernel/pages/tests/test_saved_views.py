from __future__ import annotations

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.pages import saving
from khcn.kernel.pages.models import DefaultView, SavedView, Sharing
from khcn.kernel.pages.saved_views import view_url, views_for
from khcn.kernel.pages.saving import NotSaved, change_view, choose_default, remove_view, save_view
from khcn.kernel.tests.factories import make_division, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("khcn.kernel.tests.urls")]

KEY = "protection-title"
LIST = f"/so/{KEY}/"
VIEWS = f"{LIST}cach-xem/"
SAVE = f"{VIEWS}luu/"


@pytest.fixture
def specialist(client):
    user = make_user(Role.SPECIALIST, division=make_division())
    client.force_login(user)
    return user


def make_view(owner, name="Sáng chế", *, sharing=Sharing.OWN, **parameters):
    kept = parameters or {"kind": ["invention"]}
    return save_view(register=KEY, name=name, parameters=kept, sharing=sharing, actor=owner)


def page(client, path, **options):
    return client.get(path, **options).content.decode()


@pytest.mark.parametrize("path", [VIEWS, SAVE, f"{VIEWS}1/", f"{VIEWS}1/xoa/"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    assert client.get(path).url == f"/dang-nhap/?next={path}"


@pytest.mark.parametrize("path", ["/so/khong-co/cach-xem/", "/so/khong-co/cach-xem/luu/"])
def test_there_are_no_views_of_a_register_that_is_not(client, specialist, path):
    assert client.get(path).status_code == 404


def test_a_list_is_saved_as_it_stands_without_its_page_and_instant(client, specialist):
    query = "?q=che&kind=invention&cot=code&cot=title&xep=-title&thu-hoi=1&sau=abc&as_of=2021-06-30&la=1"

    answer = client.post(SAVE + query, {"name": "Sáng chế về chè"})

    view = SavedView.objects.get()
    assert (view.owner, view.name, view.sharing) == (specialist, "Sáng chế về chè", "own")
    assert view.parameters == {
        "q": ["che"],
        "kind": ["invention"],
        "cot": ["code", "title"],
        "xep": ["-title"],
        "thu-hoi": ["1"],
    }
    assert answer.url == view_url(view)


def test_the_instant_is_kept_when_that_is_ticked(client, specialist):
    client.post(f"{SAVE}?as_of=30/6/2021", {"name": "Giữa năm", "with_instant": "on"})

    assert SavedView.objects.get().parameters == {"as_of": ["30/6/2021"]}


def test_what_the_register_does_not_offer_is_not_saved(client, specialist):
    client.post(f"{SAVE}?kind=sai&cot=title&cot=khong-co&xep=office__name", {"name": "Sai"})

    assert SavedView.objects.get().parameters == {"cot": ["title"], "xep": ["-granted_on"]}


def test_saved_views_stand_above_the_list_and_the_one_shown_is_marked(client, specialist):
    make_title("Nhãn hiệu A")
    make_title("Sáng chế B", kind="invention")
    view = make_view(specialist)

    shown = page(client, view_url(view))

    assert "Nhãn hiệu A" not in shown
    assert 'aria-current="true">Sáng chế</a>' in shown
    assert 'aria-current="true">Cả sổ</a>' in page(client, LIST)


@pytest.mark.parametrize("name", ["", "x" * 81])
def test_a_view_without_a_fitting_name_is_asked_for_again(client, specialist, name):
    assert client.post(SAVE, {"name": name}).status_code == 422


def test_a_name_is_used_once_for_each_register_and_person(client, specialist):
    make_view(specialist, "Của tôi")
    make_view(make_user(Role.CLERK), "Của tôi")

    answer = client.post(SAVE, {"name": "Của tôi"})

    assert answer.status_code == 422
    assert "Đã có cách xem tên «Của tôi»" in answer.content.decode()


def test_a_person_keeps_no_more_views_than_fit(specialist, monkeypatch):
    monkeypatch.setattr(saving, "MOST_VIEWS", 1)
    make_view(specialist, "Một")

    with pytest.raises(NotSaved, match="Xóa bớt"):
        make_view(specialist, "Hai")


@pytest.mark.parametrize(
    ("role", "shares"),
    [
        (Role.SPECIALIST, False),  # for themselves only
        (Role.CLERK, False),  # for themselves only
        (Role.DIVISION_HEAD, True),  # leads a division
        (Role.DIRECTOR, True),  # leads the office
        (Role.ADMINISTRATOR, True),  # keeps the product in order
        (Role.ASSIGNED_AGENCY, False),  # an outsider
    ],
)
@pytest.mark.parametrize("sharing", [Sharing.DIVISION, Sharing.OFFICE])
def test_leaders_share_views_and_others_do_not(client, role, sharing, shares):
    actor = make_user(role, division=make_division())
    client.force_login(actor)

    status = client.post(SAVE, {"name": "Chung", "sharing": sharing.value}).status_code

    assert (status == 302) is shares
    assert SavedView.objects.filter(sharing=sharing).exists() is shares
    if not shares:
        with pytest.raises(NotPermitted):
            make_view(actor, sharing=sharing)


def test_a_leader_of_no_division_shares_with_none(specialist):
    with pytest.raises(NotPermitted, match="chưa thuộc phòng"):
        make_view(make_user(Role.DIRECTOR), sharing=Sharing.DIVISION)


def test_a_view_is_found_by_those_it_is_shared_with():
    mine, other = make_division(), make_division(code="KHAC")
    head = make_user(Role.DIVISION_HEAD, division=mine)
    for sharing in Sharing:
        make_view(head, sharing.value, sharing=sharing)
    people = {
        "owner": head,
        "colleague": make_user(Role.SPECIALIST, division=mine),
        "other division": make_user(Role.SPECIALIST, division=other),
        "other office": make_user(Role.SPECIALIST, office=make_office("BK")),
    }

    found = {who: [view.name for view in views_for(user, KEY)] for who, user in people.items()}

    assert found == {
        "owner": ["division", "office", "own"],
        "colleague": ["division", "office"],
        "other division": ["office"],
        "other office": [],
    }


def test_a_shared_view_opens_nothing_that_its_reader_may_not_know(client):
    make_title("Hạn chế", confidentiality=Confidentiality.CONFIDENTIAL, division=make_division(code="KHAC"))
    view = make_view(make_user(Role.DIRECTOR), sharing=Sharing.OFFICE, q=["han che"])
    client.force_login(make_user(Role.SPECIALIST, division=make_division()))

    assert ">Hạn chế<" not in page(client, view_url(view))


def test_a_register_opens_with_the_default_view_and_whole_when_asked(client, specialist):
    make_title("Nhãn hiệu A")
    view = make_view(specialist)

    client.post(f"{VIEWS}mac-dinh/", {"xem": view.pk})

    assert client.get(LIST).url == view_url(view)
    whole = page(client, f"{LIST}?xem=0")
    assert "Nhãn hiệu A" in whole
    client.post(f"{VIEWS}mac-dinh/", {"xem": 0})
    assert client.get(LIST).status_code == 200


def test_lifting_the_last_filter_shows_the_whole_register_and_not_the_default(client, specialist):
    choose_default(register=KEY, view=make_view(specialist), actor=specialist)

    assert f'href="{LIST}?xem=0"' in page(client, f"{LIST}?kind=mark")


def test_a_view_may_be_saved_as_default_at_once(client, specialist):
    client.post(f"{SAVE}?kind=mark", {"name": "Nhãn hiệu", "as_default": "on"})

    assert DefaultView.objects.get().view.name == "Nhãn hiệu"


def test_only_a_view_that_one_may_use_opens_ones_register(client, specialist):
    view = make_view(make_user(Role.CLERK))

    assert client.post(f"{VIEWS}mac-dinh/", {"xem": view.pk}).status_code == 404
    with pytest.raises(NotPermitted):
        choose_default(register=KEY, view=view, actor=specialist)


def test_a_default_that_is_no_longer_shared_opens_nothing(client, specialist):
    head = make_user(Role.DIVISION_HEAD, division=make_division())
    view = make_view(head, sharing=Sharing.DIVISION)
    choose_default(register=KEY, view=view, actor=specialist)

    change_view(view=view, name=view.name, sharing=Sharing.OWN, actor=head)

    assert client.get(LIST).status_code == 200


def test_a_view_is_renamed_and_removed_by_who_saved_it(client, specialist):
    view = make_view(specialist)

    client.post(f"{VIEWS}{view.pk}/", {"name": "Tên mới"})
    assert "Tên mới" in page(client, VIEWS)
    assert "Không hồ sơ nào bị ảnh hưởng" in page(client, f"{VIEWS}{view.pk}/xoa/")
    client.post(f"{VIEWS}{view.pk}/xoa/")

    assert not SavedView.objects.exists()


def test_renaming_to_a_name_in_use_is_refused_with_what_was_typed(client, specialist):
    make_view(specialist, "Một")
    view = make_view(specialist, "Hai")

    assert client.post(f"{VIEWS}{view.pk}/", {"name": "Một"}).status_code == 422


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.SPECIALIST, False),  # uses it only
        (Role.DIRECTOR, False),  # neither: what colleagues use is not taken from them
        (Role.ADMINISTRATOR, True),  # keeps order when its owner has left
    ],
)
def test_who_else_may_remove_a_shared_view(client, role, may):
    view = make_view(make_user(Role.DIVISION_HEAD, division=make_division()), sharing=Sharing.OFFICE)
    actor = make_user(role)
    client.force_login(actor)

    assert (client.post(f"{VIEWS}{view.pk}/xoa/").status_code == 302) is may
    assert SavedView.objects.exists() is not may
    if not may:
        assert client.post(f"{VIEWS}{view.pk}/", {"name": "Khác"}).status_code == 403
        with pytest.raises(NotPermitted):
            remove_view(view=view, actor=actor)


def test_a_view_of_someone_else_does_not_exist(client, specialist):
    view = make_view(make_user(Role.CLERK))

    assert client.get(f"{VIEWS}{view.pk}/").status_code == 404


def test_who_may_not_share_keeps_what_a_view_was_shared_as(client):
    head = make_user(Role.DIVISION_HEAD, division=make_division())
    view = make_view(head, sharing=Sharing.DIVISION)
    head.role_grants.update(role=Role.SPECIALIST)
    client.force_login(head)

    client.post(f"{VIEWS}{view.pk}/", {"name": "Đổi tên", "sharing": "division"})

    view.refresh_from_db()
    assert (view.name, view.sharing, view.division) == ("Đổi tên", "division", head.division)


def test_a_register_without_views_says_how_to_save_one(client, specialist):
    assert "Chưa lưu cách xem nào" in page(client, VIEWS)
