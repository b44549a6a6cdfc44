"""Take the main text out of a web page."""

import re
from html import unescape
from html.parser import HTMLParser

from khcn.kernel.files.reading.confinement import Extracted, answer
from khcn.kernel.files.reading.decoding import decode_bytes
from khcn.kernel.files.reading.limits import Limits

_NEVER_TEXT = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select"})
_AROUND_TEXT = frozenset({"nav", "aside", "form", "button", "footer", "header", "menu"})
_MAIN = frozenset({"article", "main"})
_PARAGRAPH_NAMES = (
    "p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption tr "
    "blockquote pre figure figcaption form fieldset address hr body title"
)
_PARAGRAPHS = frozenset(_PARAGRAPH_NAMES.split())
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_BREAK, _CELL = "\x1e", "\x1f"  # control codes that no page holds: line ends and tabs of the source mean nothing
_MAIN_ENOUGH = 200  # characters: a shorter <main> is taken for a shell filled by a script


# The title and the properties of a page, which its head hides.
_SAID_OF_PAGE = re.compile(
    r"<title[^>]{0,500}>([^<]{0,2000})<|<meta\b[^>]{0,500}?\bcontent=[\"']([^\"'>]{0,2000})", re.IGNORECASE
)


class _PageText(HTMLParser):
    """Collect the paragraphs of a page, those inside its main part apart from the others."""

    def __init__(self, dropped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[str, bool]] = []
        self._dropped = dropped
        self._skipping: list[str] = []
        self._main_depth = 0
        self._line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if self._skipping or self._drops(tag):
            if tag == (self._skipping or [tag])[0] and tag not in _VOID:
                self._skipping.append(tag)
            return
        if tag == "br":
            self._line.append(_BREAK)
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
        elif tag in {"td", "th"} and "".join(self._line).strip():
            self._line.append(_CELL)
        if tag in _MAIN:
            self._main_depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[0]:
                self._skipping.pop()
            elif tag in {"body", "html"} or (self._skipping[0] == "head" and tag == "body"):
                self._skipping.clear()
            return
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        if tag in _MAIN and self._main_depth:
            self._main_depth -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._line.append(data)

    def close(self) -> None:
        super().close()
        self._end_paragraph()

    def _drops(self, tag: str) -> bool:
        if tag in {"header", "footer"} and self._main_depth:
            return False  # inside an article these hold its headline and its author
        return tag in self._dropped

    def _end_paragraph(self) -> None:
        lines = (_squeeze(line) for line in "".join(self._line).split(_BREAK))
        text = "\n".join(line for line in lines if line)
        if text:
            self.paragraphs.append((text, self._main_depth > 0))
        self._line = []


def _squeeze(line: str) -> str:
    cells = (" ".join(cell.split()) for cell in line.split(_CELL))
    return "\t".join(cell for cell in cells if cell)


def extract_html(data: bytes, limits: Limits) -> Extracted:
    """Return the main text of a page; what else it says goes to `margins`, where a secrecy mark may stand.

    That is all its visible text, its title and its properties. Navigation, scripts, styles and forms are left out;
    entities are decoded; each block is a paragraph.
    """
    decoded = decode_bytes(data, limits.max_characters)
    everything = "\n".join(text for text, _ in _paragraphs(decoded.text, _NEVER_TEXT))
    narrowed = _paragraphs(decoded.text, _NEVER_TEXT | _AROUND_TEXT)
    said_of = "\n".join(unescape(found[0] or found[1]).strip() for found in _SAID_OF_PAGE.findall(decoded.text))
    main = "\n\n".join(text for text, inside in narrowed if inside)
    text = main if len(main) >= _MAIN_ENOUGH else "\n\n".join(text for text, _ in narrowed)
    return Extracted(
        text=(text or everything)[: limits.max_characters],
        margins=f"{said_of}\n{everything}"[: limits.max_characters],
        warnings=decoded.warnings,
        encoding=decoded.encoding,
    )


def _paragraphs(markup: str, dropped: frozenset[str]) -> list[tuple[str, bool]]:
    page = _PageText(dropped)
    page.feed(markup)
    page.close()
    return page.paragraphs


if __name__ == "__main__":
    answer(extract_html)
