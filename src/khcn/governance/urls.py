"""Addresses of sessions, readings and recommendations."""

from __future__ import annotations

from django.urls import path, re_path

from khcn.governance.views import following, overall, readings, sessions

app_name = "governance"
urlpatterns = [
    path("buoi-lam-viec/", sessions.timeline, name="sessions"),
    path("buoi-lam-viec/thuc-hien/", overall.overall, name="overall"),
    re_path(r"^buoi-lam-viec/thuc-hien\.(?P<suffix>docx|pdf)$", overall.overall_paper, name="overall-paper"),
    path("buoi-lam-viec/moi/", sessions.plan, name="session-plan"),
    path("buoi-lam-viec/doc/", readings.read, name="read"),
    path("buoi-lam-viec/doc/<str:code>/", readings.review, name="reading"),
    path("buoi-lam-viec/doc/<str:code>/xac-nhan/", readings.confirm, name="reading-confirm"),
    path("buoi-lam-viec/doc/<str:code>/nhan-het/", readings.accept_all, name="reading-accept-all"),
    path("buoi-lam-viec/doc/<str:code>/bo/", readings.abandon, name="reading-abandon"),
    path("buoi-lam-viec/doc/<str:code>/them/<slug:kind>/", readings.add, name="item-add"),
    path("buoi-lam-viec/doc/<str:code>/muc/<int:number>/nhan/", readings.accept, name="item-accept"),
    path("buoi-lam-viec/doc/<str:code>/muc/<int:number>/sua/", readings.edit, name="item-edit"),
    path("buoi-lam-viec/doc/<str:code>/muc/<int:number>/bo/", readings.reject, name="item-reject"),
    path("buoi-lam-viec/y-kien/<str:code>/giao/", sessions.task_give, name="task-give"),
    path("buoi-lam-viec/y-kien/<str:code>/de-biet/", sessions.conclusion_note, name="conclusion-note"),
    path("buoi-lam-viec/<str:code>/", sessions.session, name="session"),
    path("buoi-lam-viec/<str:code>/buoc/<slug:name>/", sessions.step, name="session-step"),
    path("buoi-lam-viec/<str:code>/viec/<slug:name>/", sessions.act, name="session-act"),
    path("buoi-lam-viec/<str:code>/thong-bao/", sessions.notice, name="session-notice"),
    path("buoi-lam-viec/<str:code>/ghi-y-kien/", sessions.conclusion_add, name="conclusion-add"),
    path("buoi-lam-viec/<str:code>/so-lieu/<int:number>/", sessions.figure, name="figure"),
    path("buoi-lam-viec/<str:code>/so-lieu/<int:number>/doi-chieu/", sessions.figure_match, name="figure-match"),
    path("buoi-lam-viec/<str:code>/thuc-hien/", following.follow_up, name="follow-up"),
    re_path(
        r"^buoi-lam-viec/(?P<code>[^/]+)/thuc-hien\.(?P<suffix>docx|pdf)$",
        following.follow_up_paper,
        name="follow-up-paper",
    ),
    path("kien-nghi/", following.recommendations, name="recommendations"),
    path("kien-nghi/<str:code>/tra-loi/", following.recommendation_answer, name="recommendation-answer"),
    path("kien-nghi/<str:code>/chuyen/", following.recommendation_study, name="recommendation-study"),
]
