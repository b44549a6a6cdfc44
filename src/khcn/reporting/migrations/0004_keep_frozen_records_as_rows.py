import django.db.models.deletion
from django.db import migrations, models

REGISTER = models.CharField(blank=True, default="", max_length=60, verbose_name="Sổ")


class Migration(migrations.Migration):
    """The lists of before keep their place under another name until they are carried over."""

    dependencies = [
        ("reporting", "0003_index_lists_and_codes"),
    ]

    operations = [
        migrations.RenameField("frozenfigure", "records", "listed"),
        migrations.RenameField("frozenfigureversion", "records", "listed"),
        migrations.AddField("frozenfigure", "register", REGISTER),
        migrations.AddField("frozenfigureversion", "register", REGISTER.clone()),
        migrations.CreateModel(
            name="FrozenRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record_id", models.BigIntegerField(verbose_name="Hồ sơ")),
                ("code", models.CharField(max_length=40, verbose_name="Mã hồ sơ")),
                ("title", models.TextField(verbose_name="Tên, trích yếu")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name="Góp vào")),
                (
                    "figure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="reporting.frozenfigure",
                        verbose_name="Số liệu đã chốt",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ của số liệu đã chốt",
                "verbose_name_plural": "hồ sơ của số liệu đã chốt",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["figure", "id"], name="frozen_record_walked"),
                    models.Index(fields=["figure", "record_id"], name="frozen_record_found"),
                ],
            },
        ),
    ]
