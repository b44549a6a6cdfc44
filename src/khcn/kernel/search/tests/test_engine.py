from __future__ import annotations

import subprocess
import sys
import time

import pytest

from khcn.kernel.search.contracts import EVERYTHING, Scope, Term
from khcn.kernel.search.engine import IndexDamaged, IndexMissing, TantivyIndex
from khcn.kernel.search.tests import writing_child
from khcn.kernel.search.tests.writing_child import changes

PUBLIC = Scope(frozenset({"public"}))


def write_and_kill(folder, turn):
    command = [sys.executable, "-m", writing_child.__name__, str(folder), str(turn)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:  # noqa: S603 (our own module)
        child.stdout.readline()
        time.sleep(0.01 * turn)
        child.kill()


def test_an_index_whose_writers_were_killed_is_whole_and_can_be_written(tmp_path):
    index = TantivyIndex.create(tmp_path / "gen-000001")
    for turn in range(8):
        write_and_kill(index.folder, turn)

    index.apply(changes("cuối"), 99)

    assert index.search([Term(("cuối",))], EVERYTHING, PUBLIC).total == 20
    assert index.count() == 20
    assert index.position() == 99


def test_applying_the_same_changes_twice_changes_nothing(tmp_path):
    index = TantivyIndex.create(tmp_path / "gen-000001")

    index.apply(changes("một"), 1)
    index.apply(changes("một"), 1)

    assert index.search([Term(("một",))], EVERYTHING, PUBLIC).total == 20


def test_an_index_that_cannot_be_written_any_more_is_told(tmp_path, monkeypatch):
    index = TantivyIndex.create(tmp_path / "gen-000001")
    index.apply(changes("một"), 1)
    for part in index.folder.glob("*.term"):
        part.unlink()

    with pytest.raises(IndexDamaged):
        index.apply(changes("hai"), 2)


def test_a_folder_without_an_index_is_told(tmp_path):
    with pytest.raises(IndexMissing, match="khcn reindex"):
        TantivyIndex(tmp_path)
