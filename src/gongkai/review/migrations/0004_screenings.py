"""What the release gate keeps. Triggers on both databases refuse to change a result or a finding that was let pass."""

import django.db.models.deletion
import uuid
from typing import Any
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("review_screening", "review_overriddenfinding")


def refuse_changes(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            """CREATE FUNCTION review_refuse_result() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'results of screening are made anew, never changed'; END $$"""
        )
    for table in TABLES:
        if editor.connection.vendor == "sqlite":
            editor.execute(
                f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                    BEGIN SELECT RAISE(ABORT, 'results of screening are made anew, never changed'); END"""
            )
        else:
            editor.execute(
                f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION review_refuse_result()"""
            )


def allow_changes(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them again."""
    for table in TABLES:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER {table}_no_update{on}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION review_refuse_result()")


class Migration(migrations.Migration):
    """Create the tables of the gate."""

    dependencies = [
        ("agencies", "0002_deputies_and_persons"),
        ("review", "0003_copies_and_opinions_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("object_kind", models.CharField(max_length=64)),
                ("object_key", models.CharField(max_length=64)),
                ("content_digest", models.CharField(max_length=64)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("false_alarm", "误报：不是个人信息，也不是标志"),
                            ("official", "单位的公务电话或账号，不属于个人信息"),
                            ("lawful", "法律、法规、规章规定应当公开"),
                            ("consent", "当事人单独同意公开"),
                            ("public_interest", "不公开会对公共利益造成重大影响"),
                            ("read_by_hand", "无法自动检查，已由人逐页看过"),
                        ],
                        max_length=16,
                        verbose_name="依据",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="说明")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "等待另一人确认"), ("confirmed", "已确认"), ("declined", "未同意")],
                        default="asked",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="agencies.agency",
                        verbose_name="机构",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "drafter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
            ],
            options={
                "verbose_name": "放行",
                "verbose_name_plural": "放行",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="OverriddenFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part_label", models.CharField(max_length=255, verbose_name="部分")),
                ("part_digest", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=32)),
                ("kind", models.CharField(max_length=32, verbose_name="种类")),
                ("place", models.CharField(blank=True, max_length=500, verbose_name="位置")),
                ("masked", models.CharField(blank=True, max_length=500, verbose_name="遮盖后的内容")),
                (
                    "override",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="review.override",
                        verbose_name="放行",
                    ),
                ),
            ],
            options={
                "verbose_name": "放行的发现",
                "verbose_name_plural": "放行的发现",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PublishedFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_kind", models.CharField(max_length=64)),
                ("object_key", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=255, verbose_name="名称")),
                ("content_digest", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField(verbose_name="处数")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                ("settled_how", models.CharField(blank=True, max_length=64, verbose_name="怎样了结")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_findings",
                        to="agencies.agency",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "已公开内容中的发现",
                "verbose_name_plural": "已公开内容中的发现",
                "ordering": ["found_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("extension", models.CharField(max_length=16)),
                ("fingerprint", models.CharField(max_length=64)),
                ("type", models.CharField(max_length=16, verbose_name="类型")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("clean", "可以公开"),
                            ("warn", "请核对"),
                            ("block", "不能公开"),
                            ("unreadable", "没有读成"),
                        ],
                        max_length=12,
                        verbose_name="结论",
                    ),
                ),
                ("findings", models.JSONField(default=list, verbose_name="发现")),
                ("looked_at", models.DateTimeField(auto_now_add=True, verbose_name="检查时间")),
            ],
            options={
                "verbose_name": "检查结果",
                "verbose_name_plural": "检查结果",
                "constraints": [
                    models.UniqueConstraint(fields=("digest", "extension", "fingerprint"), name="review_screening_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.CharField(max_length=64, verbose_name="词")),
                ("form", models.CharField(editable=False, max_length=64)),
                (
                    "severity",
                    models.CharField(
                        choices=[("block", "阻止公开"), ("warn", "提醒核对")],
                        default="warn",
                        max_length=8,
                        verbose_name="发现时",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=128, verbose_name="说明")),
                ("added_at", models.DateTimeField(verbose_name="加入时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="加入人",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screening_words",
                        to="agencies.agency",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "词",
                "verbose_name_plural": "词表",
                "ordering": ["form"],
            },
        ),
        migrations.AddIndex(
            model_name="override",
            index=models.Index(fields=["object_kind", "object_key"], name="review_override_object"),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="review_override_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "asked")),
                    models.Q(models.Q(("state", "asked"), _negated=True), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="review_override_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="overriddenfinding",
            constraint=models.UniqueConstraint(
                fields=("override", "part_digest", "key"), name="review_overriddenfinding_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedfinding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("object_kind", "object_key"),
                name="review_publishedfinding_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.UniqueConstraint(fields=("agency", "form"), name="review_word_once"),
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
