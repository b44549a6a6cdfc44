"""Addresses of organisations, people and their potential for science and technology."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from khcn.parties import science_views, sharing_views, views

CV = "ly-lich-khoa-hoc/<str:code>"

ACTS = {
    "private": "du-lieu-ca-nhan",
    "private-erase": "du-lieu-ca-nhan/xoa",
    "consent": "dong-y",
    "consent-withdraw": "dong-y/rut",
}


def _sections() -> Iterator[URLPattern]:
    for section, place in (("language", "ngoai-ngu"), ("career", "cong-tac"), ("publication", "cong-bo")):
        said = {"section": section}
        yield path(f"{CV}/{place}/them/", science_views.add_part, said, name=f"scientist-{section}-add")
        removing = f"{CV}/{place}/<int:number>/bo/"
        yield path(removing, science_views.remove_part, said, name=f"scientist-{section}-remove")


urlpatterns = [
    path("to-chuc/moi/", views.create_organisation, name="organisation-create"),
    path(
        "to-chuc/<str:code>/khoa-hoc-cong-nghe/",
        science_views.describe_organisation,
        name="organisation-science",
    ),
    path("ca-nhan/moi/", views.create_person, name="person-create"),
    path("ca-nhan/<str:code>/chuc-vu/moi/", views.give_person_role, name="role-give"),
    path("chuc-vu/<int:number>/thoi-giu/", views.end_person_role, name="role-end"),
    *_sections(),
    *(
        path(f"{CV}/{place}/", science_views.act_on_cv, {"act": act}, name=f"scientist-{act}")
        for act, place in ACTS.items()
    ),
    path("thiet-bi/<str:code>/dang-ky-su-dung/", sharing_views.book_equipment, name="equipment-book"),
    path("thong-ke-tiem-luc/", science_views.show_statistics, name="potential-statistics"),
]
