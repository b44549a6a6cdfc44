"""Addresses of policies."""

from django.urls import path, re_path

from khcn.policies import steps, target_views, views

__all__ = ["steps", "urlpatterns"]

urlpatterns = [
    path("van-ban-qppl/moi/", views.propose_document, name="legal-document-new"),
    path("chuong-trinh/moi/", views.draft_programme, name="programme-new"),
    path("chuong-trinh/<str:code>/chi-tieu/", target_views.add_target, name="programme-target-new"),
    path("chuong-trinh/<str:code>/ket-qua/", views.record_result, name="programme-result-new"),
    path("chuong-trinh/<str:code>/de-nghi-so-lieu/", target_views.ask_for_values, name="programme-values-ask"),
    path("chuong-trinh/<str:code>/xuat/<int:year>/", target_views.export_programme, name="programme-export"),
    re_path(
        r"^chuong-trinh/(?P<code>[^/]+)/xuat/(?P<year>20[0-9]{2})/tep\.(?P<suffix>json|xlsx|csv)$",
        target_views.download_programme,
        name="programme-download",
    ),
    path("chi-tieu/<str:code>/so-lieu/", target_views.report_value, name="target-value-new"),
    path("chi-tieu/<str:code>/nam/", target_views.set_target_year, name="target-year-set"),
    path("chi-tieu/<str:code>/dua-vao-bao-cao/", target_views.adopt_target, name="target-adopt"),
    path("ke-hoach-cong-tac/moi/", views.plan_item, name="work-plan-item-new"),
]
