"""Whatever stood in the database stands there again, to the last microsecond."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from unicodedata import normalize

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import JSONField, Value
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khcn.kernel.files.services import attach
from khcn.kernel.indicators.models import ReportedValue
from khcn.kernel.keeping.backup import make_backup, snapshot
from khcn.kernel.keeping.restore import restore_backup, rows_there
from khcn.kernel.keeping.tables import LEFT_OUT, kept_models, lines_of, plain
from khcn.kernel.notices.models import Notice
from khcn.kernel.records.changes import Change
from khcn.kernel.rulebook.models import Rule
from khcn.kernel.tests.factories import TODAY, make_office, make_title, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

ODD_TEXTS = ["", " ", normalize("NFD", "Quyết định số 5"), "🌾 chè Tân Cương", "a\nb\u2028c\\", "'\"%s{}", "\t", "null"]
ODD_JSON = [None, [], {}, {"a": [None, {"b": None}], "đ": 1.5}, "", "null", 0, False, [1, "1", 1.0], {"€": "🌾"}]
TEXTS = st.sampled_from(ODD_TEXTS) | st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=40)
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 (bounds)
JSON = st.sampled_from(ODD_JSON)
MONEY = st.decimals("-99999999999", "99999999999", places=4) | st.sampled_from([Decimal("1.5000"), Decimal("0.0000")])


def everything():
    return {model._meta.db_table: list(lines_of(model)) for model in kept_models()}


def emptied():
    call_command("flush", interactive=False, verbosity=0)
    assert rows_there() == {}


@given(rows=st.lists(st.tuples(TEXTS, INSTANTS, st.none() | INSTANTS, JSON, MONEY), min_size=5, max_size=30))
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
def test_odd_values_come_back_exactly(rows, tmp_path_factory):
    archive = tmp_path_factory.mktemp("kept") / "b"
    office, user = make_office(), make_user()
    for place, (text, at, read_at, said, money) in enumerate(rows):
        late = read_at if read_at is None or read_at >= at else None
        Notice.objects.create(user=user, text=text, created_at=at, read_at=late)
        Change.objects.create(at=at, known_from=read_at, actor_name="", verb="v", verb_label="", why=text, on=at.date())
        value = Value(None, JSONField()) if said is None else said
        plain(Rule).bulk_create([Rule(key=f"k{place}", label="", value=value, note=text, legal_basis="")])
        plain(ReportedValue).bulk_create(
            [ReportedValue(office=office, indicator=f"i{place}", period_kind="year", year=2021, value=money)]
        )
    before = everything()

    make_backup(archive, at=timezone.now(), tell=str)
    emptied()
    restore_backup(archive, tell=str)

    assert everything() == before
    emptied()


def test_a_number_once_given_is_not_given_again_after_a_restore(tmp_path):
    user = make_user()
    gone = Notice.objects.create(user=user, text="a", created_at=timezone.now())
    number = gone.pk
    gone.delete()

    make_backup(tmp_path / "b", at=timezone.now(), tell=str)
    emptied()
    restore_backup(tmp_path / "b", tell=str)

    assert Notice.objects.create(user=user, text="b", created_at=timezone.now()).pk > number


def test_history_and_files_come_back_with_the_records(tmp_path, settings):
    title = make_title("Chè Tân Cương", actor=make_user())
    attached = attach(record=title, data=b"noi dung", filename="a.txt", actor=None, on=TODAY)
    made = make_backup(tmp_path / "b", at=timezone.now(), tell=str)
    emptied()
    settings.FILES_DIR = tmp_path / "other"

    restore_backup(tmp_path / "b", tell=str)

    assert made.files == 1
    assert attached.stored.path.read_bytes() == b"noi dung"
    assert type(title).objects.get(pk=title.pk).code == title.code
    assert type(title).Version._base_manager.filter(id=title.pk).count() == 1


def test_a_backup_is_one_reading_and_holds_up_nobody_who_writes(tmp_path):
    user = make_user()
    failed = []

    def write():
        try:
            Notice.objects.create(user=user, text="trong lúc sao lưu", created_at=timezone.now())
        except Exception as failure:  # noqa: BLE001 (told by the assertion)
            failed.append(failure)
        connection.close()

    with snapshot():
        assert not list(lines_of(Notice))
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(10)
        assert not list(lines_of(Notice))

    assert failed == []
    assert Notice.objects.count() == 1


def test_a_value_too_exact_for_the_embedded_database_is_refused_not_rounded(monkeypatch):
    from khcn.kernel.keeping import restore  # noqa: PLC0415 (its private rule is what is tested)

    monkeypatch.setattr(restore.connection, "vendor", "sqlite")

    assert restore._exact(Decimal("12345678901.2500")) == Decimal("12345678901.2500")
    with pytest.raises(ValueError, match="PostgreSQL"):
        restore._exact(Decimal("1234567890123456.7"))


def test_every_table_is_kept_or_left_out_with_a_reason():
    kept = {model._meta.label for model in kept_models()}

    assert {"records.Change", "files.StoredFile", "identity.User", "pages.Submission"} <= kept
    assert not kept & LEFT_OUT
    assert not [label for label in kept if label.startswith(("sessions.", "axes."))]


def test_a_table_comes_after_those_it_refers_to():
    placed = {model: place for place, model in enumerate(kept_models())}

    upside_down = [
        f"{model._meta.label}.{field.name}"
        for model, place in placed.items()
        for field in model._meta.local_concrete_fields
        if field.remote_field and placed.get(field.remote_field.model, -1) > place
    ]

    assert upside_down == []


def test_every_kind_of_column_is_written_and_read_back():
    from khcn.kernel.keeping.tables import _READ, _WRITE  # noqa: PLC0415 (the two tables must agree)

    assert _READ.keys() == _WRITE.keys()
    assert _READ["BinaryField"](_WRITE["BinaryField"](b"\x00\xff")) == b"\x00\xff"
    assert _READ["DateField"](_WRITE["DateField"](date(1, 1, 1))) == date(1, 1, 1)
