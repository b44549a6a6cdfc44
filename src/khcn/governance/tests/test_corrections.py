"""What reviewers corrected is kept and can be taken out as test material, never from confidential records."""

import json

import pytest

from khcn.governance.commands import run_corrections
from khcn.governance.corrections import annotation_of, readings_to_learn_from
from khcn.governance.reader.commands import evaluate
from khcn.governance.services.confirming import confirm_reading
from khcn.governance.services.reading import accept_remaining, add_item, decide_item
from khcn.governance.states import ItemDecision, ItemKind
from khcn.governance.tests.factories import ARTICLE, READ_ON, make_reading
from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.roles import Confidentiality
from khcn.kernel.records.recording import recording


@pytest.fixture
def reviewed(world):
    """A reading of which a person edited, rejected and added something, then confirmed."""
    actor = world.specialist
    reading = make_reading(actor)
    petition = reading.items.of_kind(ItemKind.PETITION).first()
    figure = reading.items.of_kind(ItemKind.FIGURE).first()
    decide_item(item=petition, decision=ItemDecision.EDITED, values={"response": "sẽ xem xét"}, actor=actor, on=READ_ON)
    decide_item(item=figure, decision=ItemDecision.REJECTED, actor=actor, on=READ_ON)
    added = {"point": "cơ chế tài chính cho nghiên cứu", "from": ""}
    add_item(reading=reading, kind=ItemKind.DISCUSSION, values=added, actor=actor, on=READ_ON)
    accept_remaining(reading=reading, actor=actor, on=READ_ON)
    confirm_reading(reading=reading, actor=actor, on=READ_ON)
    reading.refresh_from_db()
    return reading


def hide(record, actor):
    record.confidentiality = Confidentiality.CONFIDENTIAL
    with recording(actor=actor, verb="change", label="hạn chế"):
        record.save()


def test_the_annotation_holds_what_was_confirmed(reviewed):
    annotation = annotation_of(reviewed)

    assert annotation["date"] == "2021-09-24"
    assert annotation["year_in_text"]
    assert [person["part"] for person in annotation["people"]].count("chair") == 1
    assert annotation["figures"] == []
    assert annotation["petitions"][0]["response"] == "sẽ xem xét"
    assert annotation["discussion_points"][-1] == "cơ chế tài chính cho nghiên cứu"


def test_what_a_person_edited_rejected_and_added_stands_beside_what_was_proposed(reviewed):
    changes = {change["kind"]: change for change in annotation_of(reviewed)["corrections"]}

    assert changes["petition"]["decision"] == "edited"
    assert changes["petition"]["proposed"]["response"] != changes["petition"]["confirmed"]["response"]
    assert (changes["figure"]["decision"], changes["figure"]["confirmed"]) == ("rejected", None)
    assert (changes["discussion"]["decision"], changes["discussion"]["proposed"]) == ("added", None)


def test_what_was_taken_out_can_be_measured(reviewed, world, tmp_path, capsys):
    folder = tmp_path / "sua"

    assert run_corrections(["--out", str(folder), "--as", world.director.username]) == 0
    assert (folder / f"{reviewed.code}.txt").read_bytes().decode() == ARTICLE
    capsys.readouterr()
    assert evaluate([str(folder), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    assert measured["directives"]["recall"] == 1.0
    assert measured["figures"]["found"] == 1
    assert measured["figures"]["wanted"] == 0


@pytest.mark.parametrize("which", ["reading", "session"])
def test_a_text_of_a_confidential_record_is_never_taken_out(reviewed, world, tmp_path, capsys, which):
    hide(reviewed if which == "reading" else reviewed.session, world.director)

    assert run_corrections(["--out", str(tmp_path / "sua"), "--as", world.director.username]) == 1
    assert reviewed.title not in capsys.readouterr().err
    assert not (tmp_path / "sua").exists()


def test_a_reading_that_still_waits_is_not_taken_out(world):
    make_reading(world.specialist)

    assert readings_to_learn_from(world.director) == []


@pytest.mark.parametrize("name", ["specialist", "clerk", "leader", "agency"])
def test_only_the_monitor_and_a_director_take_corrections_out(reviewed, world, tmp_path, capsys, name):
    with pytest.raises(NotPermitted):
        readings_to_learn_from(getattr(world, name))

    assert run_corrections(["--out", str(tmp_path / "sua"), "--as", getattr(world, name).username]) == 1
    assert "lãnh đạo Sở" in capsys.readouterr().err


def test_a_folder_in_use_and_an_unknown_user_are_refused(reviewed, world, tmp_path, capsys):
    (tmp_path / "cu.txt").write_text("x")

    assert run_corrections(["--out", str(tmp_path), "--as", world.director.username]) == 1
    assert "đã có tệp" in capsys.readouterr().err
    assert run_corrections(["--out", str(tmp_path), "--as", "khong-co"]) == 1
    assert run_corrections(["--as", "khong-co"]) == 1


def test_a_folder_that_cannot_be_written_is_told(reviewed, world, tmp_path, capsys):
    (tmp_path / "tep").write_text("x")

    assert run_corrections(["--out", str(tmp_path / "tep" / "con"), "--as", world.monitor.username]) == 1
    assert "Không ghi được" in capsys.readouterr().err
