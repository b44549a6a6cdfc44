from __future__ import annotations

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.indicators.periods import KINDS, Period
from khcn.reporting.outlines import outline, outline_from
from khcn.reporting.outlines.editing import (
    BELOW,
    PART,
    DesignFault,
    content_of,
    faults_of,
    moved,
    section_in,
    table_in,
    unknown_places,
    with_section,
    with_table,
    without,
)

TITLES, GIVEN = "ip.titles_granted", "assignments.given"
SAID = {"number": BELOW, "heading": "Mục thêm", "text": ""}
TABLE = {"title": "Bảng", "indicators": [TITLES], "columns": ["value"]}
ACTS = st.lists(
    st.tuples(st.sampled_from(["part", "below", "table", "up", "down", "remove"]), st.integers(0, 40)), max_size=25
)


def keys(content):
    return [row["key"] for row in content["sections"]]


def table_keys(content):
    return [table["key"] for row in content["sections"] for table in row["tables"]]


def done(content, act, number):
    everything = [*keys(content), *table_keys(content)]
    key, section = everything[number % len(everything)], keys(content)[number % len(content["sections"])]
    steps = {
        "part": lambda: with_section(content, after=section, **SAID | {"number": PART}),
        "below": lambda: with_section(content, after=section, **SAID),
        "table": lambda: with_table(content, section=section, **TABLE),
        "up": lambda: moved(content, key, up=True),
        "down": lambda: moved(content, key, up=False),
        "remove": lambda: without(content, key),
    }
    try:
        return steps[act]()
    except DesignFault:
        return content


@given(ACTS)
def test_whatever_is_done_each_thing_has_its_own_key_and_a_part_leads(acts):
    content = content_of(outline("quarter"))
    for act, number in acts:
        before = copy.deepcopy(content)
        after = done(content, act, number)

        assert content == before  # what was given is never touched: it may be the adopted one
        content = after
        everything = [*keys(content), *table_keys(content)]
        assert len(set(everything)) == len(everything)
        assert content["sections"][0]["number"].isalpha()
        made = outline_from("quarter", content)
        assert [one.key for one in made.sections] == keys(content)
        assert set(made.indicators) >= {code for one in made.sections for row in one.tables for code in row.indicators}


@given(ACTS, st.integers(0, 60), st.booleans())
def test_a_move_loses_nothing_and_the_move_back_undoes_it(acts, number, up):
    content = content_of(outline("nine-month"))
    for act, place in acts:
        content = done(content, act, place)
    everything = [*keys(content), *table_keys(content)]
    key = everything[number % len(everything)]
    try:
        after = moved(content, key, up=up)
    except DesignFault:
        return

    assert sorted(keys(after)) == sorted(keys(content))
    assert sorted(table_keys(after)) == sorted(table_keys(content))
    assert moved(after, key, up=not up) == content


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_outline_begun_anew_says_the_same(kind):
    shipped = outline(kind)

    again = outline_from(kind, content_of(shipped))

    assert (again.title, again.indicators, again.lists) == (shipped.title, shipped.indicators, shipped.lists)
    assert [(one.number, one.heading, one.text, one.from_year) for one in again.sections] == [
        (one.number, one.heading, one.text, one.from_year) for one in shipped.sections
    ]
    assert faults_of(content_of(shipped), shipped.indicators) == []


def test_a_part_moves_with_what_stands_below_it():
    content = content_of(outline("nine-month"))
    results = [row["key"] for row in content["sections"][1:15]]

    after = moved(content, "results", up=True)

    assert keys(after)[:14] == results
    assert keys(after)[14] == "general"


def test_a_section_at_the_end_of_its_part_moves_on_to_the_next_part():
    content = content_of(outline("nine-month"))

    after = moved(content, "units", up=False)

    assert keys(after)[14:16] == ["assessment", "units"]


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (lambda content: moved(content, "general", up=True), "đã ở đầu"),
        (lambda content: moved(content, "results", up=True) and moved(content, "proposals-ministry", up=False), "cuối"),
        (lambda content: without(content, "results"), "còn 13 mục bên dưới"),
        (lambda content: with_section(content, key="general", number=BELOW), "phải là một phần lớn"),
        (lambda content: with_section(content, key="khong-co", **SAID), "không còn trong mẫu"),
        (lambda content: with_table(content, section="khong-co", **TABLE), "không còn trong mẫu"),
        (lambda content: with_table(content, section="general", key="t9", **TABLE), "không còn trong mẫu"),
        (lambda content: moved(with_table(content, section="general", **TABLE), "t1", up=True), "đã ở đầu"),
        (lambda content: moved(with_table(content, section="proposals-ministry", **TABLE), "t1", up=False), "cuối"),
        (lambda content: without(content | {"sections": content["sections"][:1]}, "general"), "ít nhất một mục"),
    ],
)
def test_what_cannot_be_done_is_told(act, fault):
    with pytest.raises(DesignFault, match=fault):
        act(content_of(outline("nine-month")))


def test_a_table_changed_keeps_its_place_and_one_sent_elsewhere_goes_to_the_end_there():
    content = with_table(content_of(outline("nine-month")), section="general", **TABLE)
    content = with_table(content, section="general", **TABLE | {"title": "Bảng hai"})

    renamed = with_table(content, key="t1", section="general", **TABLE | {"title": "Tên mới"})
    sent = with_table(renamed, key="t1", section="ip", **TABLE | {"title": "Tên mới"})

    assert [table["title"] for table in section_in(renamed, "general")["tables"]] == ["Tên mới", "Bảng hai"]
    assert table_in(sent, "t1")[0]["key"] == "ip"
    assert table_keys(sent).count("t1") == 1


def test_words_in_braces_that_mean_nothing_are_found():
    content = content_of(outline("nine-month"))
    content = with_section(content, key="general", text="Có {ip.titles_granted} và {ip.khong_co}.")
    content = with_section(content, key="results", heading="Kết quả {this} {0.__class__}")
    content = with_table(content, section="ip", **TABLE | {"indicators": []})

    faults = faults_of(content, [TITLES, "policies.legal_documents_issued", *outline("nine-month").indicators])

    assert len(faults) == 3
    assert "{ip.khong_co}" in faults[0]
    assert unknown_places("{this}", ["this"]) == []


def test_what_an_office_types_between_braces_is_never_evaluated():
    content = content_of(outline("year")) | {"title": "Năm {year} {0.__class__} {this"}

    made = outline_from("year", content)

    assert made.title_on(Period("year", 2021, date(2021, 1, 1), date(2021, 12, 31))) == "Năm 2021 {0.__class__} {this"


def test_a_form_sent_twice_adds_once():
    plain = content_of(outline("nine-month"))
    section = keys(plain)[1]

    tabled = with_table(plain, section=section, **TABLE)
    longer = with_section(plain, after=section, **SAID)

    assert with_table(tabled, section=section, **TABLE | {"columns": ("value",)}) == tabled != plain
    assert with_section(longer, after=section, **SAID) == longer != plain
    assert len(table_keys(with_table(tabled, section=section, **TABLE | {"title": "Bảng khác"}))) == 2
