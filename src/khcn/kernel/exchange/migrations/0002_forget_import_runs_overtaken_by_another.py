from django.db import migrations
from django.db.models import F


def forget_overtaken(apps, schema_editor):
    """Forget unfinished runs that never began, or that a later one of the same file overtook."""
    runs = apps.get_model("exchange", "ImportRun").objects.filter(rows_done__lt=F("rows_total"))
    kept = set()
    for run in runs.order_by("-rows_done", "-pk"):
        file = (run.office_id, run.register, run.sha256, run.known_from)
        if not run.rows_done or file in kept:
            run.delete()
        kept.add(file)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunPython(forget_overtaken, migrations.RunPython.noop)]
