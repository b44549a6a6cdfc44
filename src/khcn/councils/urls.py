"""Addresses of councils."""

from django.urls import path

from khcn.councils import dossier_views, fee_views, papers, steps, views

__all__ = ["steps", "urlpatterns"]

urlpatterns = [
    path("hoi-dong/moi/", views.create, name="council-new"),
    path("hoi-dong/<str:code>/thanh-vien/", views.add_seat, name="council-seat"),
    path("hoi-dong/<str:code>/thanh-vien/<int:number>/bo/", views.drop_seat, name="council-seat-drop"),
    path("hoi-dong/<str:code>/ho-so/", views.add_matter, name="council-matter"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/", dossier_views.show_dossier, name="council-dossier"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/bo/", dossier_views.drop_matter, name="council-matter-drop"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/nop-ho-so/", dossier_views.record_filing, name="council-filing"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/san-pham/", dossier_views.add_item, name="council-item"),
    path("hoi-dong/<str:code>/san-pham/<int:number>/bo/", dossier_views.drop_item, name="council-item-drop"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/ket-luan/", views.write_conclusion, name="council-conclusion"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/ket-qua/", views.show_result, name="council-result"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/xep-hang/", dossier_views.record_standing, name="council-standing"),
    path("hoi-dong/<str:code>/xep-hang/", dossier_views.show_ranking, name="council-ranking"),
    path("hoi-dong/<str:code>/diem-danh/", views.record_presence, name="council-presence"),
    path("hoi-dong/<str:code>/kiem-phieu/", views.choose_tellers, name="council-tellers"),
    path("hoi-dong/<str:code>/ho-so/<int:number>/cau-hoi/", dossier_views.ask, name="council-question"),
    path("hoi-dong/<str:code>/cau-hoi/<int:number>/", dossier_views.answer, name="council-answer"),
    path("hoi-dong/<str:code>/phieu/", views.slips, name="council-slips"),
    path("hoi-dong/<str:code>/phieu/<int:number>/", views.write_slip, name="council-slip"),
    path("hoi-dong/<str:code>/thu-lao/", fee_views.show_fees, name="council-fees"),
    path("hoi-dong/<str:code>/thu-lao.<str:suffix>", fee_views.fee_paper, name="council-fee-paper"),
    path("hoi-dong/<str:code>/quyet-dinh.<str:suffix>", papers.decision, name="council-decision"),
    path("hoi-dong/<str:code>/bien-ban.<str:suffix>", papers.minutes, name="council-minutes"),
    path("hoi-dong/<str:code>/phieu/<int:number>/phieu.<str:suffix>", papers.slip, name="council-slip-paper"),
    path("hoi-dong/<str:code>/phieu/<int:number>/khong-hop-le/", views.set_aside_slip, name="council-slip-void"),
]
