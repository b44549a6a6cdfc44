from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("policies", "0003_carry_targets_over"),
    ]

    operations = [
        # Defaults, so that the way back can put the columns there before they are filled.
        *(
            migrations.AlterField(model_name=model, name=name, field=field)
            for model in ("programmetarget", "programmetargetversion")
            for name, field in (
                ("text", models.CharField("Chỉ tiêu", max_length=400, default="")),
                ("year", models.PositiveSmallIntegerField("Năm", default=0)),
            )
        ),
        migrations.RemoveField(
            model_name='programmetarget',
            name='text',
        ),
        migrations.RemoveField(
            model_name='programmetarget',
            name='value',
        ),
        migrations.RemoveField(
            model_name='programmetarget',
            name='year',
        ),
        migrations.RemoveField(
            model_name='programmetargetversion',
            name='text',
        ),
        migrations.RemoveField(
            model_name='programmetargetversion',
            name='value',
        ),
        migrations.RemoveField(
            model_name='programmetargetversion',
            name='year',
        ),
        migrations.AddConstraint(
            model_name='programmetarget',
            constraint=models.UniqueConstraint(fields=('office', 'code'), name='programme_target_code_is_unique'),
        ),
    ]
