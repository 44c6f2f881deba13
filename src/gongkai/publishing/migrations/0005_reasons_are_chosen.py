"""A withdrawal's reason is one of a list; what is published has the digest of its released copy."""

from django.db import migrations, models

REASONS = [
    ("wrong", "内容有误"),
    ("outdated", "内容已失效"),
    ("personal", "涉及个人信息"),
    ("not_to_disclose", "依法不予公开"),
    ("term_over", "公示期满"),
    ("duplicate", "重复发布"),
    ("other", "其他"),
]


class Migration(migrations.Migration):
    """Let the database keep both rules."""

    dependencies = [("publishing", "0004_reasons_become_notes")]

    operations = [
        migrations.AlterField(
            model_name="item",
            name="withdrawal_reason",
            field=models.CharField(blank=True, choices=REASONS, max_length=16, verbose_name="撤回原因"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "published"), _negated=True)
                | models.Q(("published_digest", ""), _negated=True),
                name="publishing_item_published_has_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawal_reason__in", ["", *(code for code, _label in REASONS)])),
                name="publishing_item_withdrawal_reason",
            ),
        ),
    ]
