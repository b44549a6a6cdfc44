"""Compare what the two printers say: a document has one wording."""

from collections import Counter
from dataclasses import replace

import pytest

from khcn.kernel.documents.docx import to_docx
from khcn.kernel.documents.model import Signature
from khcn.kernel.documents.pdf import to_pdf
from khcn.kernel.documents.tests.reading import pdf_pages, word_text
from khcn.kernel.documents.tests.samples import FOLLOW_UP, PARTY, REPORT, SIGNED

PAGE_NUMBERS = Counter({"2": 1, "3": 1, "4": 1, "5": 1, "6": 1})
LETTER = replace(
    SIGNED, kind="", subject="gửi số liệu chín tháng", addressees=("Văn phòng",), body=SIGNED.body[:3], draft_mark=True
)
CONTRACT = replace(
    SIGNED,
    kind="Hợp đồng",
    recipients=(),
    signature=Signature("Hiệu trưởng", "Đại diện bên B"),
    cosigners=(Signature("Giám đốc", "Đại diện bên A", "Trần Mẫu"), Signature("Chủ nhiệm nhiệm vụ")),
)


@pytest.mark.parametrize("document", [SIGNED, REPORT, LETTER, PARTY, CONTRACT])
def test_both_printers_say_the_same_words_but_for_page_numbers(document):
    in_pdf = Counter(" ".join(pdf_pages(to_pdf(document))).split())
    in_word = Counter(word_text(to_docx(document)).split())

    assert in_word - in_pdf == Counter()
    assert in_pdf - in_word <= PAGE_NUMBERS


def test_both_printers_say_the_same_words_in_the_follow_up():
    in_pdf = Counter(" ".join(pdf_pages(to_pdf(FOLLOW_UP))).split())
    in_word = Counter(word_text(to_docx(FOLLOW_UP)).split())

    assert in_pdf == in_word
