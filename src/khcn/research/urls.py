"""Addresses of tasks."""

from django.urls import path, re_path

from khcn.research import (
    desk_views,
    export_views,
    outcome_views,
    paper_views,
    proposing_views,
    statistics_views,
    steps,
    views,
)

__all__ = ["steps", "urlpatterns"]

urlpatterns = [
    path("nhiem-vu-khcn/thong-ke/", statistics_views.show_statistics, name="task-statistics"),
    path(
        "nhiem-vu-khcn/thong-ke/<int:year>/<str:row>/<str:measure>/",
        statistics_views.show_statistics_records,
        name="task-statistics-records",
    ),
    re_path(
        r"^nhiem-vu-khcn/thong-ke/(?P<year>20[0-9]{2})/bieu\.(?P<suffix>csv|xlsx)$",
        statistics_views.download_statistics,
        name="task-statistics-download",
    ),
    path("nhiem-vu-khcn/xuat-du-lieu/", export_views.show_exports, name="task-exports"),
    path("nhiem-vu-khcn/xuat-du-lieu/tep/<int:number>/", export_views.show_export_file, name="task-export-file"),
    path("nhiem-vu-khcn/xuat-du-lieu/tep/<int:number>/tai/", export_views.fetch_export_file, name="task-export-fetch"),
    path("nhiem-vu-khcn/xuat-du-lieu/<str:profile>/lap/", export_views.prepare_export, name="task-export-prepare"),
    path("nhiem-vu-khcn/xuat-du-lieu/<str:profile>.zip", export_views.download_export, name="task-export-download"),
    path("nhiem-vu-khcn/", desk_views.show_desk, name="task-desk"),
    path("nhiem-vu-khcn/nhu-cau-kinh-phi/<int:year>/", desk_views.show_estimate, name="task-estimate"),
    path("nhiem-vu-khcn/<str:code>/muc/<str:side>/", views.show_side, name="task-side"),
    path("nhiem-vu-khcn/<str:code>/phan/<str:kind>/them/", views.add_part, name="task-part-new"),
    path("nhiem-vu-khcn/<str:code>/phan/<str:kind>/<int:number>/", views.change_part, name="task-part"),
    path("nhiem-vu-khcn/<str:code>/phan/<str:kind>/<int:number>/bo/", views.remove_part, name="task-part-drop"),
    path("nhiem-vu-khcn/<str:code>/kinh-phi/but-toan/", views.move_money, name="task-money-move"),
    path(
        "nhiem-vu-khcn/<str:code>/kinh-phi/but-toan/<int:number>/dao/",
        views.reverse_movement,
        name="task-money-reverse",
    ),
    path("nhiem-vu-khcn/<str:code>/rui-ro/quyet-dinh/", outcome_views.decide_risk, name="task-risk-decide"),
    path(
        "nhiem-vu-khcn/<str:code>/kinh-phi/quyet-dinh-thu-hoi/",
        outcome_views.decide_recovery,
        name="task-recovery-decide",
    ),
    path("nhiem-vu-khcn/<str:code>/cong-nhan/", outcome_views.recognise_result, name="task-recognise"),
    path("nhiem-vu-khcn/<str:code>/ho-so-dang-ky/", views.file_application, name="task-application-new"),
    path("gui-de-xuat-nhiem-vu/", proposing_views.show_proposing, name="task-proposing"),
    path("gui-de-xuat-nhiem-vu/<str:notice>/", proposing_views.send_proposal, name="task-proposal-send"),
    path(
        "nhiem-vu-khcn/<str:code>/van-ban-cua-so/<str:paper>.<str:suffix>",
        paper_views.decision_paper,
        name="task-decision-paper",
    ),
    path("nhiem-vu-khcn/<str:code>/van-ban/<str:paper>.<str:suffix>", paper_views.joint_paper, name="task-joint-paper"),
    path(
        "nhiem-vu-khcn/<str:code>/phu-luc/<int:number>.<str:suffix>", paper_views.annex_paper, name="task-annex-paper"
    ),
    path("de-xuat-nhiem-vu/<str:code>/lap-nhiem-vu/", views.task_from_proposal, name="task-from-proposal"),
]
