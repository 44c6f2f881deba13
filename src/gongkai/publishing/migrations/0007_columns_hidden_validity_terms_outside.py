"""Hidden columns, validity, joint issuers, grounds, publicity terms, photos of postings, platforms outside."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_deputies_and_persons"),
        ("files", "0003_file_texts"),
        ("publishing", "0006_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("own_site", "本系统的公开页面"),
                            ("outside_platform", "外部平台（例如区政府门户），本系统登记结果"),
                            ("static_feed", "静态目录，由其他网站取用"),
                        ],
                        max_length=16,
                        verbose_name="发布方式",
                    ),
                ),
                (
                    "numbering",
                    models.CharField(
                        choices=[("issued", "由本系统编发"), ("recorded", "由外部平台编发，在本系统登记")],
                        max_length=8,
                        verbose_name="索引号",
                    ),
                ),
                ("subject_class", models.CharField(blank=True, max_length=64, verbose_name="起草时预填的主题分类")),
                ("key_areas", models.JSONField(blank=True, default=dict, verbose_name="重点领域")),
                ("publicity_days", models.PositiveSmallIntegerField(verbose_name="公示天数")),
                (
                    "publicity_unit",
                    models.CharField(
                        choices=[("working_day", "工作日"), ("day", "自然日")], max_length=12, verbose_name="公示期按"
                    ),
                ),
                ("template_name", models.CharField(blank=True, max_length=255, verbose_name="模板文件名")),
            ],
            options={
                "verbose_name": "发布设置",
                "verbose_name_plural": "发布设置",
            },
        ),
        migrations.CreateModel(
            name="OutsidePublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, verbose_name="正式页面地址")),
                ("published_at", models.DateTimeField(verbose_name="平台上的发布时间")),
                ("screenshot_name", models.CharField(blank=True, max_length=255, verbose_name="截图名称")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "外部平台发布",
                "verbose_name_plural": "外部平台发布",
                "ordering": ["-published_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="column",
            name="is_hidden",
            field=models.BooleanField(default=False, verbose_name="停用"),
        ),
        migrations.AddField(
            model_name="item",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="实施日期"),
        ),
        migrations.AddField(
            model_name="item",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("state_secret", "国家秘密"),
                    ("prohibited_by_law", "法律、行政法规禁止公开"),
                    ("security_and_stability", "可能危及国家安全、公共安全、经济安全、社会稳定"),
                    ("third_party", "涉及第三方合法权益"),
                    ("internal_affairs", "内部事务信息"),
                    ("process", "过程性信息"),
                    ("case_file", "行政执法案卷信息"),
                    ("other", "其他（写明理由）"),
                ],
                max_length=24,
                verbose_name="不公开的理由",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="ground_note",
            field=models.CharField(blank=True, max_length=255, verbose_name="理由说明"),
        ),
        migrations.AddField(
            model_name="item",
            name="issuers",
            field=models.JSONField(blank=True, default=list, verbose_name="联合发文机构"),
        ),
        migrations.AddField(
            model_name="item",
            name="publicity_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="公示天数"),
        ),
        migrations.AddField(
            model_name="item",
            name="publicity_ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="公示期满处理时间"),
        ),
        migrations.AddField(
            model_name="item",
            name="publicity_then",
            field=models.CharField(
                blank=True,
                choices=[
                    ("withdraw", "整条撤下，原地址说明公示期满"),
                    ("mask", "遮盖个人信息后继续公开；不能可靠遮盖的，整条撤下"),
                ],
                max_length=8,
                verbose_name="公示期满后",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="publicity_unit",
            field=models.CharField(
                blank=True,
                choices=[("working_day", "工作日"), ("day", "自然日")],
                max_length=12,
                verbose_name="公示期按",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="publicity_until",
            field=models.DateField(blank=True, null=True, verbose_name="公示期至"),
        ),
        migrations.AddField(
            model_name="item",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="有效期至"),
        ),
        migrations.AddField(
            model_name="item",
            name="validity",
            field=models.CharField(
                blank=True,
                choices=[("in_force", "有效"), ("amended", "已修改"), ("expired", "已失效"), ("repealed", "已废止")],
                max_length=8,
                verbose_name="有效性",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="validity_from_on",
            field=models.DateField(blank=True, null=True, verbose_name="有效性变动日期"),
        ),
        migrations.AddField(
            model_name="item",
            name="validity_note",
            field=models.CharField(blank=True, max_length=255, verbose_name="有效性依据"),
        ),
        migrations.AddField(
            model_name="itemchannel",
            name="photo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="张贴照片",
            ),
        ),
        migrations.AddField(
            model_name="itemchannel",
            name="photo_name",
            field=models.CharField(blank=True, max_length=255, verbose_name="照片名称"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("publicity_ended_at__isnull", True), ("publicity_until__isnull", False)),
                fields=["publicity_until"],
                name="publishing_item_term_runs",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("validity__in", ["", "in_force", "amended", "expired", "repealed"])),
                name="publishing_item_validity",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("publicity_days__isnull", True), ("publicity_then", ""), ("publicity_unit", "")),
                    models.Q(
                        ("publicity_days__gt", 0),
                        ("publicity_then__in", ["withdraw", "mask"]),
                        ("publicity_unit__in", ["working_day", "day"]),
                    ),
                    _connector="OR",
                ),
                name="publishing_item_publicity_whole",
            ),
        ),
        migrations.AddField(
            model_name="agencypractice",
            name="agency",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency", verbose_name="机构"
            ),
        ),
        migrations.AddField(
            model_name="agencypractice",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="平台导入模板",
            ),
        ),
        migrations.AddField(
            model_name="outsidepublication",
            name="item",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outside",
                to="publishing.item",
                verbose_name="公开信息",
            ),
        ),
        migrations.AddField(
            model_name="outsidepublication",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="outsidepublication",
            name="screenshot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="页面截图",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidepublication",
            constraint=models.UniqueConstraint(fields=("url",), name="publishing_outside_url"),
        ),
    ]
