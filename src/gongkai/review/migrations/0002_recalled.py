"""An approval may be recalled by its drafter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Name the new state."""

    dependencies = [("review", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="approval",
            name="state",
            field=models.CharField(
                choices=[
                    ("in_review", "审核中"),
                    ("returned", "已退回"),
                    ("recalled", "已收回"),
                    ("released", "已发布"),
                ],
                default="in_review",
                max_length=12,
                verbose_name="状态",
            ),
        ),
    ]
