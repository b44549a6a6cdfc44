"""The tags and filters that templates use."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone

from khcn.ui.icons import UnknownIcon
from khcn.ui.values import TONE_ICONS, Tone


def shown(source, **values):
    return Template("{% load ui %}" + source).render(Context(values))


class TwoFields(forms.Form):
    title = forms.CharField(help_text="Viết đủ.")
    agreed = forms.BooleanField()
    field_of_work = forms.ChoiceField(choices=[("a", "A")])
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_an_icon_is_hidden_from_people_who_listen():
    html = shown('{% icon "check" "big" %}')

    assert 'aria-hidden="true"' in html
    assert "icons.svg#check" in html
    assert 'class="icon big"' in html


def test_an_icon_outside_the_sprite_is_refused_by_name():
    with pytest.raises(UnknownIcon, match="khong-co"):
        shown('{% icon "khong-co" %}')


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_has_an_icon_of_the_sprite(tone):
    assert "<svg" in shown("{% icon tone|tone_icon %}", tone=tone)


def test_no_two_tones_share_an_icon():
    assert len(set(TONE_ICONS.values())) == len(Tone)


def test_an_instant_is_shown_in_local_time():
    with timezone.override("Asia/Ho_Chi_Minh"):
        html = shown("{{ at|vn_datetime }}", at=datetime(2021, 9, 14, 2, 12, tzinfo=UTC))

    assert html == "14/9/2021 09:12"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ 1234567.5|vn_number }}", "1.234.567,5"),
        ("{{ 1234567|vn_number:2 }}", "1.234.567,00"),
        ('{{ 2500000|vn_money:"triệu" }}', "2,5 triệu đồng"),
        ("{{ 12.345|vn_percent:1 }}", "12,3%"),
        ('{{ "target"|kind_label }}', "chỉ tiêu"),
        ("{% number missing.value missing.decimals %}", "0"),
    ],
)
def test_filters_write_as_vietnamese_papers_do(source, html):
    assert shown(source, missing={"value": 0}) == html


def test_a_wrong_field_names_its_error_and_its_help():
    html = shown("{% widget field %}", field=TwoFields({})["title"])

    assert 'aria-describedby="id_title_help id_title_error"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize(
    ("name", "css_class"),
    [("title", "form-control"), ("agreed", "form-check-input"), ("field_of_work", "form-select"), ("kind", "choice")],
)
def test_each_kind_of_field_has_its_look(name, css_class):
    assert f'class="{css_class}"' in shown("{% widget field %}", field=TwoFields()[name])


def test_columns_and_cells_of_different_number_are_refused():
    with pytest.raises(ValueError, match="zip"):
        shown("{% for a, b in first|zipped:second %}{{ a }}{% endfor %}", first=[1], second=[1, 2])


def test_a_code_to_scan_is_drawn_without_style_attributes():
    html = shown('{% qr_code "HS-MAU-014" %}')

    assert html.startswith("<svg")
    assert "style=" not in html
