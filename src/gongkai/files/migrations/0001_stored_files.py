"""Records of stored files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("media_type", models.CharField(max_length=100, verbose_name="媒体类型")),
                ("extension", models.CharField(max_length=8, verbose_name="扩展名")),
                ("stored_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "verbose_name": "文件",
                "verbose_name_plural": "文件",
                "ordering": ["stored_at", "digest"],
            },
        ),
    ]
