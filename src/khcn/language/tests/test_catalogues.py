"""Every marked word of the interface has its English, and the English fits what fills it."""

import re

import pytest

from khcn.language.catalogues import PACKAGE, catalogue_of, catalogues, collected, translations_of, words_of

PLACES = re.compile(r"\{(\w+)[^{}]*\}|%\((\w+)\)[sd]")
TAGS = re.compile(r"</?\w+")


def places(text: str) -> set[str]:
    """Return the names that a text lets be filled in."""
    return {one or other for one, other in PLACES.findall(text)}


@pytest.fixture(scope="module")
def english() -> dict[tuple[str, str], set[str]]:
    """Return all English of each marked word, over all catalogues."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in catalogues():
        for said, translated in translations_of(path).items():
            found.setdefault(said, set()).add(translated)
    return found


def test_the_catalogues_hold_exactly_the_words_that_are_marked():
    """`python -m khcn.language.catalogues update` brings them up to date."""
    wanted = {path: set(words) for path, words in collected().items()}
    assert {path: set(translations_of(path)) for path in catalogues()} == wanted


def test_every_word_is_translated_and_everywhere_alike(english):
    assert sorted(said for said, found in english.items() if found == {""}) == []
    assert {said: found for said, found in english.items() if len(found) > 1} == {}


def test_the_english_fills_in_only_what_the_vietnamese_has_and_keeps_its_tags(english):
    for (_context, source), found in english.items():
        for translated in found:
            assert places(translated) <= places(source), source
            assert sorted(TAGS.findall(translated)) == sorted(TAGS.findall(source)), source


def test_marks_are_found_in_code_with_and_without_context(tmp_path):
    module = tmp_path / "words.py"
    module.write_text(
        'A = _("Lưu")\nB = _("Văn bản", "one")\nC = _(other)\n\n\n@indicator("x")\ndef f():\n    """Đếm  hồ sơ."""\n'
    )

    assert set(words_of(module)) == {("", "Lưu"), ("one", "Văn bản"), ("", "Đếm hồ sơ.")}


def test_marks_are_found_in_templates(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "Lưu" %}{% translate "Thêm" context "button" %}{{ x|default:_("Trang") }}'
        "{% blocktranslate with a=b %}Có {{ a }}{% endblocktranslate %}"
    )

    assert list(words_of(page)) == [("", "Lưu"), ("button", "Thêm"), ("", "Trang"), ("", "Có %(a)s")]


def test_words_belong_to_the_catalogue_of_their_application():
    assert catalogue_of(PACKAGE / "parties/models.py").is_relative_to(PACKAGE / "parties")
    assert catalogue_of(PACKAGE / "language/words.py").is_relative_to(PACKAGE / "locale")
