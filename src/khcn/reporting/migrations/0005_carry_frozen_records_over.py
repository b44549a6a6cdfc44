from itertools import islice

from django.db import migrations

BATCH = 5_000


def carry_over(apps, schema_editor):
    """Write each list of frozen records as rows, in its order; tell the figure, and its versions, of which register."""
    figure, version, record = (
        apps.get_model("reporting", name) for name in ("FrozenFigure", "FrozenFigureVersion", "FrozenRecord")
    )
    for pk in list(figure.objects.order_by("pk").values_list("pk", flat=True)):
        listed = figure.objects.values_list("listed", flat=True).get(pk=pk)
        if not listed:
            continue
        for table in (figure, version):
            table.objects.filter(id=pk).update(register=listed[0]["register"])
        rows = (record(figure_id=pk, record_id=one["id"], code=one["code"], title=one["title"]) for one in listed)
        while batch := list(islice(rows, BATCH)):
            record.objects.bulk_create(batch)


def take_back(apps, schema_editor):
    """Write the rows as lists again, by code as they stood there; the rows go."""
    figure, version, record = (
        apps.get_model("reporting", name) for name in ("FrozenFigure", "FrozenFigureVersion", "FrozenRecord")
    )
    for pk, register in list(figure.objects.exclude(register="").values_list("pk", "register")):
        rows = record.objects.filter(figure_id=pk).order_by("code", "record_id")
        listed = [
            {"register": register, "id": number, "code": code, "title": title}
            for number, code, title in rows.values_list("record_id", "code", "title")
        ]
        for table in (figure, version):
            table.objects.filter(id=pk).update(listed=listed)
        rows.delete()


class Migration(migrations.Migration):
    """Runs between the new table and the removal of the lists."""

    dependencies = [
        ("reporting", "0004_keep_frozen_records_as_rows"),
    ]

    operations = [
        migrations.RunPython(carry_over, take_back),
    ]
