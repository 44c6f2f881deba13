"""A holding may be that of a deputy (外出授权), two officers may be one natural person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Name whom a deputy stands for, and which records are of one person."""

    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="postholding",
            name="deputises_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputies",
                to="agencies.officer",
                verbose_name="代何人",
            ),
        ),
        migrations.AddField(
            model_name="officer",
            name="same_person_as",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="also",
                to="agencies.officer",
                verbose_name="同一人",
            ),
        ),
        migrations.AddConstraint(
            model_name="postholding",
            constraint=models.CheckConstraint(
                condition=models.Q(deputises_for__isnull=True) | models.Q(to_on__isnull=False),
                name="agencies_postholding_deputy_ends",
            ),
        ),
    ]
