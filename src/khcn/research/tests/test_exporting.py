"""What is known of exports of tasks: what their files hold when read back, what is kept back, what their report says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.records.recording import recording
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.rulebook.selectors import RuleUnknown
from khcn.kernel.tests.factories import make_division, make_user
from khcn.parties.models import Equipment, ScientistProfile
from khcn.parties.services.infrastructure import enter_equipment
from khcn.parties.services.science import enter_profile, record_consent
from khcn.parties.states import EquipmentState
from khcn.research import exporting
from khcn.research.commands import exported_words, run_export
from khcn.research.export_checks import checked_xml
from khcn.research.export_files import attributes_of, element_of
from khcn.research.export_profiles import code_list, profile_named, profiles
from khcn.research.export_values import ILLEGAL, TRANSFORMS
from khcn.research.exporting import Scope, export_profile, records_of, relations
from khcn.research.models import ResearchTask, TaskMember, TaskPartner
from khcn.research.states import FundingSource, MemberRole, TaskForm, TaskLevel, TaskState
from khcn.research.tests import factories as make
from khcn.research.tests.imported import KNOWN_ON, add_use, bring_in, field_coded

ON = date(2026, 2, 2)
CERIF = "{https://www.openaire.eu/cerif-profile/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = "=HYPERLINK(\"http://x\") \x07]]> <b>&amp; 'quoted' \x1b\ufffe"
CLEAN = "=HYPERLINK(\"http://x\") ]]> <b>&amp; 'quoted'"


def parsed(file):
    return ET.parse(file).getroot()  # noqa: S314 (what we have just written)


def imported(row):
    with recording(actor=None, verb="add", label="ghi", on=KNOWN_ON, imported=True):
        row.save()
    return row


@pytest.fixture
def world(db):
    world = make.make_world(on=date(2025, 1, 8))
    world.partner = make.make_organisation("Hợp tác xã Mẫu", actor=world.specialist)
    return world


@pytest.fixture
def task(world):
    """Enter a task with parts of every kind."""
    said = {"approved_on": date(2025, 3, 3), "starts_on": date(2025, 4, 1), "ends_on": date(2027, 3, 31)}
    said |= {"host": world.host, "leader": world.leader, "field": field_coded("40107"), "number": "ĐTCT.01"}
    said |= {"keywords": "chè, giống;  lai tạo", "objectives": "Mục tiêu\r\nhai dòng", "level": TaskLevel.PROVINCE}
    task = bring_in(world, HOSTILE, sources=(FundingSource.STATE_LOCAL, FundingSource.PROVINCIAL_FUND), **said)
    imported(TaskMember(task=task, person=world.leader, role=MemberRole.LEADER, months="6.0"))
    imported(TaskMember(task=task, person=world.members[0], role=MemberRole.SECRETARY, organisation=world.host))
    imported(TaskPartner(task=task, organisation=world.partner, content="Trồng thử"))
    add_use(task, date(2025, 12, 1))
    return task


def exported(world, folder, key="tasks-2025", **scope):
    summary = export_profile(profile_named(key), folder, Scope(world.office, ON, **scope))
    return summary, json.loads((folder / "validation.json").read_text(encoding="utf-8"))


def test_the_json_file_read_back_says_what_the_register_says(world, task, tmp_path):
    exported(world, tmp_path)

    found = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    (record,) = found["records"]

    assert (found["profile"], found["confidence"], found["exported_on"]) == ("tasks-2025", "unchecked", "2026-02-02")
    assert (record["title"], record["level"], record["form"], record["state"]) == (
        CLEAN,
        "TINH",
        "DT",
        "Đang thực hiện",
    )
    assert record["host"]["name"] == "Trường Đại học Mẫu"
    assert [one.get("organisation") for one in record["members"]] == [None, "Trường Đại học Mẫu"]
    assert [(one["role"], one.get("months")) for one in record["members"]] == [
        ("Chủ nhiệm", "6"),
        ("Thư ký khoa học", None),
    ]
    assert [(one["source"], one["amount_vnd"]) for one in record["budget"]] == [("NSDP", 10**8), ("K", 10**8)]
    assert record["keywords"] == ["chè", "giống", "lai tạo"]
    assert (record["field_code"], record["field_scheme"]) == ("40107", "research-field-2008")
    assert record["uses"][0]["reported_on"] == "2025-12-01"
    assert record["illustrative"] is False


def test_the_csv_file_read_back_says_the_same_and_runs_no_formula(world, task, tmp_path):
    exported(world, tmp_path)
    (record,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))["records"]

    text = (tmp_path / "tasks.csv").read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))

    assert row["title"] == f"'{CLEAN}"
    assert (row["host/name"], row["level"], row["illustrative"]) == (record["host"]["name"], "TINH", "false")
    assert row["members[]/organisation"] == "; Trường Đại học Mẫu"
    assert row["budget[]/amount_vnd"] == "100000000; 100000000"
    assert row["keywords[]"] == "chè; giống; lai tạo"
    assert row["objectives"] == record["objectives"] == "Mục tiêu\r\nhai dòng"
    assert "leader/sex" not in row


def test_the_xml_file_read_back_says_the_same(world, task, tmp_path):
    summary, _report = exported(world, tmp_path)
    (record,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))["records"]

    root = parsed(tmp_path / "tasks.xml")
    found = root.find("Task")

    assert (root.tag, root.get("profile"), root.get("confidence")) == ("Tasks", "tasks-2025", "unchecked")
    assert found.findtext("title") == record["title"]
    assert found.findtext("objectives") == record["objectives"]
    assert [one.findtext("name") for one in found.findall("members")] == [one["name"] for one in record["members"]]
    assert [one.text for one in found.findall("keywords")] == record["keywords"]
    assert found.findtext("host/code") == record["host"]["code"]
    assert all(
        one["sha256"] == hashlib.sha256((tmp_path / one["file"]).read_bytes()).hexdigest() for one in summary.files
    )


def with_cv(world, person, orcid):
    profile = ScientistProfile(person=person, organisation=world.partner, orcid=orcid, updated_on=date(2025, 1, 6))
    profile.office, profile.division = world.office, world.specialist.division
    return enter_profile(profile=profile, field="", actor=world.specialist, on=KNOWN_ON)


def test_of_a_cv_the_orcid_and_the_employer_leave_only_with_consent(world, task, tmp_path):
    agreed = with_cv(world, world.leader, "0000-0002-1825-0097")
    with_cv(world, world.members[0], "0000-0001-5109-3700")
    said = {"consented_on": KNOWN_ON, "note": "Phiếu đồng ý", "actor": world.specialist, "on": KNOWN_ON}
    record_consent(profile=agreed, **said)

    _summary, report = exported(world, tmp_path, "cerif-openaire-1.1")
    people = {one.get("id"): one for one in parsed(tmp_path / "persons.xml")}
    leader, member = people[world.leader.code], people[world.members[0].code]

    assert leader.findtext(f"{CERIF}ORCID") == "https://orcid.org/0000-0002-1825-0097"
    employer = leader.find(f"{CERIF}Affiliation/{CERIF}OrgUnit")
    assert employer.get("id") in {one.get("id") for one in parsed(tmp_path / "orgunits.xml")}
    assert member.find(f"{CERIF}ORCID") is None
    assert member.find(f"{CERIF}Affiliation") is None
    assert "0000-0001-5109-3700" not in json.dumps(report)


def test_the_cerif_files_hold_projects_people_and_organisations_that_name_each_other(world, task, tmp_path):
    summary, report = exported(world, tmp_path, "cerif-openaire-1.1")
    roots = {name: parsed(tmp_path / f"{name}s.xml") for name in ("project", "person", "orgunit", "equipment")}
    (project,) = roots["project"].findall(f"{CERIF}Project")
    ids = {one.get("id") for name in ("person", "orgunit") for one in roots[name]}

    title, subject = (project.find(f"{CERIF}{name}") for name in ("Title", "Subject"))
    assert (project.get("id"), title.text, title.get(LANG)) == (task.code, CLEAN, "vi")
    assert (subject.text, subject.get("scheme")) == (
        "urn:khcn:research-field-2008:40107",
        "urn:khcn:research-field-2008",
    )
    assert [one.text for one in project.findall(f"{CERIF}Keyword")] == ["chè", "giống", "lai tạo"]
    named = [one.get("id") for name in ("OrgUnit", "Person") for one in project.iter(f"{CERIF}{name}")]
    assert sorted(named) == sorted(ids)  # each once: the leader is no member besides
    assert all(one["checks"] == {"well_formed": True, "records": one["records"], **FINE} for one in summary.files)
    assert (report["entities_not_held"], report["fields_not_held"]) == ([], ["Person/Gender"])
    assert len(roots["equipment"]) == 0


FINE = {"other_elements": 0, "missing_required": {}}


def test_equipment_that_others_may_use_goes_with_its_owner_and_no_other_does(world, tmp_path):
    owner = make.make_organisation("Trung tâm Mẫu", actor=world.specialist)
    said = {"office": world.office, "organisation": owner}
    kept = {"confidentiality": Confidentiality.CONFIDENTIAL, "is_shared": True}
    for title, more in (("Máy sắc ký", {"is_shared": True}), ("Máy riêng", {}), ("Máy kín", kept)):
        enter_equipment(equipment=Equipment(title=title, **said, **more), actor=None, on=ON)
    with recording(actor=None, verb="x", label="thanh lý", on=ON, imported=True):
        Equipment(title="Máy cũ", is_shared=True, state=EquipmentState.DISPOSED, **said).save()

    exported(world, tmp_path, "cerif-openaire-1.1")

    (equipment,) = parsed(tmp_path / "equipments.xml")
    assert equipment.findtext(f"{CERIF}Name") == "Máy sắc ký"
    (owned,) = parsed(tmp_path / "orgunits.xml")
    assert owned.get("id") == equipment.find(f"{CERIF}Owner/{CERIF}OrgUnit").get("id") == owner.code


def test_an_entity_that_no_register_holds_is_told(world, tmp_path):
    profile = profile_named("cerif-openaire-1.1")
    wider = replace(profile, entities={**profile.entities, "Funding": profile.entities["Equipment"]})

    summary = export_profile(wider, tmp_path, Scope(world.office, ON))

    assert summary.told()["entities_not_held"] == ["Funding"]
    assert exported_words(summary)[-1] == "Chưa có sổ cho: Funding."


def test_the_elements_of_a_project_stand_in_the_order_of_the_schema(world, task, tmp_path):
    exported(world, tmp_path, "cerif-openaire-1.1")
    project = parsed(tmp_path / "projects.xml")[0]
    order = [
        "Title",
        "Identifier",
        "StartDate",
        "EndDate",
        "Consortium",
        "Team",
        "Subject",
        "Keyword",
        "Abstract",
        "Status",
    ]

    places = [order.index(one.tag.removeprefix(CERIF)) for one in project]

    assert places == sorted(places)
    name = next(project.iter(f"{CERIF}PersonName"))
    assert [(one.tag.removeprefix(CERIF), one.text) for one in name] == [
        ("FamilyNames", "Nguyễn"),
        ("FirstNames", "Nhiệm"),
        ("OtherNames", "Chủ"),
    ]


def test_nothing_confidential_or_withdrawn_leaves_and_of_the_confidential_only_the_number_is_told(
    world, task, tmp_path
):
    secret = {"confidentiality": Confidentiality.CONFIDENTIAL, "approved_on": date(2025, 3, 3)}
    hidden = bring_in(world, "Chuyện kín", **secret)
    gone = bring_in(world, "Nhập nhầm", approved_on=date(2025, 3, 3))
    bring_in(world, "Kín và nhập nhầm", **secret)
    for row in (gone, ResearchTask.objects.get(title="Kín và nhập nhầm")):
        with recording(actor=None, verb="x", label="thu hồi", on=ON):
            row.withdrawn_on = ON
            row.save()
    bring_in(world, "Mới đề xuất", state=TaskState.PROPOSED)

    for key in profiles():
        summary, report = exported(world, tmp_path / key, key)
        text = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / key).iterdir())
        assert not [
            words for words in ("Chuyện kín", "Kín và", "Nhập nhầm", "Mới đề xuất", hidden.code) if words in text
        ]
        assert report["left_out"] == [{"code": gone.code, "reason": "withdrawn"}]
        assert (summary.counts["left_out_confidential"], summary.counts["left_out_withdrawn"]) == (2, 1)
        assert summary.files[0]["records"] == 1


def test_of_tasks_that_the_reader_may_not_know_of_not_even_the_number_is_told(world, tmp_path):
    division = make_division(world.office, code="KHÁC")
    secret = {"confidentiality": Confidentiality.CONFIDENTIAL, "approved_on": date(2025, 3, 3)}
    bring_in(world, "Chuyện kín", division=world.specialist.division, **secret)
    stranger = make_user(Role.SPECIALIST, username="khac", office=world.office, division=division)

    summary, report = exported(world, tmp_path, user=stranger)

    assert summary.counts["left_out_confidential"] == 0
    assert "Chuyện kín" not in json.dumps(report, ensure_ascii=False)


def test_a_confidential_host_and_a_withdrawn_member_are_not_named_by_a_task_that_leaves(world, task, tmp_path):
    changed = {world.host: {"confidentiality": Confidentiality.CONFIDENTIAL}, world.members[0]: {"withdrawn_on": ON}}
    for row, said in changed.items():
        with recording(actor=None, verb="x", label="sửa", on=ON):
            for name, value in said.items():
                setattr(row, name, value)
            row.save()

    for key in profiles():
        _summary, report = exported(world, tmp_path / key, key)
        text = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / key).iterdir())
        assert not [one for row in changed for one in (row.title, row.code) if one in text]
    told = next(one for one in report["records"] if one["entity"] == "Project")
    assert "Consortium/Coordinator/OrgUnit/@id" in told["withheld"]


def test_the_report_says_what_is_missing_and_which_codes_are_wrong_on_the_day_of_the_task(world, tmp_path):
    old = field_coded("401", valid_to=date(2020, 1, 1))
    early = bring_in(world, "Sớm", approved_on=date(2020, 1, 1), field=old, objectives="Có")
    late = bring_in(world, "Muộn", approved_on=date(2020, 1, 2), field=old, host=world.host)
    other = bring_in(world, "Bảng khác", approved_on=date(2020, 1, 2), field=field_coded("7", scheme="document-kind"))

    summary, report = exported(world, tmp_path)

    told = {one["code"]: one for one in report["records"]}
    assert told[early.code]["missing_required"] == ["host/name", "leader/name"]
    assert "code_faults" not in told[early.code]
    assert told[late.code]["missing_required"] == ["leader/name", "objectives"]
    (fault,) = told[late.code]["code_faults"]
    assert (fault["value"], fault["fault"], fault["day"]) == ("401", "not-valid-on-the-day", "2020-01-02")
    assert told[other.code]["code_faults"][0]["fault"] == "unknown"
    assert "field_code" in told[other.code]["missing_required"]
    assert (summary.counts["records_with_faults"], report["missing_required_counts"]["Task/leader/name"]) == (3, 3)


def test_the_report_holds_a_code_against_the_levels_of_its_day_those_of_the_office_first(world, tmp_path):
    said = {"field": field_coded("401"), "host": world.host, "leader": world.leader, "objectives": "Có"}
    bring_in(world, "Đúng cấp", approved_on=date(2025, 3, 3), **said)
    with recording(actor=None, verb="x", label="đặt", on=ON):
        rule = {"key": "research.field.levels", "label": "Cấp", "value": [3], "legal_basis": "QĐ mẫu"}
        Rule(office=world.office, valid_from=date(2025, 6, 1), **rule).save()
    wrong = bring_in(world, "Sai cấp", approved_on=date(2025, 6, 2), **said)

    _summary, report = exported(world, tmp_path)

    assert [one["code"] for one in report["records"]] == [wrong.code]
    assert report["records"][0]["code_faults"][0]["fault"] == "level"


def test_the_report_says_that_characters_were_taken_out_and_that_a_value_has_no_code(
    world, task, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        "khcn.research.export_values.code_list", lambda name: {} if name == "task_level" else code_list(name)
    )

    _summary, report = exported(world, tmp_path)

    (told,) = report["records"]
    assert told["control_characters_removed"] == ["title"]
    assert told["code_faults"] == [
        {"path": "level", "value": "province", "fault": "not-in-the-list", "list": "task_level"}
    ]
    assert told["missing_required"] == ["level"]


def test_a_record_without_fault_is_not_in_the_report(world, tmp_path):
    said = {"approved_on": date(2025, 3, 3), "host": world.host, "leader": world.leader, "objectives": "Có"}
    bring_in(world, "Đủ", field=field_coded("401"), **said)

    _summary, report = exported(world, tmp_path)

    assert report["records"] == report["left_out"] == []


def test_an_export_of_a_year_holds_the_tasks_carried_out_in_it(world, tmp_path):
    for year in (2024, 2025):
        bring_in(world, f"Năm {year}", form=TaskForm.PROJECT, approved_on=date(year, 5, 5))

    exported(world, tmp_path, year=2024)

    (record,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))["records"]
    assert record["title"] == "Năm 2024"


def test_a_person_is_given_only_what_they_may_know_of(world, tmp_path):
    other = make.make_division(world.office, code="KHAC")
    bring_in(world, "Của phòng khác", approved_on=date(2025, 5, 5))
    outsider = make.make_user(username="ngoai", office=world.office, division=other)

    exported(world, tmp_path, user=outsider)

    assert json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))["records"] == []


def test_more_tasks_than_a_slice_holds_are_all_there_once_with_few_queries(
    world, tmp_path, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(exporting, "SLICE", 4)
    for number in range(9):
        bring_in(world, f"Số {number}", approved_on=date(2025, 5, 5), sources=(FundingSource.FIRM,))

    with django_assert_max_num_queries(45):
        exported(world, tmp_path)

    records = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))["records"]
    assert [one["title"] for one in records] == [f"Số {number}" for number in range(9)]


def test_an_export_that_fails_leaves_nothing_behind_and_what_stood_there_before(world, task, tmp_path, monkeypatch):
    exported(world, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr(exporting.ReportFile, "end", lambda *_said: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        exported(world, tmp_path)

    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_every_source_of_every_profile_is_known_and_walks_relations_that_can_be_read_at_once(world):
    for profile in profiles().values():
        for entity, fields in profile.entities.items():
            rows = records_of(entity, ResearchTask.objects.all(), world.office)
            kinds = {one.transform.partition(":")[0] for one in fields}
            assert kinds <= {*TRANSFORMS, "code", "field", "field-urn"}
            if rows is not None:
                straight, through = relations(rows.model, fields)
                list(rows.select_related(*straight).prefetch_related(*through))
            for one in fields:
                assert one.constant is not None or one.is_held or one.note
                assert not one.parts or one.group


@pytest.mark.parametrize("words", ["<CERIF>", "<CERIF xmlns='x'><Project/></CERIF>", ""])
def test_a_broken_file_is_found_out(tmp_path, words):
    file = tmp_path / "a.xml"
    file.write_text(words, encoding="utf-8")

    found = checked_xml(file, profile_named("cerif-openaire-1.1"), "Project")

    assert not found["well_formed"] or found["other_elements"] == 1


def test_a_file_that_lacks_what_is_required_is_found_out(tmp_path):
    file = tmp_path / "a.xml"
    root = f'<CERIF xmlns="{CERIF[1:-1]}">'
    file.write_text(f'{root}<Project id="a"><Title> </Title></Project><Project/></CERIF>', encoding="utf-8")

    found = checked_xml(file, profile_named("cerif-openaire-1.1"), "Project")

    assert (found["records"], found["missing_required"]) == (2, {"@id": 1, "Title": 2})


@given(st.text(), st.text())
def test_any_text_survives_an_element_and_an_attribute(text, attribute):
    clean, kept = ILLEGAL.sub("", text), ILLEGAL.sub("", attribute)

    found = ET.fromstring(element_of("a", {"@b": kept, "#": clean}))  # noqa: S314 (what we have just written)

    assert (found.text or "", found.get("b")) == (clean, kept)
    assert attributes_of({}) == ""


def test_the_memory_of_an_export_does_not_grow_with_it(world, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "SLICE", 10)
    peaks = []
    for number in (30, 120):
        for _ in range(number):
            bring_in(world, "Nhiệm vụ", approved_on=date(2025, 5, 5), objectives="m" * 5_000)
        tracemalloc.start()
        exported(world, tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.3


def test_the_command_says_what_it_wrote_in_words_and_for_machines(world, task, tmp_path, settings, capsys):
    settings.OFFICE = world.office.code

    assert run_export(["--profile", "cerif-openaire-1.1", "--out", str(tmp_path)]) == 0
    words = capsys.readouterr().out
    assert run_export(["--profile", "tasks-2025", "--out", str(tmp_path), "--year", "2025", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert "projects.xml: 1 bản ghi" in words
    assert "Để lại: 0 nhiệm vụ thuộc phạm vi hạn chế, 0 nhiệm vụ đã thu hồi." in words
    assert [one["file"] for one in told["files"]] == ["tasks.json", "tasks.csv", "tasks.xml"]


@pytest.mark.parametrize(
    ("key", "office", "out", "words"),
    [
        ("khong-co", "TN", "", "Hiện có: tasks-2025, cerif-openaire-1.1"),
        ("tasks-2025", "XX", "", "Chưa có cơ quan «XX»"),
        ("tasks-2025", "TN", "tep", "Không ghi được vào"),
    ],
)
def test_the_command_refuses_with_words(world, tmp_path, settings, capsys, key, office, out, words):  # noqa: PLR0917 (a table)
    settings.OFFICE = office
    (tmp_path / "tep").write_text("", encoding="utf-8")

    assert run_export(["--profile", key, "--out", str(tmp_path / out)]) == 1
    assert words in capsys.readouterr().err


def test_the_command_tells_that_no_rule_says_which_days_a_year_has(world, tmp_path, settings, capsys, monkeypatch):
    def unknown(*_words):
        raise RuleUnknown("report.period.statistics-year")

    settings.OFFICE = world.office.code
    monkeypatch.setattr(exporting, "statistics_period", unknown)

    assert run_export(["--profile", "tasks-2025", "--out", str(tmp_path), "--year", "2025"]) == 1
    assert "report.period.statistics-year" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
