"""What is known of codes taken from a file: what is added, corrected, ended and refused, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.classifications.models import Classification
from khcn.kernel.classifications.planning import ClassFault, Entry, StatedClass, plan_classes
from khcn.kernel.classifications.schemes import SchemeUnknown, importable_schemes, scheme_to_import, schemes
from khcn.kernel.classifications.selectors import choosable_classes, classes, schemes_in_force
from khcn.kernel.classifications.services import ClassesRefused, load_classifications, write_classes

NEW = scheme_to_import("research-field-2025")
FIRST, LATER = date(2025, 12, 15), date(2028, 1, 1)
CODES = ("1", "101", "10101", "1010101")


def stated(*codes, first=FIRST, **said):
    return [StatedClass(row, code, f"Ngành {code}", valid_from=first, **said) for row, code in enumerate(codes, 2)]


def standing(*codes, **said):
    return [Entry(code, f"Ngành {code}", valid_from=FIRST, key=key, **said) for key, code in enumerate(codes, 1)]


def counts(plan):
    return len(plan.added), len(plan.corrected), len(plan.ended), plan.unchanged


def test_a_code_has_the_level_of_its_digits_and_a_place_below_another():
    assert [NEW.level_of(code) for code in (*CODES, "10", "")] == [1, 2, 3, 4, None, None]
    assert [NEW.parent_of(code) for code in CODES] == ["", "1", "101", "10101"]


def test_a_list_whose_codes_are_no_digits_is_not_taken_from_a_file():
    with pytest.raises(SchemeUnknown, match="research-field-2008, research-field-2025"):
        scheme_to_import("document-kind")

    assert len(importable_schemes()) == len(schemes()) - 1


@pytest.mark.parametrize(
    ("entries", "rows", "since", "wanted"),
    [
        ([], stated(*CODES), None, (4, 0, 0, 0)),
        (standing(*CODES), stated(*CODES), None, (0, 0, 0, 4)),
        (standing(*CODES), stated("1", "101"), None, (0, 0, 0, 2)),  # a part says nothing of the rest
        (standing(*CODES), [replace(stated("1")[0], name="Tên mới")], None, (0, 1, 0, 0)),
        (standing("1"), [replace(stated("1")[0], name_en="Natural")], None, (0, 1, 0, 0)),
        (standing("1", name_en="Natural"), stated("1"), None, (0, 0, 0, 1)),  # what is not said stays
        (standing("1"), stated("1", confidence="verified"), None, (0, 1, 0, 0)),
        (standing("1"), stated("1", confidence="verified", first=LATER), None, (0, 0, 0, 1)),  # it goes on as it was
        (standing("1"), stated("1", valid_to=LATER), None, (0, 0, 1, 0)),
        (standing("1", valid_to=LATER), stated("1", valid_to=date(2030, 1, 1)), None, (0, 1, 0, 0)),
        (standing("1"), [replace(stated("1", first=LATER)[0], name="Tên mới")], None, (1, 0, 1, 0)),
        (standing("1", "101"), stated("1", first=LATER), LATER, (0, 0, 1, 1)),  # the whole list lacks 101
        (standing("1", "101", valid_to=date(2026, 1, 1)), [], LATER, (0, 0, 0, 0)),  # both ended before
    ],
)
def test_a_row_adds_corrects_ends_or_leaves_alone(entries, rows, since, wanted):
    plan = plan_classes(NEW, rows, entries, since)

    assert counts(plan) == wanted
    assert plan.faults == []


def test_a_name_that_changes_on_a_later_day_leaves_the_earlier_one_readable():
    plan = plan_classes(NEW, [replace(stated("1", first=LATER)[0], name="Tên mới")], standing("1", valid_to=None))

    (ended,), (added,) = plan.ended, plan.added
    assert (ended.after.name, ended.after.valid_to) == ("Ngành 1", LATER - timedelta(days=1))
    assert (added.after.name, added.after.valid_from, added.after.confidence) == ("Tên mới", LATER, "unchecked")


@pytest.mark.parametrize(
    ("entries", "rows", "since", "words"),
    [
        ([], stated("1", "1"), None, "Dòng 3, cột «Mã»: mã «1» đã có ở dòng 2"),
        ([], stated("101"), None, "mã «101» không có mã cấp trên «1» trong tệp và trong bảng"),
        (
            standing("1"),
            stated("101", first=date(2025, 1, 1)),
            None,
            "mã cấp trên «1» của mã «101» không có hiệu lực từ",
        ),
        (standing("1", "101"), stated("1", valid_to=LATER), None, "hết hiệu lực ngày 1/1/2028, trước khi mã «101»"),
        (standing("1"), stated("1", first=date(2025, 1, 1)), None, "trùng với thời gian dòng này ghi"),
        (
            [*standing("1"), Entry("101", "Ngành 101", valid_from=LATER, key=2)],
            stated("2", first=LATER),
            LATER,
            "«Hiệu lực từ»: mã cấp trên «1» của mã «101» không có hiệu lực từ 1/1/2028",  # no row says so, but a row is missing
        ),
    ],
)
def test_a_row_that_cannot_stand_is_named_with_the_reason_and_what_to_do(entries, rows, since, words):
    plan = plan_classes(NEW, rows, entries, since)

    sentences = [fault.sentence() for fault in plan.faults]
    assert any(words in one for one in sentences), sentences
    assert all(fault.cure for fault in plan.faults)


def test_a_whole_list_leaves_codes_that_began_on_its_own_day_and_says_so():
    plan = plan_classes(NEW, stated("1"), standing("1", "2"), FIRST)

    assert counts(plan) == (0, 0, 0, 1)
    assert plan.remarks[0].startswith("1 mã không có trong tệp nhưng có hiệu lực từ chính ngày 15/12/2025")


def test_a_level_with_another_number_of_codes_than_is_known_is_told():
    assert "Cấp 2 sẽ có 1 mã, TT 24/2025/TT-BKHCN được biết là có 46: đối chiếu với phụ lục." in (
        plan_classes(NEW, stated(*CODES), []).remarks
    )


@pytest.mark.django_db
def test_codes_are_written_with_level_and_place_and_again_change_nothing():
    write_classes(NEW, stated(*reversed(CODES)))
    again = write_classes(NEW, stated(*CODES))

    found = Classification.objects.get(code="1010101")
    assert (found.parent.code, found.attributes, found.imported) == ("10101", {"level": 4}, True)
    assert counts(again) == (0, 0, 0, 4)
    assert schemes_in_force("research-field", FIRST) == [NEW.key]
    assert set(choosable_classes(None)) == set(Classification.objects.all())


@pytest.mark.django_db
def test_a_refused_file_writes_nothing():
    with pytest.raises(ClassesRefused, match="Chưa nhập gì vào bảng «Lĩnh vực nghiên cứu, bảng năm 2025»: 1 chỗ sai"):
        write_classes(NEW, stated("1", "10101"))

    assert not Classification.objects.exists()


@pytest.mark.django_db
def test_a_code_renamed_later_stands_twice_each_below_what_stood_above_it_then():
    write_classes(NEW, stated("1", "101"))
    write_classes(NEW, [replace(one, name=f"{one.name} mới") for one in stated("1", "101", first=LATER)])

    old, new = Classification.objects.filter(code="101").order_by("valid_from")
    assert (old.parent.name, new.parent.name) == ("Ngành 1", "Ngành 1 mới")
    assert [row.name for row in classes(NEW.key, LATER)] == ["Ngành 1 mới", "Ngành 101 mới"]


@pytest.mark.django_db
def test_what_an_office_corrected_from_a_file_stays_when_the_shipped_lists_are_loaded_again():
    old = scheme_to_import("research-field-2008")
    load_classifications()
    write_classes(old, [StatedClass(2, "101", "Toán học (đã đối chiếu)", confidence="verified")])

    assert load_classifications().corrected == 0
    assert Classification.objects.get(scheme=old.key, code="101").confidence == "verified"


days = st.dates(FIRST, FIRST + timedelta(days=900))


@given(
    st.lists(st.tuples(st.sampled_from(["A", "B"]), days), max_size=6),
    st.lists(days, min_size=1, max_size=5),
)
def test_whatever_files_come_no_day_loses_what_was_valid_and_no_day_has_two(files, asked):
    entries = [Entry("1", "A", valid_from=FIRST, key=1)]
    for name, first in files:
        plan = plan_classes(NEW, [StatedClass(2, "1", name, valid_from=first)], entries)
        if not plan.faults:
            changed = {one.before: one.after for one in plan.changes if one.before}
            kept = [changed.get(entry, entry) for entry in entries]
            entries = kept + [replace(one.after, key=len(kept) + 1) for one in plan.added]

    assert all(sum(entry.is_valid_on(day) for entry in entries) == 1 for day in asked)


def test_a_fault_without_a_row_names_its_column():
    assert ClassFault(0, "Mã", "sai", "Sửa").sentence() == "«Mã»: sai. Sửa."
