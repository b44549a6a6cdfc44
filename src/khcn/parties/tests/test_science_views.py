from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from khcn.kernel.access.roles import Confidentiality, Role
from khcn.kernel.obligations.models import Obligation
from khcn.kernel.records.recording import recording
from khcn.kernel.tests.factories import make_user
from khcn.kernel.workflow.services import perform
from khcn.parties import jobs
from khcn.parties.models import (
    CareerEntry,
    Equipment,
    ProfileLanguage,
    Publication,
    ScienceOrganisation,
    ScientistPrivate,
    ScientistProfile,
)
from khcn.parties.science_presenting import laboratory_page, organisation_science, profile_page
from khcn.parties.science_workflow import PROFILE_WORKFLOW
from khcn.parties.services.science import add_to_cv, describe_organisation, keep_private, record_consent
from khcn.parties.tests.factories import make_organisation, make_person
from khcn.parties.tests.science_factories import DAY, ORCID, make_equipment, make_laboratory, make_profile, make_rules

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("khcn.parties.tests.addresses"),
    pytest.mark.usefixtures("_on_the_day"),
]


@pytest.fixture
def _on_the_day(time_machine):
    time_machine.move_to(datetime(2021, 9, 24, 3, tzinfo=UTC), tick=False)


@pytest.fixture
def clerk():
    make_rules()
    return make_user(Role.CLERK)


@pytest.fixture
def profile(clerk):
    return make_profile("Tô Văn Hạ", actor=clerk, updated_on=date(2021, 9, 1))


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


def acting(user, today=DAY, **parameters):
    request = RequestFactory().get("/", parameters)
    request.user, request.today = user, today
    return request


ADDED = {
    "language": ({"language": "Tiếng Anh", "level": "B2"}, ProfileLanguage),
    "career": ({"first_year": "2010", "post": "Kỹ sư", "employer": "Trạm giống"}, CareerEntry),
    "publication": (
        {"title": "Bài mẫu", "year": "2020", "venue": "Tạp chí", "doi": "https://doi.org/10.1000/182"},
        Publication,
    ),
}


@pytest.mark.parametrize("section", ADDED)
def test_a_part_of_a_cv_is_added_and_taken_away_on_the_screen(signed_in, profile, section):
    said, model = ADDED[section]

    added = signed_in.post(reverse(f"scientist-{section}-add", args=[profile.code]), said)
    part = model.objects.get(profile=profile)
    address = reverse(f"scientist-{section}-remove", args=[profile.code, part.pk])
    asked = signed_in.get(address)
    removed = signed_in.post(address, {"why": "nhập nhầm"})

    assert added.url == removed.url == reverse("record", args=["scientist", profile.code])
    assert str(part) in asked.content.decode()
    assert not model.objects.exists()


def test_a_doi_typed_as_an_address_is_kept_bare_and_a_wrong_one_refused(signed_in, profile):
    address = reverse("scientist-publication-add", args=[profile.code])
    said = ADDED["publication"][0]

    signed_in.post(address, said)
    wrong = signed_in.post(address, {**said, "doi": "182"})

    assert Publication.objects.get().doi == "10.1000/182"
    assert (wrong.status_code, "không phải mã DOI" in wrong.content.decode()) == (422, True)


def test_what_a_cv_refuses_is_told_beside_what_was_typed(signed_in, profile):
    said = {"first_year": "2012", "last_year": "2010", "post": "Kỹ sư", "employer": "Trạm"}

    answer = signed_in.post(reverse("scientist-career-add", args=[profile.code]), said)

    assert answer.status_code == 422
    assert 'value="Kỹ sư"' in answer.content.decode()


def test_private_data_is_kept_shown_and_erased_on_the_screen(signed_in, client, clerk, profile):
    page = reverse("record", args=["scientist", profile.code])

    signed_in.post(reverse("scientist-private", args=[profile.code]), {"sex": "nu", "origin": "kinh"})
    shown = signed_in.get(page).content.decode()
    initial = signed_in.get(reverse("scientist-private", args=[profile.code])).context["form"]["sex"].value()
    refused = signed_in.post(reverse("scientist-private-erase", args=[profile.code]), {"why": "theo đơn"})
    client.force_login(make_user(Role.DIVISION_HEAD))
    client.post(reverse("scientist-private-erase", args=[profile.code]), {"why": "theo đơn"})

    assert "Người Việt Nam, dân tộc Kinh" in shown
    assert (initial, refused.status_code) == ("nu", 403)
    assert not ScientistPrivate.objects.exists()


def test_the_administrator_reads_the_cv_without_private_data(client, clerk, profile):
    keep_private(profile=profile, sex="nu", origin="kinh", actor=clerk, on=DAY)
    client.force_login(make_user(Role.ADMINISTRATOR))

    page = client.get(reverse("record", args=["scientist", profile.code])).content.decode()
    listed = client.get(reverse("register", args=["scientist"]) + "?cot=sex_words&cot=code").content.decode()

    assert "dân tộc Kinh" not in page
    assert profile.code in listed
    assert ">Nữ<" not in listed


def test_consent_is_recorded_and_taken_back_on_the_screen(signed_in, profile):
    said = {"consented_on": "20/9/2021", "note": "phiếu số 3"}

    signed_in.post(reverse("scientist-consent", args=[profile.code]), said)
    profile.refresh_from_db()
    given = profile.consented_on
    shown = signed_in.get(reverse("record", args=["scientist", profile.code])).content.decode()
    signed_in.post(reverse("scientist-consent-withdraw", args=[profile.code]), {"why": "theo đơn"})

    profile.refresh_from_db()
    assert (given, profile.consented_on) == (date(2021, 9, 20), None)
    assert "Đồng ý công bố ngày 20/9/2021: phiếu số 3" in shown


def test_a_visitor_knows_of_a_cv_only_when_it_is_public(clerk, profile):
    hidden = ScientistProfile.objects.visible_to(None).count()
    record_consent(profile=profile, consented_on=DAY, note="phiếu", actor=clerk, on=DAY)
    profile.confidentiality = Confidentiality.PUBLIC
    with recording(actor=clerk, verb="open", label="công khai"):
        profile.save()

    assert (hidden, ScientistProfile.objects.visible_to(None).count()) == (0, 1)


def test_a_cv_is_entered_from_the_shared_form_with_a_pasted_orcid(signed_in, clerk):
    person = make_person("Lê Thị An", actor=clerk)
    address = reverse("record-create", args=["scientist"])
    number = signed_in.get(address).context["form"]["lan-gui"].value()
    said = {"person": person.code, "orcid": f"https://orcid.org/{ORCID}", "field": "104", "updated_on": "1/9/2021"}

    answer = signed_in.post(address, {**said, "lan-gui": number})

    made = ScientistProfile.objects.get()
    assert answer.url == reverse("record", args=["scientist", made.code])
    assert (made.title, made.orcid, made.field.code) == ("Lê Thị An", ORCID, "104")
    assert f"https://orcid.org/{ORCID}" in signed_in.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"field": "999"}, "không có trong bảng phân loại áp dụng ngày 1/9/2021"),
        ({"orcid": "0000-0002-1825-0098"}, "sai ký tự kiểm tra"),
        ({"updated_on": "25/9/2021"}, "chưa đến"),
    ],
)
def test_the_shared_form_tells_why_a_cv_cannot_be(signed_in, clerk, said, reason):
    person = make_person("Lê Thị An", actor=clerk)
    address = reverse("record-create", args=["scientist"])
    number = signed_in.get(address).context["form"]["lan-gui"].value()

    answer = signed_in.post(address, {"person": person.code, "updated_on": "1/9/2021", "lan-gui": number, **said})

    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_an_old_cv_says_so_with_the_rule_and_is_confirmed_by_one_step(signed_in, clerk):
    old = make_profile("Cũ", actor=clerk, updated_on=date(2019, 1, 1))
    page = reverse("record", args=["scientist", old.code])
    before = signed_in.get(page).content.decode()

    signed_in.post(reverse("record-step", args=["scientist", old.code, "refresh"]), {"refresh-on": "24/9/2021"})

    old.refresh_from_db()
    assert "quá 24 tháng" in before
    assert "chưa đối chiếu văn bản" in before
    assert old.updated_on == DAY
    assert "quá 24 tháng" not in signed_in.get(page).content.decode()


def test_the_past_of_a_cv_offers_no_change_and_no_private_data(clerk, profile):
    shown = profile_page(acting(clerk, as_of="2021-09-24"), profile)

    assert (shown["section_acts"], shown["private"], shown["aged"]) == ([], None, None)


def test_a_closed_cv_offers_no_change(clerk, profile):
    perform(PROFILE_WORKFLOW, "close", profile, actor=clerk, on=DAY, note="chuyển đi")

    assert profile_page(acting(clerk), profile)["section_acts"] == []


def test_the_page_of_a_cv_costs_the_same_however_long_it_is(signed_in, profile, clerk, django_assert_max_num_queries):
    for year in range(2000, 2015):
        organisation = make_organisation(f"Viện {year}", actor=clerk)
        part = CareerEntry(profile=profile, first_year=year, post="Kỹ sư", organisation=organisation)
        add_to_cv(part=part, actor=clerk, on=DAY)
        add_to_cv(part=Publication(profile=profile, title="Bài", year=year, venue="Tạp chí"), actor=clerk, on=DAY)

    with django_assert_max_num_queries(22):
        assert signed_in.get(reverse("record", args=["scientist", profile.code])).status_code == 200


def test_the_page_of_a_person_leads_to_the_cv(signed_in, profile):
    shown = signed_in.get(reverse("record", args=["person", profile.person.code])).content.decode()

    assert reverse("record", args=["scientist", profile.code]) in shown


ORGANISATION = {
    "kind": "13.2",
    "founding_level": "8.7",
    "economic_type": "14.1",
    "field_code": "401",
    "certificate_number": "01/ĐK",
    "certificate_on": "5/1/2018",
    "certificate_issuer": "Sở mẫu",
    "certificate_until": "4/1/2022",
    "assets_million": "500",
    "laboratory_count": "2",
}


def test_an_organisation_of_science_is_described_and_described_anew_on_the_screen(signed_in, clerk):
    institute = make_organisation("Viện mẫu", actor=clerk)
    address = reverse("organisation-science", args=[institute.code])

    signed_in.post(address, ORGANISATION)
    shown = signed_in.get(reverse("record", args=["organisation", institute.code])).content.decode()
    again = signed_in.get(address).context["form"]["field_code"].value()
    signed_in.post(address, {**ORGANISATION, "field_code": again, "assets_million": "600"})

    facts = ScienceOrganisation.objects.get()
    assert (facts.field.code, facts.assets_million) == ("401", 600)
    assert "số 01/ĐK ngày 5/1/2018, Sở mẫu, có giá trị đến hết ngày 4/1/2022" in shown
    assert "Sổ phòng thí nghiệm có 0." in shown


def test_a_wrong_field_of_an_organisation_is_told_on_the_form(signed_in, clerk):
    institute = make_organisation("Viện mẫu", actor=clerk)

    answer = signed_in.post(
        reverse("organisation-science", args=[institute.code]), {**ORGANISATION, "field_code": "104" + "01"}
    )

    assert answer.status_code == 422
    assert "mục này cần mã cấp 2" in answer.content.decode()


def test_shared_equipment_stands_on_the_page_of_its_owner_with_what_the_law_asks(clerk):
    institute = make_organisation("Viện mẫu", actor=clerk)
    describe_organisation(facts=ScienceOrganisation(organisation=institute), field="", actor=clerk, on=DAY)
    make_equipment("Máy dùng chung", actor=clerk, organisation=institute, is_shared=True)
    make_equipment("Máy riêng", actor=clerk, organisation=institute)

    before = organisation_science(acting(clerk), institute)
    after = organisation_science(acting(clerk, date(2025, 10, 1)), institute)

    assert [row["cells"][0] for row in before["shared_rows"]] == ["Máy dùng chung"]
    assert before["shared_basis"] is None  # the law was not in force
    assert after["shared_basis"]["unchecked"]
    assert "danh mục thiết bị" in after["shared_basis"]["words"]


def test_an_organisation_of_no_science_shows_no_facts_and_no_way_to_whom_may_not(clerk):
    institute = make_organisation("Viện mẫu", actor=clerk)

    shown = organisation_science(acting(make_user(Role.PROVINCIAL_LEADER)), institute)

    assert (shown["science_groups"], shown["science_url"], shown["shared_rows"]) == ([], "", [])


def test_the_page_of_a_piece_of_equipment_says_what_is_missing_to_be_public(signed_in, clerk):
    device = make_equipment(actor=clerk, is_shared=True, shared_for="doanh nghiệp")

    shown = signed_in.get(reverse("record", args=["equipment", device.code])).content.decode()

    assert "chi phí, điều kiện sử dụng, nơi đã công khai" in shown


def test_the_page_of_a_laboratory_lists_its_equipment(signed_in, clerk):
    laboratory = make_laboratory(actor=clerk)
    make_equipment("Lò nung", actor=clerk, organisation=laboratory.organisation, laboratory=laboratory)

    shown = laboratory_page(acting(clerk), laboratory)

    assert [row["cells"][0] for row in shown["equipment_rows"]] == ["Lò nung"]
    assert signed_in.get(reverse("record", args=["laboratory", laboratory.code])).status_code == 200


def test_terms_of_use_without_sharing_are_refused_on_the_form(signed_in, clerk):
    institute = make_organisation("Viện mẫu", actor=clerk)
    address = reverse("record-create", args=["equipment"])
    number = signed_in.get(address).context["form"]["lan-gui"].value()
    said = {"title": "Lò nung", "organisation": institute.code, "shared_hours": "40", "lan-gui": number}

    refused = signed_in.post(address, said)
    accepted = signed_in.post(address, {**said, "is_shared": "on", "cost_vnd": "1.250.000.000"})

    assert refused.status_code == 422
    assert accepted.status_code == 302
    assert Equipment.objects.get().cost_vnd == 1_250_000_000


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("laboratory", {"title": "Phòng hoá", "field": "104"}),
        ("science-staffing", {"year": "2020", "total": "5", "women": "2", "kinh": "5", "social": "5"}),
        ("science-spending", {"year": "2020", "item": "2.2", "source": "NSDP", "amount_million": "1.250,5"}),
    ],
)
def test_the_shared_form_enters_what_belongs_to_an_organisation(signed_in, clerk, key, said):
    institute = make_organisation("Viện mẫu", actor=clerk)
    address = reverse("record-create", args=[key])
    number = signed_in.get(address).context["form"]["lan-gui"].value()
    zeros = dict.fromkeys(("minority", "foreign", "natural", "engineering", "medical", "agricultural"), "0")
    rest = dict.fromkeys(("humanities", "other_field"), "0")

    answer = signed_in.post(address, {**zeros, **rest, "organisation": institute.code, "lan-gui": number, **said})

    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.CLERK, 200), (Role.PROVINCIAL_LEADER, 200), (Role.APPLICANT, 403)])
def test_the_statistics_open_to_staff_and_provincial_leaders(client, clerk, role, status):
    client.force_login(make_user(role, username="nguoi-xem"))

    assert client.get(reverse("potential-statistics")).status_code == status


def test_whoever_has_not_signed_in_is_asked_to_before_the_statistics(client):
    assert "dang-nhap" in client.get(reverse("potential-statistics")).url


@pytest.mark.parametrize(("chosen", "found"), [("sap-het", ["Sắp hết"]), ("da-het", ["Đã hết"])])
def test_organisations_are_found_by_the_end_of_their_certificate(signed_in, clerk, chosen, found):
    for name, days in (("Sắp hết", 90), ("Còn lâu", 91), ("Đã hết", -1)):
        facts = ScienceOrganisation(
            organisation=make_organisation(name, actor=clerk),
            certificate_number="1",
            certificate_on=date(2018, 1, 1),
            certificate_until=DAY + timedelta(days=days),
        )
        describe_organisation(facts=facts, field="", actor=clerk, on=DAY)

    rows = signed_in.get(reverse("register", args=["organisation"]), {"giay-chung-nhan": chosen}).context["rows"]

    assert [row["cells"][1]["text"] for row in rows] == found


def test_organisations_are_found_by_their_kind_and_the_kinds_below(signed_in, clerk):
    for name, kind in (("Viện", "13.2"), ("Thư viện", "13.4.a")):
        facts = ScienceOrganisation(organisation=make_organisation(name, actor=clerk), kind=kind)
        describe_organisation(facts=facts, field="", actor=clerk, on=DAY)

    rows = signed_in.get(reverse("register", args=["organisation"]), {"khcn": "13.4"}).context["rows"]

    assert [row["cells"][1]["text"] for row in rows] == ["Thư viện"]


def test_the_daily_job_opens_what_is_due_of_certificates(clerk):
    facts = ScienceOrganisation(
        organisation=make_organisation(actor=clerk),
        certificate_number="1",
        certificate_on=date(2018, 1, 1),
        certificate_until=DAY + timedelta(days=3),
    )
    describe_organisation(facts=facts, field="", actor=clerk, on=DAY)

    opened = jobs.remind_of_certificates.func(now=datetime(2021, 9, 24, 3, tzinfo=UTC))

    assert opened == Obligation.objects.count() == 1
