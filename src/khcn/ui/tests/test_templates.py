"""Templates keep the rules of the kit."""

import re

import pytest
from django.template import Context
from django.template.loader import get_template, render_to_string

from khcn.ui.icons import known_icons
from khcn.ui.tests.reading import COMPONENTS, TEMPLATES, UI

LONGEST = 120


def name(path):
    return path.relative_to(UI / "templates").as_posix()


def first_line(path):
    return path.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son\w+\s*=\s*[\"']", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_include_passes_its_values_and_nothing_else(path):
    includes = re.findall(r"{% include (.+?) %}", path.read_text(encoding="utf-8"))

    assert [include for include in includes if not include.endswith(" only")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_icon_named_in_a_template_is_in_the_sprite(path):
    names = re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))

    assert set(names) <= known_icons()


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_a_component_begins_with_its_parameters(path):
    assert re.match(r"{# .+ · .+ #}|{# .+ #}", first_line(path))


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_the_contract_repeats_a_components_first_line(path):
    parameters = first_line(path).split("{#")[1].split("#}")[0].strip()

    assert f"- **{path.stem}**: {parameters}\n" in (UI / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("status", ["400", "403", "404", "500"])
def test_an_error_page_shows_the_code_to_quote(status):
    html = render_to_string(f"{status}.html", {"error_id": "MA-7F3A"})

    assert "MA-7F3A" in html


def test_an_error_page_needs_no_value_at_all():
    html = get_template("500.html").template.render(Context())

    assert "chưa được ghi" in html


def test_a_refusal_says_its_reason():
    html = render_to_string("403.html", {"reason": "Chỉ lãnh đạo phụ trách được xem."})

    assert "Chỉ lãnh đạo phụ trách được xem." in html
