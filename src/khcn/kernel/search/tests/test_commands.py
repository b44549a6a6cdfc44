from __future__ import annotations

import json

import pytest

from khcn.kernel.access.roles import Role
from khcn.kernel.search import services
from khcn.kernel.search.commands import run_reindex, run_search
from khcn.kernel.tests.factories import make_title, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings, office):
    settings.OFFICE = office.code


def test_the_json_answer_lists_what_was_found_best_first(capsys):
    record = make_title("Chè Tân Cương", goods="Chè xanh các loại")
    make_title("Miến")

    code = run_search(["tan", "cuong", "--limit", "5", "--json"])

    (row,) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert row.keys() == {"register", "code", "title", "snippet", "score"}
    assert (row["register"], row["code"], row["title"]) == ("protection-title", record.code, "Chè Tân Cương")
    assert row["snippet"] == "Chè xanh các loại"


def test_a_search_as_someone_sees_what_they_see(capsys):
    make_title("Chè hạn chế", confidentiality="confidential")
    clerk = make_user(Role.CLERK)

    run_search(["che", "--json", "--as", clerk.username])

    assert json.loads(capsys.readouterr().out) == []


def test_an_unknown_account_or_office_is_told(capsys, settings):
    assert run_search(["che", "--as", "khong-co"]) == 1
    settings.OFFICE = "ZZ"
    assert run_search(["che"]) == 1

    assert "«khong-co»" in capsys.readouterr().err


def test_without_json_the_answer_is_readable(capsys):
    record = make_title("Chè")

    run_search(["che"])
    run_search(["không", "có"])

    assert capsys.readouterr().out == f"{record.code} · Chè (Văn bằng bảo hộ)\n    \nKhông tìm thấy hồ sơ nào.\n"


def test_the_index_is_built_anew_by_command(capsys, monkeypatch):
    make_title("Chè")

    done = run_reindex([])
    monkeypatch.setattr(services, "_take_lease", lambda *_: False)
    refused = run_reindex([])

    assert (done, refused) == (0, 1)
    assert "1 hồ sơ" in capsys.readouterr().out
