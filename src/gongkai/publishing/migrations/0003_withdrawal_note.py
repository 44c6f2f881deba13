"""A withdrawal has a reason for the public and a note for officers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the note."""

    dependencies = [("publishing", "0002_transfers")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="withdrawal_note",
            field=models.CharField(blank=True, max_length=255, verbose_name="撤回说明"),
        ),
    ]
