"""The commands that read and measure without the registers."""

import json
import subprocess
import sys

import pytest

from khcn.governance.reader.commands import evaluate, read
from khcn.governance.tests.factories import ARTICLE


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "bai.txt"
    path.write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    return path


def test_every_span_counts_the_characters_of_the_files_own_text(article, capsys):
    code = read([str(article), "--json"])

    found = json.loads(capsys.readouterr().out)
    text = article.read_bytes().decode()
    items = [item for kind in ("people", "figures", "directives", "petitions") for item in found[kind]]
    assert code == 0
    assert len(items) > 7
    assert all(text[slice(*item["span"])] == item["text"] for item in items)


def test_the_answer_carries_the_keys_of_the_annotation_form(article, capsys):
    read([str(article), "--json"])

    found = json.loads(capsys.readouterr().out)
    assert found["date"] == "2021-09-24"
    assert {"id", "title", "place", "people", "figures", "discussion_points", "directives", "petitions"} <= set(found)


def test_without_json_the_answer_is_a_summary_for_people(article, capsys):
    read([str(article)])

    assert "Ý kiến chỉ đạo: " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["khong-co.txt"], ["--la", "x"]])
def test_a_command_that_cannot_be_carried_out_says_why_on_the_error_stream(arguments, capsys):
    code = read(arguments)

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert said.err


def test_a_secret_paper_is_refused(tmp_path, capsys):
    path = tmp_path / "bai.txt"
    path.write_text(f"TUYỆT MẬT\n{ARTICLE}", encoding="utf-8")

    assert read([str(path), "--json"]) == 1
    assert "độ mật" in capsys.readouterr().err


def test_annotated_texts_are_measured_by_kind(article, capsys):
    annotation = {"date": "2021-09-24", "year_in_text": True, "people": [{"name": "Lục Thị Hoa", "roles": []}]}
    article.with_suffix(".json").write_text(json.dumps(annotation), encoding="utf-8")

    code = evaluate([str(article.parent), "--json"])

    measured = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (measured["date"]["f1"], measured["people"]["recall"]) == (1.0, 1.0)


@pytest.mark.parametrize("make", [lambda folder: folder / "khong-co", lambda folder: folder])
def test_a_folder_without_annotations_is_refused(tmp_path, make, capsys):
    assert evaluate([str(make(tmp_path))]) == 1
    assert "TÊN.json" in capsys.readouterr().err


def test_reading_needs_neither_django_nor_a_database():
    script = (
        "import sys, khcn.governance.reader.commands; sys.exit(any(name.startswith('django') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0  # noqa: S603 - our own words
