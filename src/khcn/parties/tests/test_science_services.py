from __future__ import annotations

from datetime import date, timedelta

import pytest

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.access.reader import reading_as
from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.corrections import CorrectionRefused, correct_record, version_stamp
from khcn.kernel.records.history import history_of
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.kernel.workflow.services import NotPossible, perform
from khcn.parties.models import (
    CareerEntry,
    ProfileLanguage,
    Publication,
    ScienceOrganisation,
    ScientistPrivate,
    ScientistProfile,
)
from khcn.parties.science_selectors import CERTIFICATE_NOTICE
from khcn.parties.science_workflow import PROFILE_WORKFLOW
from khcn.parties.services import science
from khcn.parties.services.science import add_to_cv, describe_organisation, erase_private, keep_private
from khcn.parties.tests.factories import make_organisation, make_person
from khcn.parties.tests.science_factories import (
    DAY,
    ORCID,
    end_rule,
    make_equipment,
    make_laboratory,
    make_profile,
    make_rules,
)

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)


@pytest.fixture
def clerk():
    make_rules()
    return make_user(Role.CLERK)


def correct(profile, clerk, on=LATER, **values):
    return correct_record(
        record=profile, values=values, actor=clerk, on=on, why="theo bản mới", seen=version_stamp(profile)
    )


def withdrawn(record, clerk):
    record.withdrawn_on, record.withdrawal_reason = DAY, "nhập trùng"
    with recording(actor=clerk, verb="withdraw", label="thu hồi"):
        record.save()
    return record


def test_a_cv_bears_the_name_of_its_person_and_the_field_of_its_day(clerk):
    profile = make_profile("Tô Văn Hạ", actor=clerk, field="104", orcid=ORCID)

    assert (profile.title, profile.field_code, profile.state) == ("Tô Văn Hạ", "104 · Hoá học", "kept")


@pytest.mark.parametrize("field", ["1", "104", "10401", "hoá học", "104 · Hoá học"])
def test_a_field_is_named_by_code_or_name_of_the_first_three_levels(clerk, field):
    assert make_profile(actor=clerk, field=field).field.code.startswith("1")


def test_a_code_that_is_not_in_the_scheme_is_refused_with_the_rule(clerk):
    with pytest.raises(NotPossible, match=r"«999» không có trong bảng phân loại áp dụng ngày 24/9/2021 \(QĐ 12/2008"):
        make_profile(actor=clerk, field="999")


def test_a_code_of_a_level_that_the_statistics_do_not_take_is_refused_with_the_rule(clerk):
    with pytest.raises(NotPossible, match=r"thuộc cấp 4; mục này cần mã cấp 1, 2, 3 \(TT 25/2015"):
        make_profile(actor=clerk, field="1040101")


def test_a_code_of_the_old_scheme_is_refused_once_another_applies(clerk):
    with pytest.raises(NotPossible, match=r"ngày 15/12/2025 \(TT 24/2025"):
        make_profile(actor=clerk, field="104", updated_on=date(2025, 12, 15))

    assert make_profile(actor=clerk, field="104", updated_on=date(2025, 12, 14)).field is not None


def test_a_person_has_one_cv(clerk):
    profile = make_profile(actor=clerk)

    with pytest.raises(NotPossible, match="đã có lý lịch khoa học"):
        make_profile(actor=clerk, person=profile.person)


def test_a_cv_is_not_updated_on_a_day_to_come(clerk):
    profile = ScientistProfile(office=clerk.office, person=make_person(actor=clerk), updated_on=LATER)

    with pytest.raises(NotPossible, match="chưa đến"):
        science.enter_profile(profile=profile, field="", actor=clerk, on=DAY)


def test_nothing_is_entered_for_who_was_withdrawn(clerk):
    person = withdrawn(make_person(actor=clerk), clerk)
    institute = withdrawn(make_organisation("Viện mẫu", actor=clerk), clerk)
    acts = (
        lambda: make_profile(actor=clerk, person=person),
        lambda: make_laboratory(actor=clerk, organisation=institute),
        lambda: make_equipment(actor=clerk, organisation=institute),
        lambda: describe_organisation(facts=ScienceOrganisation(organisation=institute), field="", actor=clerk, on=DAY),
    )

    for act in acts:
        with pytest.raises(NotPossible, match="đã thu hồi"):
            act()


def test_a_cv_is_not_corrected_to_a_day_to_come(clerk):
    with pytest.raises(CorrectionRefused, match="chưa đến"):
        correct(make_profile(actor=clerk), clerk, on=DAY, updated_on=LATER)


def test_an_orcid_is_of_one_person(clerk):
    make_profile(actor=clerk, orcid=ORCID)

    with pytest.raises(NotPossible, match="Trùng «ORCID»"):
        make_profile("Lê Thị An", actor=clerk, orcid=ORCID)


def test_a_year_of_a_title_without_the_title_is_refused(clerk):
    with pytest.raises(NotPossible, match="thiếu hoặc mâu thuẫn"):
        make_profile(actor=clerk, academic_title_year=2010)


def test_a_cv_follows_the_name_and_the_secrecy_of_its_person(clerk):
    profile = make_profile("Lê Thị Bình", actor=clerk)
    person = profile.person
    person.title, person.confidentiality = "Lê Thị An", Confidentiality.CONFIDENTIAL

    with recording(actor=clerk, verb="correct", label="sửa"):
        person.save()

    profile.refresh_from_db()
    assert (profile.title, profile.confidentiality) == ("Lê Thị An", Confidentiality.CONFIDENTIAL)


def test_a_person_written_without_a_change_of_name_leaves_the_cv_alone(clerk):
    profile = make_profile(actor=clerk)
    entries = len(history_of(profile))
    person = profile.person
    person.degree = "TS."

    with recording(actor=clerk, verb="correct", label="sửa"):
        person.save()

    assert len(history_of(profile)) == entries


def test_a_cv_of_a_confidential_person_is_confidential_and_stays_so(clerk):
    person = make_person(actor=clerk, confidentiality=Confidentiality.CONFIDENTIAL)
    profile = make_profile(actor=clerk, person=person)

    assert profile.confidentiality == Confidentiality.CONFIDENTIAL
    with pytest.raises(CorrectionRefused, match="phạm vi hạn chế"):
        correct(profile, clerk, confidentiality=Confidentiality.INTERNAL)


def test_a_cv_is_public_only_with_consent_and_closed_when_it_is_taken_back(clerk):
    profile = make_profile(actor=clerk)
    with pytest.raises(CorrectionRefused, match="Đồng ý công bố ngày"):
        correct(profile, clerk, confidentiality=Confidentiality.PUBLIC)

    science.record_consent(profile=profile, consented_on=DAY, note="phiếu ngày 24/9/2021", actor=clerk, on=DAY)
    correct(profile, clerk, confidentiality=Confidentiality.PUBLIC)
    profile.refresh_from_db()
    was_public = profile.confidentiality == Confidentiality.PUBLIC
    science.withdraw_consent(profile=profile, actor=clerk, on=LATER, why="theo đơn")

    assert was_public
    assert (profile.confidentiality, profile.consented_on) == (Confidentiality.INTERNAL, None)


def test_consent_taken_back_leaves_a_closed_cv_as_it_is(clerk):
    profile = make_profile(actor=clerk)
    science.record_consent(profile=profile, consented_on=DAY, note="phiếu", actor=clerk, on=DAY)

    science.withdraw_consent(profile=profile, actor=clerk, on=LATER, why="theo đơn")

    assert profile.confidentiality == Confidentiality.INTERNAL
    with pytest.raises(NotPossible, match="chưa có văn bản đồng ý"):
        science.withdraw_consent(profile=profile, actor=clerk, on=LATER, why="theo đơn")


def test_consent_is_not_given_on_a_day_to_come(clerk):
    with pytest.raises(NotPossible, match="chưa đến"):
        science.record_consent(profile=make_profile(actor=clerk), consented_on=LATER, note="phiếu", actor=clerk, on=DAY)


def test_a_corrected_field_is_judged_by_the_day_of_the_cv_not_of_the_correction(clerk):
    profile = make_profile(actor=clerk)

    correct(profile, clerk, on=date(2026, 1, 5), field="104")
    profile.refresh_from_db()
    code = profile.field.code
    with pytest.raises(CorrectionRefused, match="không có trong bảng"):
        correct(profile, clerk, on=date(2026, 1, 5), field="999")

    assert code == "104"


def test_a_laboratory_is_judged_by_the_day_of_its_correction(clerk):
    laboratory = make_laboratory(actor=clerk, field="104")
    said = {"record": laboratory, "actor": clerk, "why": "đổi ngành", "seen": version_stamp(laboratory)}

    with pytest.raises(CorrectionRefused, match="ngày 5/1/2026"):
        correct_record(values={"field": "401"}, on=date(2026, 1, 5), **said)

    assert correct_record(values={"field": "401"}, on=LATER, **said) == ("field",)
    with pytest.raises(NotPossible, match="không có trong bảng"):
        make_laboratory("Phòng hai", actor=clerk, organisation=laboratory.organisation, field="999")


def test_what_is_added_to_a_cv_moves_its_day_but_never_back(clerk):
    profile = make_profile(actor=clerk)
    part = ProfileLanguage(profile=profile, language="Tiếng Anh", level="B2")

    add_to_cv(part=part, actor=clerk, on=LATER)
    add_to_cv(part=CareerEntry(profile=profile, first_year=2010, post="Kỹ sư", employer="Trạm"), actor=clerk, on=DAY)

    profile.refresh_from_db()
    assert profile.updated_on == LATER
    assert (profile.languages_text, profile.career.count()) == ("Tiếng Anh: B2", 1)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (lambda cv: ProfileLanguage(profile=cv, language="tiếng anh", level="C1"), "đã có ngoại ngữ"),
        (
            lambda cv: Publication(profile=cv, title="Khác", year=2021, venue="Tạp chí", doi="10.1000/182"),
            "đã có công bố",
        ),
        (
            lambda cv: CareerEntry(profile=cv, first_year=2012, last_year=2010, post="x", employer="y"),
            "trước năm bắt đầu",
        ),
        (lambda cv: CareerEntry(profile=cv, first_year=2012, post="x"), "Ghi tổ chức trong sổ"),
    ],
)
def test_what_contradicts_a_cv_is_refused(clerk, part, reason):
    profile = make_profile(actor=clerk)
    for first in (
        ProfileLanguage(profile=profile, language="Tiếng Anh", level="B2"),
        Publication(profile=profile, title="Bài mẫu", year=2020, venue="Tạp chí", doi="10.1000/182"),
    ):
        add_to_cv(part=first, actor=clerk, on=DAY)

    with pytest.raises(NotPossible, match=reason):
        add_to_cv(part=part(profile), actor=clerk, on=DAY)


def test_two_publications_without_a_doi_stand_side_by_side(clerk):
    profile = make_profile(actor=clerk)
    for title in ("Một", "Hai"):
        part = Publication(profile=profile, title=title, year=2020, venue="Tạp chí")
        add_to_cv(part=part, actor=clerk, on=DAY)

    assert profile.publications.count() == 2


def test_what_is_taken_away_from_a_cv_stays_in_history_with_the_reason(clerk):
    profile = make_profile(actor=clerk)
    part = Publication(profile=profile, title="Bài mẫu", year=2020, venue="Tạp chí")
    add_to_cv(part=part, actor=clerk, on=DAY)

    science.remove_from_cv(part=part, actor=clerk, on=DAY, why="của người khác")

    assert not profile.publications.exists()
    assert "của người khác" in [entry.why for entry in history_of(profile, ("publications",))]


def test_a_closed_cv_takes_nothing_until_it_is_followed_again(clerk):
    profile = make_profile(actor=clerk)
    perform(PROFILE_WORKFLOW, "close", profile, actor=clerk, on=DAY, note="chuyển đi")
    part = ProfileLanguage(profile=profile, language="Tiếng Anh", level="B2")

    with pytest.raises(NotPossible, match="thôi theo dõi"):
        add_to_cv(part=part, actor=clerk, on=DAY)
    perform(PROFILE_WORKFLOW, "reopen", profile, actor=clerk, on=DAY, note="trở lại")
    add_to_cv(part=part, actor=clerk, on=DAY)

    assert profile.languages.count() == 1


def test_a_withdrawn_cv_takes_nothing(clerk):
    profile = withdrawn(make_profile(actor=clerk), clerk)

    with pytest.raises(NotPossible, match="đã thu hồi"):
        add_to_cv(part=ProfileLanguage(profile=profile, language="Tiếng Anh", level="B2"), actor=clerk, on=DAY)


def test_a_cv_confirmed_as_right_is_as_new_as_that_day(clerk):
    profile = make_profile(actor=clerk)

    science.refresh_profile(profile=profile, actor=clerk, on=LATER)
    science.refresh_profile(profile=profile, actor=clerk, on=DAY)

    profile.refresh_from_db()
    assert profile.updated_on == LATER


def test_private_data_leaves_no_trace_in_history_and_is_erased_for_good(clerk):
    profile, head = make_profile(actor=clerk), make_user(Role.DIVISION_HEAD)
    keep_private(profile=profile, sex="nu", origin="thieu-so", actor=clerk, on=DAY)
    keep_private(profile=profile, sex="nam", origin="kinh", actor=clerk, on=DAY)

    erase_private(profile=profile, actor=head, on=LATER, why="theo yêu cầu của người đó")

    told = [(entry.label, entry.fields) for entry in history_of(profile)]
    assert not ScientistPrivate.objects.exists()
    assert [label for label, _fields in told][:2] == ["xóa dữ liệu cá nhân", "ghi dữ liệu cá nhân để thống kê"]
    assert all(not fields for label, fields in told if "cá nhân" in label)
    with pytest.raises(NotPossible, match="không giữ dữ liệu"):
        erase_private(profile=profile, actor=head, on=LATER, why="lần nữa")


def test_private_words_are_told_to_staff_and_to_nobody_else(clerk):
    profile = make_profile(actor=clerk)
    keep_private(profile=profile, sex="nu", origin="kinh", actor=clerk, on=DAY)
    profile.refresh_from_db()
    readers = (clerk, make_user(Role.ADMINISTRATOR), make_user(Role.PROVINCIAL_LEADER), None)

    told = []
    for reader in readers:
        with reading_as(reader):
            told.append((profile.sex_words, profile.origin_words))

    assert told == [("Nữ", "Người Việt Nam, dân tộc Kinh"), ("", ""), ("", ""), ("", "")]
    assert profile.sex_words == "Nữ"  # the system itself


def test_who_may_not_keep_private_data_is_refused(clerk):
    profile = make_profile(actor=clerk)

    with pytest.raises(NotPermitted):
        keep_private(profile=profile, sex="nu", origin="", actor=make_user(Role.ADMINISTRATOR), on=DAY)
    with pytest.raises(NotPermitted):
        erase_private(profile=profile, actor=clerk, on=DAY, why="")


def certified(clerk, until, **values):
    facts = ScienceOrganisation(
        organisation=make_organisation("Viện mẫu", actor=clerk),
        certificate_number="01/ĐK",
        certificate_on=date(2018, 1, 5),
        certificate_until=until,
        **values,
    )
    return describe_organisation(facts=facts, field="401", actor=clerk, on=DAY)


def dues():
    rows = Obligation.objects.filter(kind=science.CERTIFICATE_DUTY).order_by("pk")
    return [(one.effective_on, one.closed_on, one.cancelled) for one in rows]


@pytest.mark.parametrize(
    ("field", "reason"), [("1", "thuộc cấp 1; mục này cần mã cấp 2"), ("999", "không có trong bảng")]
)
def test_an_organisation_is_classified_by_a_code_of_the_second_level(clerk, field, reason):
    facts = certified(clerk, None)

    with pytest.raises(NotPossible, match=reason):
        describe_organisation(facts=facts, field=field, actor=clerk, on=DAY)

    facts.refresh_from_db()
    assert facts.field_code == "401 · Trồng trọt"


def test_a_certificate_without_its_day_is_refused(clerk):
    facts = ScienceOrganisation(organisation=make_organisation(actor=clerk), certificate_number="01/ĐK")

    with pytest.raises(NotPossible, match="«Ngày cấp giấy chứng nhận»"):
        describe_organisation(facts=facts, field="", actor=clerk, on=DAY)


@pytest.mark.parametrize(("days", "opened"), [(90, 1), (91, 0), (0, 1), (-10, 1)])
def test_a_certificate_near_its_end_opens_one_obligation(clerk, days, opened):
    certified(clerk, DAY + timedelta(days=days))

    counts = [science.remind_of_certificates(on=DAY) for _again in range(2)]

    assert counts == [opened, 0]
    assert dues() == [(DAY + timedelta(days=days), None, False)] * opened


def test_a_renewed_certificate_ends_what_was_due_and_falls_due_anew(clerk):
    facts = certified(clerk, LATER)
    science.remind_of_certificates(on=DAY)
    facts.certificate_until = date(2022, 1, 5)
    describe_organisation(facts=facts, field=facts.field_code, actor=clerk, on=DAY)

    science.remind_of_certificates(on=date(2021, 12, 1))

    assert dues() == [(LATER, DAY, False), (date(2022, 1, 5), None, False)]


def test_a_certificate_that_lost_its_last_day_is_not_due_any_more(clerk):
    facts = certified(clerk, LATER)
    science.remind_of_certificates(on=DAY)
    facts.certificate_until = None

    describe_organisation(facts=facts, field=facts.field_code, actor=clerk, on=DAY)

    assert dues() == [(LATER, DAY, True)]


def test_another_fact_leaves_what_is_due_as_it_is(clerk):
    facts = certified(clerk, LATER)
    science.remind_of_certificates(on=DAY)
    facts.assets_million = 500

    describe_organisation(facts=facts, field=facts.field_code, actor=clerk, on=DAY)

    assert dues() == [(LATER, None, False)]


def test_without_a_rule_nobody_is_reminded(clerk):
    certified(clerk, LATER)
    end_rule(CERTIFICATE_NOTICE, actor=clerk)

    assert science.remind_of_certificates(on=DAY) == 0


def test_a_piece_of_equipment_says_what_it_lacks_to_be_public(clerk):
    institute = make_organisation("Viện mẫu", actor=clerk)
    own = make_equipment(actor=clerk, organisation=institute)
    bare = make_equipment("Kính hiển vi", actor=clerk, organisation=institute, is_shared=True)
    told = {"shared_for": "doanh nghiệp", "fee_per_hour_vnd": 0, "published_at": "https://example.vn/"}
    whole = make_equipment("Lò nung", actor=clerk, organisation=institute, is_shared=True, **told)

    assert (own.unpublished, whole.unpublished) == ([], [])
    assert bare.unpublished == ["đối tượng được sử dụng", "chi phí, điều kiện sử dụng", "nơi đã công khai"]
