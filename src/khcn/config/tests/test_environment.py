from __future__ import annotations

from pathlib import Path

import pytest

from khcn.config.environment import DEVELOPMENT_KEY, Environment, UnsafeSetting, database_settings

HERE = Path("var")
SAFE = {
    "KHCN_PRODUCTION": "1",
    "KHCN_SECRET_KEY": "k" * 50,
    "KHCN_PUBLIC_URL": "https://khcn.example/",
    "KHCN_ALLOWED_HOSTS": "khcn.example, www.khcn.example",
}


def test_without_any_variable_the_product_runs_on_one_machine():
    found = Environment.read({}, HERE)

    assert (found.data_dir, found.database_url, found.office) == (HERE, "", "TN")
    assert (found.debug, found.production, found.run_jobs_in_process) == (False, False, True)
    assert found.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")


def test_a_safe_production_starts_and_leaves_jobs_to_a_worker():
    found = Environment.read(SAFE, HERE)

    assert (found.production, found.run_jobs_in_process, found.public_url) == (True, False, "https://khcn.example")
    assert found.allowed_hosts == ("khcn.example", "www.khcn.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KHCN_SECRET_KEY", ""),
        ("KHCN_SECRET_KEY", DEVELOPMENT_KEY),
        ("KHCN_SECRET_KEY", "k" * 49),
        ("KHCN_DEBUG", "yes"),
        ("KHCN_PUBLIC_URL", "http://khcn.example"),
        ("KHCN_ALLOWED_HOSTS", "*"),
    ],
)
def test_a_production_with_an_unsafe_value_names_the_variable_and_does_not_start(name, value):
    with pytest.raises(UnsafeSetting, match=name):
        Environment.read({**SAFE, name: value}, HERE)


def test_all_unsafe_values_are_named_at_once():
    with pytest.raises(UnsafeSetting, match=r"KHCN_SECRET_KEY.*KHCN_DEBUG.*KHCN_PUBLIC_URL"):
        Environment.read({"KHCN_PRODUCTION": "1", "KHCN_DEBUG": "1"}, HERE)


@pytest.mark.parametrize(("word", "meant"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("", False)])
def test_yes_is_said_in_several_ways(word, meant):
    assert Environment.read({"KHCN_DEBUG": word}, HERE).debug is meant


@pytest.mark.parametrize(
    ("url", "path"), [("", "var/khcn.sqlite3"), ("sqlite:///du/li%E1%BB%87u.sqlite3", "/du/liệu.sqlite3")]
)
def test_the_embedded_database_is_a_file(url, path):
    found = database_settings(url, HERE)

    assert (found["ENGINE"], found["NAME"]) == ("khcn.kernel.records.backends.sqlite", path)


def test_the_address_of_a_server_is_read_with_its_options():
    found = database_settings("postgresql://ng%C6%B0%E1%BB%9Di:m%40t@may:5433/so?sslmode=require", HERE)

    assert found["ENGINE"] == "khcn.kernel.records.backends.postgresql"
    told = [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")]
    assert told == ["so", "người", "m@t", "may", "5433", {"sslmode": "require"}]


def test_another_kind_of_database_is_refused():
    with pytest.raises(UnsafeSetting, match="mysql"):
        database_settings("mysql://may/so", HERE)
