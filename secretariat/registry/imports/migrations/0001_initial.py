import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import secretariat.foundation.audit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("refs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "import_id",
                    models.UUIDField(
                        default=secretariat.foundation.audit.ids.uuid7, primary_key=True, serialize=False
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.foundation.audit.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                ("importer", models.CharField(max_length=80, verbose_name="what it brings in")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("matching", "columns to match"),
                            ("checking", "being checked"),
                            ("checked", "checked"),
                            ("applying", "being brought in"),
                            ("applied", "brought in"),
                            ("failed", "failed"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                        ],
                        default="matching",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("whole", "All rows or none"),
                            ("rows", "Row by row: what is refused is left out"),
                        ],
                        default="whole",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("encoding", models.CharField(blank=True, max_length=20, verbose_name="characters")),
                ("delimiter", models.CharField(blank=True, max_length=1, verbose_name="between the columns")),
                (
                    "day_order",
                    models.CharField(
                        blank=True, max_length=3, verbose_name="order of days written in digits"
                    ),
                ),
                ("columns", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="rows")),
                ("wrong", models.TextField(blank=True, verbose_name="what went wrong")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                        verbose_name="file",
                    ),
                ),
                (
                    "ref",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="refs.ref",
                        verbose_name="reference",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
            },
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.foundation.audit.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "unchanged"),
                            ("refused", "refused"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("column", models.CharField(blank=True, max_length=200, verbose_name="column")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("subject_id", models.UUIDField(null=True)),
                ("path", models.CharField(blank=True, max_length=300)),
                ("changes", models.JSONField(blank=True, default=list, verbose_name="changes")),
                ("memory", models.JSONField(blank=True, default=dict)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an import",
                "verbose_name_plural": "rows of an import",
                "ordering": ["number"],
            },
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "matching",
                            "checking",
                            "checked",
                            "applying",
                            "applied",
                            "failed",
                            "undoing",
                            "undone",
                        ],
                    )
                ),
                name="import_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["whole", "rows"])), name="import_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.UniqueConstraint(fields=("of", "number"), name="import_row_once"),
        ),
    ]
