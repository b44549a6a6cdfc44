"""A record and a list on paper: the words, nothing of the frame, nothing cut at the edge of an A4 sheet."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from tests.browser.conftest import LAPTOP

pytestmark = pytest.mark.browser

# Paper between the margins of print.css, in CSS pixels of 1/96 inch: 170 mm upright, 267 mm lying.
UPRIGHT = {"width": 643, "height": 971}
LYING = {"width": 1009, "height": 680}
FRAME = ("Việc cần làm", "Sổ quản lý", "Tìm hồ sơ, văn bản", "Sửa thông tin", "Bước tiếp theo", "Gắn hồ sơ")


def registers_of(page) -> list[str]:
    page.goto("/so/")
    hrefs = page.eval_on_selector_all("main a", "all => all.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(one for one in hrefs if re.fullmatch(r"/so/[a-z-]+/", one or "")))


def printed(page) -> tuple[pypdfium2.PdfDocument, str]:
    """Print as the page's own style asks; return the document and its words, spaces made one."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return document, " ".join(" ".join(one.get_textpage().get_text_bounded() for one in document).split())


def cut_at_the_edge(page, paper: dict) -> list[str]:
    """Return what stands out of the paper's width when laid out for print."""
    page.emulate_media(media="print")
    page.set_viewport_size(paper)
    found = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width && box.height && one.closest('.visually-hidden') === null
                && box.right > document.documentElement.clientWidth + 1;
        }).map(one => one.className + ': ' + one.textContent.slice(0, 60))"""
    )
    page.emulate_media(media="null")
    page.set_viewport_size(LAPTOP)
    return found


def test_the_list_and_a_record_of_every_register_print_whole(sit_down):
    who = sit_down("giam-doc")
    page = who.page
    seen = 0
    for address in registers_of(page):
        page.goto(address)
        rows = page.locator("tr[data-url]")
        if not rows.count():
            continue
        record, code = rows.first.get_attribute("data-url"), rows.first.get_attribute("data-key")
        document, words = printed(page)
        assert document[0].get_size()[0] > document[0].get_size()[1], address
        assert [one for one in FRAME if one in words] == [], address
        assert cut_at_the_edge(page, LYING) == [], address

        page.goto(record)
        document, words = printed(page)
        assert document[0].get_size()[0] < document[0].get_size()[1], record
        assert code in words, record
        assert "In lúc" in words, record
        assert "người in: Lãnh đạo Sở" in words, record
        assert [one for one in FRAME if one in words] == [], record
        assert cut_at_the_edge(page, UPRIGHT) == [], record
        seen += 1
    assert seen >= 10
