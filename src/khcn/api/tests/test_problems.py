from __future__ import annotations

import logging

import pytest

from khcn.api import v1
from khcn.api.problems import MEDIA_TYPE, TITLES
from khcn.kernel.records.registry import registers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/registers/paper/records?as_of=x", 400),
        ("/api/v1/indicators", 401),
        ("/api/v1/registers/khong-co", 404),
        ("/api/v1/registers/paper/records/%00", 404),
        ("/api/v1/khong-co", 404),
        ("/api/v1/", 404),
        ("/api/v2/registers", 404),
        ("/api/v1/registers/paper/records?limit=x", 422),
    ],
)
def test_every_failure_is_a_problem_in_vietnamese(client, path, status):
    answer = client.get(path)
    said = answer.json()

    assert (answer.status_code, answer["Content-Type"]) == (status, MEDIA_TYPE)
    assert {"type", "title", "status", "detail", "instance", "error_id"} <= set(said)
    assert (said["status"], said["title"]) == (status, TITLES[status])
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_the_api(client, method):
    answer = getattr(client, method)("/api/v1/registers")

    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, MEDIA_TYPE, "GET, HEAD")


def test_a_head_tells_what_a_get_would(client):
    read, told = client.get("/api/v1/registers"), client.head("/api/v1/registers")

    assert (told.status_code, told["ETag"], told.content) == (200, read["ETag"], b"")


def test_a_fault_of_ours_tells_an_id_that_stands_in_the_log(client, monkeypatch, caplog):
    def fail(*_args):
        raise RuntimeError("chi tiết bên trong")

    monkeypatch.setattr(v1, "register_detail", fail)
    with caplog.at_level(logging.ERROR):
        answer = client.get(f"/api/v1/registers/{registers()[0].key}")

    assert (answer.status_code, answer["Content-Type"]) == (500, MEDIA_TYPE)
    assert answer.json()["error_id"] in caplog.text
    assert "chi tiết bên trong" not in answer.content.decode()
    assert "chi tiết bên trong" in caplog.text


def test_the_description_names_every_address_and_needs_no_page_of_others(client):
    said = client.get("/api/v1/openapi.json").json()

    assert said["openapi"].startswith("3.1")
    assert len(said["paths"]) == 7
    assert all(set(methods) == {"get"} for methods in said["paths"].values())
    assert "http" not in "".join(said["paths"])
