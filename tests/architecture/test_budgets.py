"""Sizes: what fits in a head. The worst ten are printed; the hard limits fail."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for path in (ROOT / "src" / "khcn").rglob("*.py")
    if "/tests/" not in str(path) and "/migrations/" not in str(path)
]
TEMPLATES = list((ROOT / "src" / "khcn").rglob("templates/**/*.html"))
FUNCTION_LINES, BRANCHES, ARGUMENTS, FILE_LINES, VIEW_LINES, TEMPLATE_LINES = 60, 9, 8, 500, 30, 160
BRANCHING = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case)


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def name_of(path, node):
    return f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def worst(sizes, limit):
    ranked = sorted(sizes, reverse=True)
    print("\n".join(f"{size:5} {name}" for size, name in ranked[:10]))
    return [f"{size} {name}" for size, name in ranked if size > limit]


def test_functions_fit_on_a_screen():
    assert (
        worst(((node.end_lineno - node.lineno + 1, name_of(path, node)) for path, node in functions()), FUNCTION_LINES)
        == []
    )


def test_functions_branch_little():
    sizes = (
        (sum(isinstance(part, BRANCHING) for part in ast.walk(node)), name_of(path, node)) for path, node in functions()
    )

    assert worst(sizes, BRANCHES) == []


def test_positional_arguments_are_few():
    sizes = ((len(node.args.args) + len(node.args.posonlyargs), name_of(path, node)) for path, node in functions())

    assert worst(sizes, ARGUMENTS) == []


def test_files_are_short():
    sizes = (
        (sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip()), str(path.relative_to(ROOT)))
        for path in SOURCES
    )

    assert worst(sizes, FILE_LINES) == []


def test_views_are_short():
    sizes = (
        (node.end_lineno - node.lineno + 1, name_of(path, node))
        for path, node in functions()
        if path.name == "views.py"
    )

    assert worst(sizes, VIEW_LINES) == []


def test_templates_are_short():
    sizes = ((len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT))) for path in TEMPLATES)

    assert worst(sizes, TEMPLATE_LINES) == []


def test_no_file_has_a_name_that_says_nothing():
    empty_words = {"utils.py", "helpers.py", "common.py", "misc.py", "manager.py", "managers.py"}

    assert [str(path) for path in SOURCES if path.name in empty_words] == []


def test_no_template_carries_inline_style_or_script():
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if any(mark in path.read_text(encoding="utf-8") for mark in (' style="', "<style", " onclick=", "<script>"))
    ]

    assert found == []
