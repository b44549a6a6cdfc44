from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0005_carry_frozen_records_over"),
    ]

    operations = [
        migrations.RemoveField("frozenfigure", "listed"),
        migrations.RemoveField("frozenfigureversion", "listed"),
    ]
