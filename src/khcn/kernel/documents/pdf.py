"""Print an official document as PDF/A-2b with typst, set in a Times-metric face."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Final

import typst

from khcn.kernel.documents.model import OfficialDocument
from khcn.kernel.documents.plan import Planner
from khcn.kernel.documents.typefaces import FONT_DIRECTORY, font_paths, only_sure

logger = logging.getLogger(__name__)

TEMPLATE: Final = Path(__file__).with_name("official.typ")
STANDARD: Final = "a-2b"


def to_pdf(document: OfficialDocument, *, fonts: Path = FONT_DIRECTORY) -> bytes:
    """Return the document as PDF/A-2b: the same bytes for the same document and typefaces.

    A character that no typeface has would make an archive file invalid: the whole text is then set again with such
    characters shown as boxes, which is logged. `fonts` is the directory of the built typefaces.
    """
    try:
        return _compile(document, Planner(), fonts)
    except typst.TypstError as refusal:
        logger.warning("document set again without doubtful characters", extra={"reason": str(refusal)[:300]})
        return _compile(document, Planner(keep=only_sure), fonts)


def _compile(document: OfficialDocument, planner: Planner, fonts: Path) -> bytes:
    printed = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_faces(fonts),
        format="pdf",
        sys_inputs={"document": json.dumps(planner.plan(document), ensure_ascii=False)},
        pdf_standards=STANDARD,
        timestamp=document.metadata.produced_at,
    )
    return bytes(printed)


@cache
def _faces(directory: Path) -> typst.Fonts:
    # Faces installed on the machine stay out: they would make the same document differ between machines.
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(path) for path in font_paths(directory)],
    )
