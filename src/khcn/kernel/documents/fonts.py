"""Build the typefaces of PDFs from the subsets of the npm package @fontsource/tinos.

A build step: `python -m khcn.kernel.documents.fonts SOURCE TARGET`. Nothing at run time imports this module.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from khcn.kernel.documents.typefaces import FACE_FILES, FONT_DIRECTORY, VIETNAMESE_LETTERS

SUBSETS: Final = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic")
FACES: Final = dict(zip(FACE_FILES, ("400-normal", "400-italic", "700-normal", "700-italic"), strict=True))


class FontsIncomplete(Exception):
    """Say which file or which letters are missing from the source of the typefaces."""


def build_fonts(source_dir: Path, target_dir: Path = FONT_DIRECTORY) -> tuple[Path, ...]:
    """Merge the subsets of each face into one TTF and return the four files, the same bytes each time.

    Raises: FontsIncomplete, when a subset is missing or a merged face lacks a Vietnamese letter.
    """
    target_dir.mkdir(parents=True, exist_ok=True)
    return tuple(_build_face(source_dir, face, target_dir / name) for name, face in FACES.items())


def _build_face(source_dir: Path, face: str, target: Path) -> Path:
    with tempfile.TemporaryDirectory() as workspace:
        parts = [_unpacked(source_dir / f"tinos-{subset}-{face}.woff2", Path(workspace)) for subset in SUBSETS]
        merged = Merger().merge([str(part) for part in parts])
        modified = TTFont(parts[0], recalcTimestamp=False)["head"].modified
    missing = sorted(set(VIETNAMESE_LETTERS) - {chr(code) for code in merged.getBestCmap()})
    if missing:
        raise FontsIncomplete(
            f"Phông {target.name} thiếu chữ {''.join(missing)}. Cài lại gói @fontsource/tinos rồi dựng lại."
        )
    merged.recalcTimestamp = False
    merged["head"].created = merged["head"].modified = modified
    merged.save(target)
    return target


def _unpacked(packed: Path, workspace: Path) -> Path:
    if not packed.is_file():
        raise FontsIncomplete(f"Thiếu tệp phông {packed}. Cài gói @fontsource/tinos rồi chạy lại lệnh dựng phông.")
    font = TTFont(packed, recalcTimestamp=False)
    font.flavor = None
    plain = workspace / f"{packed.stem}.ttf"
    font.save(plain)
    return plain


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the typefaces from SOURCE into TARGET and say which files were written."""
    parser = argparse.ArgumentParser(prog="khcn.kernel.documents.fonts", description="Dựng phông chữ cho tệp PDF.")
    parser.add_argument("source", type=Path, help="thư mục files của gói @fontsource/tinos")
    parser.add_argument("target", type=Path, nargs="?", default=FONT_DIRECTORY, help="thư mục nhận tệp TTF")
    chosen = parser.parse_args(arguments)
    try:
        built = build_fonts(chosen.source, chosen.target)
    except FontsIncomplete as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    sys.stdout.write("".join(f"{path}\n" for path in built))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
