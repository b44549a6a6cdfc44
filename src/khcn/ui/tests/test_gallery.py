"""The gallery is complete, and each component renders in each of its states."""

import pytest
from django.urls import resolve

from khcn.ui import gallery, views
from khcn.ui.tests.reading import COMPONENTS

ENTRIES = gallery.entries()


def test_every_component_has_an_entry_and_every_entry_a_component():
    shown = {entry.component for entry in ENTRIES}
    written = {path.stem for path in COMPONENTS}

    assert shown == written


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.component)
def test_a_component_renders_in_every_state(entry):
    shown = [variant["html"].strip() for variant in entry.shown()]

    assert all(shown)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.component)
def test_a_component_writes_neither_none_nor_false(entry):
    text = "".join(variant["html"] for variant in entry.shown())

    assert ">None<" not in text
    assert "False" not in text


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (views.show_gallery, "Bộ thành phần giao diện"),
        (views.show_record, "Bước tiếp"),
        (views.show_list, "Dòng 1–12"),
        (views.show_public, "Tìm trong kho công khai"),
        (views.show_sign_in, "Chưa đăng nhập được"),
        (views.show_drawer, "Như đã biết lúc"),
        (views.show_confirmation, "Thôi, quay lại"),
    ],
)
def test_a_page_of_the_gallery_is_whole(view, words, rf):
    html = view(rf.get("/ui/gallery/")).content.decode()

    assert words in html
    assert html.count("<main") == 1
    assert html.rstrip().endswith("</html>")


def test_the_gallery_answers_at_its_address():
    match = resolve("/gallery/", urlconf="khcn.ui.urls")

    assert match.func is views.show_gallery
