"""What can be read in stored files."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_files_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileText",
            fields=[
                (
                    "stored",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="files.storedfile",
                    ),
                ),
                ("text", models.TextField(verbose_name="文字")),
            ],
            options={
                "verbose_name": "文件文字",
                "verbose_name_plural": "文件文字",
            },
        ),
    ]
