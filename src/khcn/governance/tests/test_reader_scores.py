import json
import subprocess
import sys
from pathlib import Path

import pytest

from khcn.governance.reader import read_text
from khcn.governance.reader.scoring import compare, evaluate, pair_up
from khcn.kernel.text.folding import name_key

SAMPLES = Path(__file__).parent / "samples"
FLOORS = {
    "people": 0.9,
    "roles": 0.85,
    "figures": 0.85,
    "figures_strict": 0.75,
    "directives": 0.75,
    "petitions": 0.5,
    "date": 1.0,
    "place": 0.7,
}


@pytest.fixture(scope="module")
def articles(shared_data):
    return shared_data / "sessions"


@pytest.fixture(scope="module")
def article_scores(articles):
    return evaluate(articles, read_text)


@pytest.fixture(scope="module")
def sample_scores():
    return evaluate(SAMPLES, read_text)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_the_annotated_articles_are_read_above_the_floor(article_scores, kind, floor):
    assert article_scores[kind]["f1"] >= floor


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_our_own_samples_are_read_above_the_floor(sample_scores, kind, floor):
    assert sample_scores[kind]["f1"] >= floor


def test_our_measure_agrees_with_the_shared_one(articles, article_scores, tmp_path):
    for annotation in sorted(articles.glob("*.json")):
        text = annotation.with_suffix(".txt").read_bytes().decode("utf-8")
        (tmp_path / annotation.name).write_text(json.dumps(read_text(text).to_json()), encoding="utf-8")

    tool = articles.parents[1] / "tools" / "score_sessions.py"
    command = [sys.executable, str(tool), str(articles), str(tmp_path), "--json"]
    shared = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603

    assert article_scores == shared


@pytest.mark.parametrize("annotation", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_person_of_a_sample_annotation_stands_in_its_text(annotation):
    text = name_key(annotation.with_suffix(".txt").read_bytes().decode("utf-8"))
    people = json.loads(annotation.read_text(encoding="utf-8"))["people"]

    assert [person["name"] for person in people if name_key(person["name"]) not in text] == []


def test_pairs_are_one_to_one_and_the_best_come_first():
    scores = {("a", "x"): 0.6, ("a", "y"): 0.9, ("b", "y"): 0.8, ("b", "x"): 0.1}

    pairs = pair_up(["a", "b"], ["x", "y"], lambda left, right: scores[left, right], 0.5)

    assert pairs == [(0, 1)]


def test_two_spellings_of_a_name_are_one_person_and_another_tone_is_another():
    wanted = {"people": [{"name": "Lê Thị Thuý", "roles": []}, {"name": "Lê Thị Hoà", "roles": []}]}
    found = {"people": [{"name": "Lê Thị Thúy", "roles": []}, {"name": "Lê Thị Hoa", "roles": []}]}

    assert compare(wanted, found)["people"] == (1, 2, 2)


@pytest.mark.parametrize(
    ("stated", "read", "matched"),
    [("2021-05-06", "2021-05-06", 1), ("2021-05-06", "--05-06", 0), ("2021-05-06", None, 0)],
)
def test_a_year_that_the_text_states_is_demanded(stated, read, matched):
    assert compare({"date": stated, "year_in_text": True}, {"date": read})["date"][0] == matched


def test_a_year_that_the_text_does_not_state_is_not_demanded():
    assert compare({"date": "2021-05-06", "year_in_text": False}, {"date": "--05-06"})["date"] == (1, 1, 1)


def test_a_strict_figure_needs_its_comparator_and_unit():
    wanted = {"figures": [{"value": 60, "unit": "văn bằng", "comparator": "over"}]}
    found = {"figures": [{"value": 60, "unit": "văn bằng bảo hộ", "comparator": "exact"}]}

    counts = compare(wanted, found)

    assert counts["figures"] == (1, 1, 1)
    assert counts["figures_strict"] == (0, 1, 1)
