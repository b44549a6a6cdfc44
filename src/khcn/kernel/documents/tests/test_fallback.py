"""Print without built typefaces, as on a machine where the build step was not run."""

import logging
from dataclasses import replace

from khcn.kernel.documents.model import Paragraph
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.documents.tests.reading import pdf_fonts, pdf_pages
from khcn.kernel.documents.tests.samples import FOLLOW_UP, REPORT
from khcn.kernel.documents.typefaces import SURE_RANGES, SURE_SIGNS, VIETNAMESE_LETTERS


def test_without_built_typefaces_vietnamese_still_prints_and_the_lack_is_logged(tmp_path, caplog):
    document = replace(REPORT, body=(Paragraph.of(VIETNAMESE_LETTERS),), appendices=())

    with caplog.at_level(logging.WARNING):
        pdf = to_pdf(document, fonts=tmp_path)

    assert "not built" in caplog.text
    assert VIETNAMESE_LETTERS in "".join(pdf_pages(pdf)).replace("\r\n", "").replace("\u200b", "")
    assert not any(name.startswith("Tinos") for name in pdf_fonts(pdf))


def test_every_sure_character_has_a_glyph_in_the_embedded_typefaces(tmp_path, caplog):
    letters = [chr(code) for low, high in SURE_RANGES for code in range(low, high + 1)]
    document = replace(REPORT, body=(Paragraph.of("".join([*letters, *sorted(SURE_SIGNS)])),), appendices=())

    pdf = to_pdf(document, fonts=tmp_path)

    assert b"<pdfaid:part>2" in pdf
    assert "doubtful" not in caplog.text


def test_the_follow_up_still_fits_on_one_sheet(tmp_path):
    assert len(pdf_pages(to_pdf(FOLLOW_UP, fonts=tmp_path))) == 1
