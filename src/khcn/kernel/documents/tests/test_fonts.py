import logging

import pytest
from fontTools.ttLib import TTFont

from khcn.kernel.documents.fonts import FontsIncomplete, build_fonts, main
from khcn.kernel.documents.metrics import text_width
from khcn.kernel.documents.tests.reading import TINOS_SOURCE, require
from khcn.kernel.documents.typefaces import FACE_FILES, VIETNAMESE_LETTERS, font_paths, is_sure, only_sure


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    source = require(TINOS_SOURCE, "gói @fontsource/tinos chưa được cài vào frontend")
    return build_fonts(source, tmp_path_factory.mktemp("fonts"))


def test_every_vietnamese_letter_is_in_every_merged_face(built):
    covered = [{chr(code) for code in TTFont(path).getBestCmap()} for path in built]

    assert [sorted(set(VIETNAMESE_LETTERS) - letters) for letters in covered] == [[], [], [], []]


def test_building_twice_gives_the_same_bytes(built, tmp_path):
    again = build_fonts(TINOS_SOURCE, tmp_path)

    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in built]


def test_built_faces_are_found(built):
    assert font_paths(built[0].parent) == (built[0].parent,)


@pytest.mark.parametrize(("face", "bold"), [(0, False), (2, True)])
def test_the_shipped_widths_are_those_of_the_face(built, face, bold):
    font = TTFont(built[face])
    cmap, advances = font.getBestCmap(), font["hmtx"]

    expected = [advances[cmap[ord(letter)]][0] * 1000 / 2048 for letter in VIETNAMESE_LETTERS]

    assert [text_width(letter, 1000, bold=bold) for letter in VIETNAMESE_LETTERS] == pytest.approx(expected, abs=1)


def test_without_built_faces_the_embedded_serif_is_used_and_said(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        found = font_paths(tmp_path)

    assert found == ()
    assert "not built" in caplog.text


def test_a_missing_subset_is_named_and_the_command_fails(tmp_path, capsys):
    with pytest.raises(FontsIncomplete, match="tinos-latin-400-normal"):
        build_fonts(tmp_path, tmp_path / "out")

    assert main([str(tmp_path), str(tmp_path / "out")]) == 1
    assert "Thiếu tệp phông" in capsys.readouterr().err


def test_the_command_writes_the_four_faces(built, tmp_path, capsys):
    assert main([str(TINOS_SOURCE), str(tmp_path)]) == 0

    assert [line.rpartition("/")[2] for line in capsys.readouterr().out.split()] == list(FACE_FILES)


def test_vietnamese_is_sure_and_the_rest_keeps_its_place_as_a_box():
    assert all(is_sure(letter) for letter in VIETNAMESE_LETTERS)
    assert only_sure("Đạt 5 ≥ 3 한") == "Đạt 5 ≥ 3 □"
