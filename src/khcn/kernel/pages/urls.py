"""Addresses of the shared pages."""

from django.urls import include, path

from khcn.kernel.pages import (
    bulk_views,
    calendar_views,
    entry_views,
    feed_views,
    figure_views,
    office_views,
    record_views,
    saved_pages,
    views,
)

urlpatterns = [
    # Before the records: the address of an upload must not be taken for a record's code.
    path("", include("khcn.kernel.exchange.urls")),
    path("", views.home, name="home"),
    path("viec-can-lam/", views.show_inbox, name="inbox"),
    path("so/", views.show_registers, name="registers"),
    path("so/<slug:key>/", views.show_register, name="register"),
    path("so/<slug:key>/them/", entry_views.create_record, name="record-create"),
    path("so/<slug:key>/dem/", figure_views.show_count, name="register-count"),
    path("so/<slug:key>/tong/", figure_views.show_sums, name="register-sums"),
    path("so/<slug:key>/cach-xem/", saved_pages.show_saved, name="saved-views"),
    path("so/<slug:key>/cach-xem/luu/", saved_pages.save, name="saved-view-save"),
    path("so/<slug:key>/cach-xem/mac-dinh/", saved_pages.set_default, name="saved-view-default"),
    path("so/<slug:key>/cach-xem/<int:number>/", saved_pages.change, name="saved-view-change"),
    path("so/<slug:key>/cach-xem/<int:number>/xoa/", saved_pages.remove, name="saved-view-remove"),
    path("so/<slug:key>/nhieu/", bulk_views.preview, name="bulk-preview"),
    path("so/<slug:key>/nhieu/lam/", bulk_views.do, name="bulk-do"),
    path("so/<slug:key>/nhieu/<uuid:token>/", bulk_views.show_result, name="bulk-result"),
    path("so/<slug:key>/xuat/<slug:file_format>/", views.export_register, name="register-export"),
    path("so/<slug:key>/<path:code>/buoc/<slug:name>/", record_views.post_step, name="record-step"),
    path("so/<slug:key>/<path:code>/sua/", entry_views.edit_record, name="record-edit"),
    path("so/<slug:key>/<path:code>/thu-hoi/", entry_views.withdraw, name="record-withdraw"),
    path("so/<slug:key>/<path:code>/lien-ket/", record_views.post_link, name="record-link"),
    path("so/<slug:key>/<path:code>/", record_views.show_record, name="record"),
    path("quy-dinh/", office_views.show_rulebook, name="rulebook"),
    path("quan-tri/quyen/", office_views.show_permissions, name="permissions"),
    path("lich-lam-viec/", calendar_views.show_calendar, name="work-calendar"),
    path("lich-lam-viec/sua/", calendar_views.change_day, name="work-calendar-change"),
    path("lich-lam-viec/han-da-doi/", calendar_views.show_moves, name="moved-dues"),
    path("lich/", feed_views.show_subscriptions, name="subscriptions"),
    path("lich/tao/", feed_views.subscribe, name="subscribe"),
    path("lich/huy/", feed_views.unsubscribe, name="unsubscribe"),
    path("lich/<str:secret>.ics", feed_views.show_feed, name="calendar-feed"),
]
