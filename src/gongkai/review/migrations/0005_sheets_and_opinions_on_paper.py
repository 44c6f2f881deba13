"""Approval sheets, opinions given on paper, the secrecy check and the rounds of 三审三校 at a step.

SQLite builds the table of opinions anew and loses its triggers on the way, so they are taken off before and put back
after; PostgreSQL keeps them.
"""

import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS = {
    "review_opinion_no_update": "BEFORE UPDATE ON review_opinion",
    "review_opinion_no_delete": "BEFORE DELETE ON review_opinion",
    "review_opinion_no_replace": (
        "BEFORE INSERT ON review_opinion WHEN EXISTS (SELECT 1 FROM review_opinion WHERE id = NEW.id)"
    ),
}


def take_off(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop SQLite's triggers of opinions."""
    if editor.connection.vendor == "sqlite":
        for name in TRIGGERS:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")


def put_back(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Create them again, as 0003 did."""
    if editor.connection.vendor == "sqlite":
        for name, what in TRIGGERS.items():
            editor.execute(
                f"CREATE TRIGGER {name} {what} BEGIN SELECT RAISE(ABORT, 'opinions and what they were given on stay'); END"
            )


class Migration(migrations.Migration):
    """Let leaders sign paper."""

    dependencies = [
        ("agencies", "0002_deputies_and_persons"),
        ("files", "0002_files_stay"),
        ("review", "0004_screenings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_off, put_back),
        migrations.CreateModel(
            name="SheetEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="件号")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                ("void_reason", models.CharField(blank=True, default="", max_length=128, verbose_name="作废原因")),
            ],
            options={
                "verbose_name": "审批单上的内容",
                "verbose_name_plural": "审批单上的内容",
                "ordering": ["sheet", "place"],
            },
        ),
        migrations.AddField(
            model_name="chainstep",
            name="checks_secrecy",
            field=models.BooleanField(default=False, verbose_name="作保密审查"),
        ),
        migrations.AddField(
            model_name="chainstep",
            name="rounds",
            field=models.JSONField(default=list, verbose_name="三审三校"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.officer",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="on_behalf_of",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="代何人"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="on_paper",
            field=models.BooleanField(default=False, verbose_name="纸质签批"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="扫描件",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="scan_name",
            field=models.CharField(blank=True, default="", max_length=255, verbose_name="扫描件文件名"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="secrecy",
            field=models.CharField(
                blank=True,
                choices=[
                    ("clear", "不涉密，可以公开"),
                    ("after_removal", "删除或遮盖有关内容后可以公开"),
                    ("doubtful", "不能确定，须报主管部门或者保密行政管理部门确定"),
                    ("secret", "涉及国家秘密、工作秘密，不公开"),
                ],
                default="",
                max_length=16,
                verbose_name="保密审查结论",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="signed_on",
            field=models.DateField(blank=True, null=True, verbose_name="签署日期"),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
        migrations.CreateModel(
            name="ApprovalSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("serial", models.PositiveIntegerField(verbose_name="编号")),
                ("position", models.PositiveSmallIntegerField(verbose_name="打印时的环节")),
                ("printed_at", models.DateTimeField(verbose_name="打印时间")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_sheets",
                        to="agencies.agency",
                        verbose_name="机构",
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="打印人",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批单",
                "verbose_name_plural": "审批单",
                "ordering": ["-year", "-serial"],
            },
        ),
        migrations.AddField(
            model_name="opinion",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opinions",
                to="review.approvalsheet",
                verbose_name="审批单",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entered_by__isnull", False),
                        ("officer__isnull", False),
                        ("on_paper", True),
                        ("scan__isnull", False),
                        ("sheet__isnull", False),
                        ("signed_on__isnull", False),
                    ),
                    models.Q(("by__isnull", False), ("on_paper", False)),
                    _connector="OR",
                ),
                name="review_opinion_paper_is_complete",
            ),
        ),
        migrations.AddField(
            model_name="sheetentry",
            name="approval",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheet_entries",
                to="review.approval",
                verbose_name="审批",
            ),
        ),
        migrations.AddField(
            model_name="sheetentry",
            name="content",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="review.frozencopy",
                verbose_name="内容",
            ),
        ),
        migrations.AddField(
            model_name="sheetentry",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="review.approvalsheet",
                verbose_name="审批单",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalsheet",
            constraint=models.UniqueConstraint(fields=("agency", "year", "serial"), name="review_sheet_number"),
        ),
        migrations.AddConstraint(
            model_name="sheetentry",
            constraint=models.UniqueConstraint(fields=("sheet", "place"), name="review_sheetentry_place"),
        ),
        migrations.AddConstraint(
            model_name="sheetentry",
            constraint=models.UniqueConstraint(fields=("sheet", "approval"), name="review_sheetentry_approval"),
        ),
        migrations.RunPython(put_back, take_off),
    ]
