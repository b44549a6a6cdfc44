from __future__ import annotations

import importlib

import django
import pytest

from khcn.config.command import COMMANDS, main
from khcn.config.environment import UnsafeSetting


@pytest.mark.parametrize("arguments", [[], ["--help"], ["help"]])
def test_asked_for_help_the_command_lists_all_its_words(arguments, capsys):
    status = main(arguments)

    out = capsys.readouterr().out
    assert status == 0
    assert all(f"khcn {' '.join(command.words)} " in out for command in COMMANDS)


def test_unknown_words_are_answered_with_the_list_and_a_failure(capsys):
    assert main(["bay", "lên"]) == 1
    assert "Các lệnh:" in capsys.readouterr().out


def test_words_and_summaries_are_each_said_once():
    assert len({command.words for command in COMMANDS}) == len({command.summary for command in COMMANDS})
    assert len({command.words for command in COMMANDS}) == len(COMMANDS)


def test_no_words_hide_those_of_a_later_command():
    hidden = [
        (first.words, later.words)
        for place, first in enumerate(COMMANDS)
        for later in COMMANDS[place + 1 :]
        if later.words[: len(first.words)] == first.words
    ]

    assert hidden == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command.words))
def test_behind_every_command_stands_a_function(command):
    module, _, name = command.function.partition(":")

    assert callable(getattr(importlib.import_module(module), name))


def test_a_command_gets_what_follows_its_words_and_its_answer_is_the_exit_code(monkeypatch):
    heard = []
    monkeypatch.setattr("khcn.reporting.commands.figures", heard.append)

    assert main(["report", "figures", "nine-month", "--year", "2021"]) == 0
    assert heard == [["nine-month", "--year", "2021"]]


@pytest.mark.parametrize(
    "arguments", [["report", "figures", "nine-month"], ["search"], ["import"], ["calendar", "due", "--start"]]
)
def test_whatever_is_misused_the_exit_code_is_one_and_the_fault_is_told(arguments, capsys):
    assert main(arguments) == 1
    assert capsys.readouterr().err


def test_asking_a_command_for_its_own_help_is_no_fault(capsys):
    assert main(["report", "figures", "--help"]) == 0


def test_a_setting_that_is_not_safe_is_told_in_words_by_every_command(monkeypatch, capsys):
    def refuse():
        raise UnsafeSetting("KHCN_DEBUG phải tắt")

    monkeypatch.setattr(django, "setup", refuse)

    assert main(["doctor", "--json"]) == 1
    assert capsys.readouterr().err == "KHCN_DEBUG phải tắt\n"
