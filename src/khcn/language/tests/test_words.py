"""Words stay Vietnamese wherever they are kept, and are drawn in the reader's language."""

import copy
import json
import pickle

import pytest
from django.template import engines
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import capfirst

from khcn.language.drawing import drawn_in_source
from khcn.language.words import Words, in_source, joined, with_capital, without_capital
from khcn.language.words import words as _


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw with a small catalogue, as an English reader."""
    catalogue = {
        "Lưu": "Save",
        "hồ sơ": "record",
        "{count} hồ sơ": "{count} {count:record|records}",
        "Không có «{name}»": "There is no “{name}”",
        "Hạn {when:%d/%m}": "Due {when:%d/%m}",
    }
    monkeypatch.setattr("khcn.language.drawing.gettext", lambda source: catalogue.get(source, source))


@pytest.mark.usefixtures("english")
class TestDrawing:
    """What a page shows."""

    def test_words_are_drawn_in_the_language_of_the_reader(self) -> None:
        word = _("Lưu")
        assert str(word) == "Lưu"
        with translation.override("en"):
            assert f"{word}" == str(word) == "Save"

    def test_a_sentence_is_drawn_with_the_words_inside_it(self) -> None:
        sentence = _("Không có «{name}»").format(name=_("hồ sơ"))
        with translation.override("en"):
            assert str(sentence) == "There is no “record”"
        assert str(sentence) == "Không có «hồ sơ»"

    @pytest.mark.parametrize(
        ("count", "drawn"), [(1, "1 record"), ("1", "1 record"), (0, "0 records"), (12, "12 records")]
    )
    def test_english_takes_the_form_that_a_number_asks_for(self, count: object, drawn: str) -> None:
        with translation.override("en"):
            assert str(_("{count} hồ sơ").format(count=count)) == drawn

    def test_templates_and_html_draw_words_and_escape_them(self) -> None:
        template = engines["django"].from_string("<b>{{ word }}</b>")
        with translation.override("en"):
            assert template.render({"word": _("Lưu")}) == "<b>Save</b>"
            assert (
                format_html("<i>{}</i>", _("Không có «{name}»").format(name="<x>")) == "<i>There is no “&lt;x&gt;”</i>"
            )

    def test_rows_of_words_small_letters_and_sums_are_drawn_too(self) -> None:
        row = joined(", ", [_("Lưu"), "DA-1", _("hồ sơ")])
        with translation.override("en"):
            assert str(row) == "Save, DA-1, record"
            assert str(_("Lưu").lower()) == "save"
            assert str("· " + _("Lưu") + "!") == "· Save!"
        assert row == "Lưu, DA-1, hồ sơ"

    def test_what_no_catalogue_knows_stays_vietnamese(self) -> None:
        with translation.override("en"):
            assert str(_("Chè Thái Nguyên")) == "Chè Thái Nguyên"
            assert str(_("")) == ""


@pytest.mark.usefixtures("english")
class TestKeeping:
    """What the system keeps, whoever reads."""

    def test_comparing_hashing_and_writing_see_the_vietnamese(self) -> None:
        sentence = _("{count} hồ sơ").format(count=1)
        with translation.override("en"):
            assert sentence == "1 hồ sơ"
            assert {"1 hồ sơ": 1}[sentence] == 1
            assert json.dumps([sentence], ensure_ascii=False) == '["1 hồ sơ"]'
            parts = [sentence, _("Lưu")]
            assert ", ".join(parts) == "1 hồ sơ, Lưu"
            assert sentence.encode().decode() == "1 hồ sơ"

    def test_copies_and_other_processes_keep_the_vietnamese(self) -> None:
        word = _("Lưu")
        with translation.override("en"):
            assert copy.deepcopy({"a": word})["a"] is word
            assert in_source(pickle.loads(pickle.dumps(word))) == "Lưu"  # noqa: S301  # our own bytes

    def test_a_sentence_of_words_is_kept_without_a_foreign_word(self) -> None:
        with translation.override("en"):
            made = _("Không có «{name}»").format(name=_("hồ sơ").lower())
            assert isinstance(made, Words)
            assert in_source(made) == "Không có «hồ sơ»"

    @pytest.mark.django_db
    @pytest.mark.postgresql
    def test_a_database_keeps_the_vietnamese_of_an_english_reader(self, django_user_model: type) -> None:
        with translation.override("en"):
            user = django_user_model.objects.create(username="reader", full_name=_("Lưu"))
        user.refresh_from_db()
        assert user.full_name == "Lưu"
        assert type(user.full_name) is str


@pytest.mark.usefixtures("english")
class TestComposing:
    """Words made of words, in parts, in another process, for a file."""

    def test_a_capital_at_the_beginning_is_drawn_too(self) -> None:
        word = with_capital(_("hồ sơ"))
        with translation.override("en"):
            assert word == "Hồ sơ"
            assert str(word) == str(capfirst(_("hồ sơ"))) == "Record"
            assert str(without_capital(_("Lưu"))) == "save"
        assert with_capital("a plain text") == "A plain text"

    def test_a_context_tells_apart_what_vietnamese_does_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("khcn.language.drawing.pgettext", lambda context, source: f"{source} as {context}")
        with translation.override("en"):
            assert str(_("Lưu", "menu")) == "Lưu as menu"
            assert str(_("Lưu")) == "Save"
        assert _("Lưu", "menu") == "Lưu"

    def test_a_sentence_is_drawn_in_another_process(self) -> None:
        sentence = joined("; ", [_("{count} hồ sơ").format(count=2), _("Lưu").lower()])
        there = pickle.loads(pickle.dumps(sentence))  # noqa: S301  # our own bytes
        with translation.override("en"):
            assert str(there) == "2 records; save"

    def test_what_makes_a_file_draws_vietnamese(self) -> None:
        @drawn_in_source
        def made() -> str:
            return f"{_('Lưu')}"

        with translation.override("en"):
            assert made() == "Lưu"
            assert f"{_('Lưu')}" == "Save"
