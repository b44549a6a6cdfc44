"""Make each target that was set for one year a record of its own, with that year hanging on it; history comes along."""

from django.db import migrations

PREFIX = "CTIEU"


def carry_over(apps, _schema_editor):
    """Give every old target its office, code, title and state, in the present row and in each known version."""
    target, version = (apps.get_model("policies", name) for name in ("ProgrammeTarget", "ProgrammeTargetVersion"))
    counter = apps.get_model("records", "CodeCounter")
    for row in target.objects.select_related("programme").order_by("pk").iterator():
        office = row.programme.office_id
        numbers, _ = counter.objects.get_or_create(office_id=office, prefix=PREFIX, year=row.year)
        numbers.last += 1
        numbers.save()
        values = {
            "office_id": office,
            "code": f"{PREFIX}-{row.year}-{numbers.last:04d}",
            "state": "followed",
            "division_id": row.programme.division_id,
            "confidentiality": row.programme.confidentiality,
        }
        target.objects.filter(pk=row.pk).update(title=row.text, **values)
        for old in version.objects.filter(id=row.pk):
            version.objects.filter(pk=old.pk).update(title=old.text, **values)
        _carry_year(apps, row)


def _carry_year(apps, row):
    year, year_version, version = (
        apps.get_model("policies", name) for name in ("TargetYear", "TargetYearVersion", "ProgrammeTargetVersion")
    )
    made = year.objects.create(target_id=row.pk, year=row.year, value=row.value)
    year_version.objects.bulk_create(
        year_version(
            id=made.pk,
            target_id=row.pk,
            year=old.year,
            value=old.value,
            recorded_from=old.recorded_from,
            recorded_to=old.recorded_to,
            change_id=old.change_id,
        )
        for old in version.objects.filter(id=row.pk)
    )


class Migration(migrations.Migration):
    """Runs between the new columns and the removal of the old ones."""

    dependencies = [
        ("policies", "0002_follow_targets"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
