from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("policies", "0003_carry_targets_over"),
    ]

    operations = [
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
