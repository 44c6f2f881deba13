from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0007_columns_hidden_validity_terms_outside"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["state", "-published_on", "-id"], name="publishing_item_newest"),
        ),
    ]
