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


def carry_back(apps, _schema_editor):
    """Put wording, year and value back on each target; where one wants several years, the further ones get a row each.

    Their history stays with the first row: before, a target could not have wanted more than one year.
    """
    target, year, version = (
        apps.get_model("policies", name) for name in ("ProgrammeTarget", "TargetYear", "ProgrammeTargetVersion")
    )
    wanted = {}
    for one in year.objects.order_by("target_id", "year").iterator():
        wanted.setdefault(one.target_id, []).append(one)
    for row in target.objects.filter(pk__in=wanted).order_by("pk"):
        first, *others = wanted[row.pk]
        target.objects.filter(pk=row.pk).update(text=row.title[:400], year=first.year, value=first.value)
        for old in version.objects.filter(id=row.pk):
            version.objects.filter(pk=old.pk).update(text=old.title[:400], **_wanted_at(apps, first, old))
        for other in others:
            copied = {field.attname: getattr(row, field.attname) for field in target._meta.concrete_fields}
            copied |= {"id": None, "code": f"{row.code}-{other.year}", "text": row.title[:400]}
            target.objects.create(**copied | {"year": other.year, "value": other.value})


def _wanted_at(apps, first, old):
    """Return the year and the value that were known when a version of the target began."""
    known = apps.get_model("policies", "TargetYearVersion").objects.filter(
        id=first.pk, recorded_from__lte=old.recorded_from
    )
    found = known.order_by("-recorded_from").first() or first
    return {"year": found.year, "value": found.value}


class Migration(migrations.Migration):
    """Runs between the new columns and the removal of the old ones."""

    dependencies = [
        ("policies", "0002_follow_targets"),
    ]

    operations = [
        migrations.RunPython(carry_over, carry_back),
    ]
