"""Print texts that nobody should write: neither printer may fail, and nothing in them may act as markup."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import (
    Align,
    Appendix,
    BulletList,
    Cell,
    Column,
    ColumnGroup,
    Heading,
    KeyFigure,
    KeyFigures,
    LineBreak,
    Link,
    Metadata,
    Note,
    NumberedList,
    OfficialDocument,
    PageBreak,
    Paragraph,
    QrCode,
    Row,
    Signature,
    Table,
    runs,
)
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.documents.tests.reading import pdf_box_mm, pdf_links, pdf_pages, word, word_text
from khcn.kernel.documents.tests.samples import COMPARISON, PRODUCED_AT, REPORT, conclusion_rows
from khcn.kernel.documents.typefaces import SURE_RANGES, SURE_SIGNS

MARKUP = '#set page(width: 1cm) #read("/etc/hosts") $x^2$ *b* _i_ @ref <l> \\u{41} `raw` // [c] ]#panic() &amp; <w:p/>'
ANY_TEXT = st.text(st.characters(), max_size=60) | st.sampled_from(
    [MARKUP, "x" * 2_000, "\u202eabc", "\x00\x0b\ufffe", "\u0301" * 40]
)


def everywhere(text: str) -> OfficialDocument:
    """Return a document with the text in each place that takes one."""
    table = Table(
        (Column(text), Column("B")), (Row.of(text, Link(text, f"https://e.example/{text}")),), (), text, text, text
    )
    blocks = (
        Heading(1, text),
        Paragraph.of(text, Link(text, text)),
        BulletList((runs(text),)),
        table,
        KeyFigures((KeyFigure(text, text, text, text),)),
        Note(text),
        QrCode(text[:200] or "-", text),
        Paragraph.of(text),
    )
    return OfficialDocument(
        parent_agency=text, agency=text, symbol=text, place=text, year=2021, kind=text, subject=text,
        addressees=(text, text), metadata=Metadata(text, PRODUCED_AT, text, text), body=blocks,
        legal_grounds=(text,), recipients=(text,), signature=Signature(text, text, text),
        appendices=(Appendix(text, text, (table,), text),),
        draft_mark=True,
    )  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text_in_any_place_prints_as_pdf(text):
    pdf = to_pdf(everywhere(text))

    assert len(pdf_pages(pdf)) >= 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text_in_any_place_prints_as_word(text):
    docx = to_docx(everywhere(text))

    assert len(word(docx).sections) == 2


HOLLOW = {
    "paragraph": (Paragraph(()), Paragraph(runs(LineBreak()), Align.CENTER)),
    "heading": (Heading(1, ""), Note("")),
    "lists": (BulletList(()), NumberedList(()), BulletList(((),))),
    "table without rows": (Table((Column(""),), ()),),
    "table of empty cells": (Table((Column("A"),), (Row((Cell(()),)), Row((Cell(()),), emphasised=True))),),
    "table of untitled groups": (Table((Column("A"),), (), (ColumnGroup(""),)),),
    "figures": (KeyFigures(()), PageBreak()),
    "nothing": (),
}


@pytest.mark.parametrize("printer", [to_pdf, to_docx])
@pytest.mark.parametrize("blocks", HOLLOW.values(), ids=HOLLOW.keys())
def test_a_block_with_nothing_in_it_prints(printer, blocks):
    document = replace(REPORT, body=blocks, appendices=(Appendix("", "", blocks),))

    assert printer(document)


def test_markup_is_printed_as_it_was_written():
    document = replace(REPORT, body=(Paragraph.of(MARKUP),), appendices=())

    printed = "".join(pdf_pages(to_pdf(document))).replace("\r\n", "")

    assert MARKUP in printed
    assert MARKUP in word_text(to_docx(document))


def test_a_word_of_ten_thousand_letters_stays_inside_the_margins():
    pdf = to_pdf(replace(REPORT, body=(Paragraph.of("x" * 10_000),), appendices=()))

    left, _, right, _ = pdf_box_mm(pdf, 1, "xxx")

    assert left >= 29
    assert right <= 191


def test_every_sure_character_prints_in_an_archive_file(caplog):
    signs = "".join(chr(code) for low, high in SURE_RANGES for code in range(low, high + 1)) + "".join(
        sorted(SURE_SIGNS)
    )

    pdf = to_pdf(replace(REPORT, body=(Paragraph.of(signs),), appendices=()))

    assert b"<pdfaid:part>2" in pdf
    assert "doubtful" not in caplog.text


@pytest.mark.parametrize("printer", [to_pdf, to_docx])
def test_two_thousand_rows_are_printed(printer):
    document = replace(REPORT, body=(Table(tuple(Column(n) for n in "ABCDEFG"), conclusion_rows(2000)),))

    assert len(printer(document)) > 50_000


@pytest.mark.parametrize("printer", [to_pdf, to_docx])
def test_a_thousand_rows_cost_no_more_than_their_share(printer):
    half, whole = (
        replace(REPORT, body=(Table(tuple(Column(n) for n in "ABCDEFG"), conclusion_rows(count)),))
        for count in (500, 1000)
    )

    assert len(printer(whole)) < 2.5 * len(printer(half))


def test_a_table_of_many_links_keeps_each_of_them():
    table = Table(COMPARISON.columns[:2], tuple(Row.of(str(n), Link("a", f"https://e.example/{n}")) for n in range(90)))

    pdf = to_pdf(replace(REPORT, body=(table,), appendices=()))

    assert pdf_links(pdf) == {f"https://e.example/{n}" for n in range(90)}
