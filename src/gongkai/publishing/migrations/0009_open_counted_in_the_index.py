from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0008_newest_of_all"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["agency", "state", "attribute", "entered_as_history", "confirmed_at"],
                name="publishing_item_open",
            ),
        ),
    ]
