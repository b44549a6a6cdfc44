"""Find the typefaces that PDFs are set in, and tell which characters they are sure to have."""

import logging
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

FONT_DIRECTORY: Final = Path(__file__).with_name("fonts")
FACE_FILES: Final = ("Tinos-Regular.ttf", "Tinos-Italic.ttf", "Tinos-Bold.ttf", "Tinos-BoldItalic.ttf")
VIETNAMESE_LETTERS: Final = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ"
)
# Seen in Tinos or in the faces that typst carries: an archive PDF of any of these characters succeeds.
SURE_RANGES: Final = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x391, 0x3A1),
    (0x3A3, 0x3A9),
    (0x3B1, 0x3C9),
    (0x410, 0x44F),
    (0x1EA0, 0x1EF9),
)
SURE_SIGNS: Final = frozenset("ƠơƯư–—‘’“”†•…‰€₫≤≥≈≠→←√∑∞−₀₁₂₃₄₅₆₇₈₉✓□■▲")
SUBSTITUTE: Final = "□"


def font_paths(directory: Path = FONT_DIRECTORY) -> tuple[Path, ...]:
    """Return the directories to look for typefaces in: the built one, or none when it was not built.

    Without it PDFs are set in the serif face that typst carries: readable, but not Times-metric, which is logged.
    """
    if all((directory / name).is_file() for name in FACE_FILES):
        return (directory,)
    logger.warning("document fonts are not built, PDFs use the embedded serif", extra={"directory": str(directory)})
    return ()


def is_sure(character: str) -> bool:
    """Say whether every set of typefaces in use is known to have the character."""
    return character in SURE_SIGNS or any(low <= ord(character) <= high for low, high in SURE_RANGES)


def only_sure(text: str) -> str:
    """Return the text with each doubtful character replaced by a box, so that its place stays visible."""
    return "".join(character if is_sure(character) else SUBSTITUTE for character in text)
