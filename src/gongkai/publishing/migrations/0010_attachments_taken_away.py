from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0009_open_counted_in_the_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="taken_away_on",
            field=models.DateField(blank=True, null=True, verbose_name="撤下日期"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="taken_away_why",
            field=models.CharField(blank=True, max_length=255, verbose_name="撤下原因"),
        ),
    ]
