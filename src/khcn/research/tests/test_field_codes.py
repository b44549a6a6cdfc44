"""What is known of codes of research fields: which are right on a day, and what a task's form says of the others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.planning import StatedClass
from khcn.kernel.classifications.schemes import scheme_to_import
from khcn.kernel.classifications.services import load_classifications, write_classes
from khcn.kernel.records.corrections import CorrectionRefused, correct_record, version_stamp
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.workflow.services import NotPossible
from khcn.research.field_codes import LEVEL_OF_LENGTH, FieldEntry, field_faults, field_table, parent_code
from khcn.research.services.identifying import enter_task_values
from khcn.research.task_fields import known_fields
from khcn.research.tests import factories as make
from khcn.research.tests.imported import bring_in, field_coded

OLD, NEW = "research-field-2008", "research-field-2025"
SEVEN = ("4", "401", "40101", "4010101")
LAST, FIRST = date(2025, 12, 14), date(2025, 12, 15)
KNOWN = field_table(
    [
        *(FieldEntry(OLD, code, valid_to=LAST) for code in ("4", "401", "40107", "50199")),
        *(FieldEntry(NEW, code, valid_from=FIRST) for code in ("4", "401", "40101", "4010101", "7", "601")),
        FieldEntry(OLD, "7", level=2, valid_to=LAST),
    ]
)


@pytest.mark.parametrize(
    ("code", "day", "levels", "kinds"),
    [
        ("4", LAST, None, []),
        ("40107", LAST, {3}, []),
        ("4010101", FIRST, {1, 4}, []),
        ("4", FIRST, {1}, []),
        ("40107", FIRST, None, ["not-valid-on-the-day"]),  # a speciality of the old list only
        ("4010101", LAST, None, ["not-valid-on-the-day"]),
        ("40A", LAST, None, ["not-digits"]),
        ("", LAST, None, ["not-digits"]),
        ("٤", LAST, None, ["not-digits"]),  # a digit, but none of ours
        ("40", LAST, None, ["length"]),
        ("401071", LAST, None, ["length"]),
        ("402", LAST, None, ["unknown"]),
        ("50199", LAST, None, ["no-parent"]),
        ("601", FIRST, {2}, ["no-parent"]),
        ("50199", LAST, {1, 2}, ["no-parent", "level"]),
        ("401", LAST, {1, 3}, ["level"]),
        ("7", LAST, None, ["level"]),  # the list itself says another level
        ("7", FIRST, None, []),
    ],
)
def test_a_code_is_right_where_digits_length_time_parent_and_level_are(code, day, levels, kinds):
    faults = field_faults(code, day, KNOWN, levels)

    assert [fault.kind.value for fault in faults] == kinds
    assert all(f"«{code}»" in fault.words for fault in faults)


def test_a_code_that_is_no_longer_in_force_says_until_when_it_was():
    (late,) = field_faults("40107", FIRST, KNOWN)
    (early,) = field_faults("40101", LAST, KNOWN)

    assert late.words == "Mã lĩnh vực «40107» không có hiệu lực ngày 15/12/2025 (có hiệu lực đến hết 14/12/2025)."
    assert "có hiệu lực từ 15/12/2025" in early.words


@given(st.sampled_from(["1", "101", "10101", "1010101"]), st.sets(st.sampled_from([1, 2, 3, 4])))
def test_the_level_of_a_code_is_that_of_its_digits(code, levels):
    known = field_table(FieldEntry(OLD, code[:length], level) for length, level in LEVEL_OF_LENGTH.items())

    assert bool(field_faults(code, LAST, known, levels)) is (LEVEL_OF_LENGTH[len(code)] not in levels)
    assert len(parent_code(code)) == max(len(code) - 2, 0)


@given(st.text(max_size=9), st.dates())
def test_any_text_is_judged(code, day):
    assert all(fault.words for fault in field_faults(code, day, KNOWN))


@pytest.fixture
def world(db):
    return make.make_world(on=date(2025, 12, 1))


def test_the_form_takes_a_field_in_force_and_refuses_another_with_the_reason_and_the_rule(world):
    old = field_coded("401", valid_to=LAST)
    said = {"actor": world.specialist}

    entered = enter_task_values(values={"title": "Giống chè", "field": old}, on=LAST, **said)
    with pytest.raises(NotPossible) as refusal:
        enter_task_values(values={"title": "Giống chè", "field": old}, on=FIRST, **said)

    assert entered.field == old
    assert "không có hiệu lực ngày 15/12/2025" in refusal.value.reasons[0]
    assert refusal.value.reasons[1].startswith("Theo: TT 24/2025/TT-BKHCN")
    assert "nhập ở trang «Bảng phân loại»" in refusal.value.reasons[2]  # the list of 2025 is not here yet


def test_the_form_refuses_what_is_no_research_field(world):
    values = {"title": "Giống chè", "field": field_coded("401", scheme="document-kind")}

    with pytest.raises(NotPossible, match="không có trong bảng phân loại"):
        enter_task_values(values=values, actor=world.specialist, on=LAST)


def test_without_a_rule_on_levels_the_other_faults_are_still_told_and_without_a_field_none(world, monkeypatch):
    def unknown(*_words, **_options):
        raise RuleUnknown

    monkeypatch.setattr("khcn.research.task_fields.rule_in_force", unknown)
    values, said = {"title": "Giống chè", "field": field_coded("401", valid_to=LAST)}, {"actor": world.specialist}
    with pytest.raises(NotPossible) as refusal:
        enter_task_values(values=values, on=FIRST, **said)

    assert [words.split()[0] for words in refusal.value.reasons] == ["Mã", "Bảng"]  # and nothing by which rule
    assert enter_task_values(values={"title": "Giống chè"}, on=FIRST, **said).field is None


def test_with_the_list_of_2025_a_task_of_2026_takes_seven_digits_and_refuses_a_code_of_2008(world):
    old = field_coded("401", valid_to=LAST)
    rows = [StatedClass(row, code, f"Ngành {code}", valid_from=FIRST) for row, code in enumerate(SEVEN, start=2)]
    write_classes(scheme_to_import(NEW), rows)
    new, said = Classification.objects.get(code="4010101"), {"actor": world.specialist, "on": date(2026, 3, 2)}

    entered = enter_task_values(values={"title": "Giống chè", "field": new}, **said)
    with pytest.raises(NotPossible) as refusal:
        enter_task_values(values={"title": "Giống chè", "field": old}, **said)

    assert entered.field == new
    fault, rule = refusal.value.reasons
    assert fault == "Mã lĩnh vực «401» không có hiệu lực ngày 2/3/2026 (có hiệu lực đến hết 14/12/2025)."
    assert rule.startswith("Theo: TT 24/2025/TT-BKHCN")


def test_an_old_task_brought_in_by_its_code_gets_the_entry_of_its_time(world):
    old = field_coded("401", valid_to=LAST)
    new = Classification.objects.create(scheme=NEW, code="401", name="Ngành mới", valid_from=FIRST)
    other = field_coded("402", scheme="document-kind")

    assert bring_in(world, "Giống chè", approved_on=date(2024, 5, 5), field=new).field == old
    assert bring_in(world, "Giống lúa", approved_on=date(2026, 1, 2), field=new).field == new
    assert bring_in(world, "Giống ngô", approved_on=date(2026, 1, 2), field=other).field == other
    assert bring_in(world, "Giống sắn", approved_on=date(2026, 1, 2), field=field_coded("9", valid_to=LAST)).field


def corrected(world, record, **values):
    said = {"why": "ghi nhầm", "seen": version_stamp(record)}
    return correct_record(record=record, values=values, actor=world.specialist, on=FIRST, **said)


def test_a_corrected_field_is_judged_on_the_day_of_the_approval_and_left_alone_where_it_stays(world):
    old, gone = field_coded("401", valid_to=LAST), field_coded("402", valid_to=date(2020, 1, 1))
    task = bring_in(world, "Giống chè", approved_on=date(2024, 5, 5), field=gone)

    assert corrected(world, task, title="Giống chè mới") == ("title",)  # its own code was wrong before
    assert corrected(world, task, field=old) == ("field",)
    with pytest.raises(CorrectionRefused, match="đến hết 1/1/2020"):
        corrected(world, task, field=gone)


def test_other_records_have_any_field(world):
    person = make.make_person("Bà Mẫu", actor=world.specialist)

    assert corrected(world, person, field=field_coded("1", scheme="document-kind")) == ("field",)


def test_every_code_that_ships_is_right_on_the_last_day_of_its_list(db):
    load_classifications()
    known = known_fields()

    assert len(known) >= 358
    assert [code for code in known if field_faults(code, LAST, known, {1, 2, 3})] == []
