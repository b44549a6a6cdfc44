"""Collect the marked words of the interface into catalogues, and compile the catalogues for the running system.

`python -m khcn.language.catalogues update` brings every `locale/en/LC_MESSAGES/django.po` up to the marks in code and
templates and keeps what is translated; `compile` writes the `.mo` beside each. An application owns the catalogue of
its own words; what no application holds belongs to the catalogue of the whole.
"""

import argparse
import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
MARK = "_"
INDICATOR = "indicator"
SHOWN_OF_LAYOUT = ("label", "note", "title", "heading", "unit")
NOT_SHOWN = re.compile(r"/(?:tests|migrations|demo|node_modules)/|/ui/templates/ui/gallery")
_TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TEMPLATE_MARK = re.compile(rf"(?<!\w)(?:gettext|_|pgettext)\({_TEXT}(?:, {_TEXT})?\)")
METADATA = {"Language": "en", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}


Marked = tuple[str, str]
"""The context of marked words, usually none, and the words."""


def words_of(path: Path) -> Iterator[Marked]:
    """Yield the marked words of a Python file or a template, in their order."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from _words_of_layout(source)
    elif path.suffix == ".py":
        yield from _words_of_code(source)
    else:
        for found in _TEMPLATE_MARK.finditer(templatize(source)):
            yield (
                (ast.literal_eval(found[1]), ast.literal_eval(found[2]))
                if found[2]
                else ("", ast.literal_eval(found[1]))
            )


def _words_of_code(source: str) -> Iterator[Marked]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(map(_declares_indicator, node.decorator_list)):
            yield "", " ".join((ast.get_docstring(node) or "").split())
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == MARK:
            match node.args:
                case [ast.Constant(value=str(words))]:
                    yield "", words
                case [ast.Constant(value=str(words)), ast.Constant(value=str(context))]:
                    yield context, words


def _declares_indicator(decorator: ast.expr) -> bool:
    """Tell whether the docstring of a function is shown, as the definition of an indicator."""
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == INDICATOR


def _words_of_layout(source: str) -> Iterator[Marked]:
    for entries in tomllib.loads(source).values():
        for entry in entries:
            yield from (("", entry[name]) for name in SHOWN_OF_LAYOUT if name in entry)


def collected(package: Path = PACKAGE) -> dict[Path, list[Marked]]:
    """Return the words that each catalogue must have, in the order of files and lines, each once."""
    found: dict[Path, dict[Marked, None]] = defaultdict(dict)
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), package / "overview/overview.toml"]):
        if not NOT_SHOWN.search(path.as_posix()):
            found[catalogue_of(path, package)].update(dict.fromkeys(words_of(path)))
    return {catalogue: list(words) for catalogue, words in found.items() if words}


def catalogue_of(path: Path, package: Path = PACKAGE) -> Path:
    """Return the catalogue to which the words of a file belong: that of its application, or that of the whole."""
    owners = (folder for folder in path.parents if folder != package and folder.is_relative_to(package))
    owner = next((folder for folder in owners if (folder / "apps.py").exists()), package)
    return owner / CATALOGUE


def catalogues(package: Path = PACKAGE) -> list[Path]:
    """Return the catalogues there are."""
    return sorted(package.rglob(CATALOGUE.as_posix()))


def update(package: Path = PACKAGE) -> None:
    """Give every catalogue exactly the words that are marked, and keep the translations of those that stay.

    Words that moved from one application to another take their translation along.
    """
    known = {
        said: english for path in catalogues(package) for said, english in translations_of(path).items() if english
    }
    wanted = collected(package)
    for path in set(catalogues(package)) - set(wanted):
        path.unlink()
    for path, words in wanted.items():
        own = translations_of(path) if path.exists() else {}
        _write(path, {one: own.get(one) or known.get(one, "") for one in words})


def translations_of(path: Path) -> dict[Marked, str]:
    """Return the English of each marked word of a catalogue, empty where there is none yet."""
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in polib.pofile(str(path))}


def _write(path: Path, translations: dict[Marked, str]) -> None:
    catalogue = polib.POFile(wrapwidth=118)
    catalogue.metadata = dict(METADATA)
    catalogue.extend(
        polib.POEntry(msgctxt=context or None, msgid=words, msgstr=english)
        for (context, words), english in translations.items()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def compile_all(package: Path = PACKAGE) -> None:
    """Write the compiled form beside each catalogue."""
    for path in catalogues(package):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def main() -> None:
    """Update or compile, as the command line says."""
    parser = argparse.ArgumentParser(description="Danh mục lời của giao diện.")
    parser.add_argument("act", choices=["update", "compile"], help="update: theo mã nguồn; compile: dựng tệp .mo")
    if parser.parse_args().act == "update":
        update()
    else:
        compile_all()


if __name__ == "__main__":
    main()
