import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import for_the_desk_alone, unwalled, walled

OF_THE_ACCOUNT = ("premium_servicereview", "premium_reviewedition", "premium_reviewcomment")
OF_THE_DESK = (
    "premium_reviewfigures",
    "premium_reviewwords",
    "premium_incidentgroup",
    "premium_groupedincident",
    "premium_reviewact",
    "premium_reviewreminder",
)

WHAT_IS_WRITTEN_STAYS = """
    revoke delete, truncate on premium_servicereview from watchkeeper_app;
    revoke update, delete, truncate on premium_reviewedition from watchkeeper_app;
    revoke update, delete, truncate on premium_reviewcomment from watchkeeper_app;
    revoke update, delete, truncate on premium_reviewwords from watchkeeper_app;
    revoke update, delete, truncate on premium_reviewact from watchkeeper_app;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("incidents", "0014_unverified"),
        ("people", "0005_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("each", models.CharField(choices=[("month", "month"), ("quarter", "quarter")], max_length=8)),
                ("period", models.CharField(max_length=8)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("drafted_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(help_text="of the first edition", null=True)),
                ("meets_at", models.DateTimeField(null=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("agreed", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="service_reviews", to="people.account"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "account__name"],
            },
        ),
        migrations.CreateModel(
            name="ReviewWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("sections", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="premium.servicereview"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=40)),
                ("told_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="premium.servicereview",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted", models.JSONField()),
                ("grouped_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="premium.servicereview"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="premium.servicereview"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="ReviewComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="premium.servicereview"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("drafted", "drafted"),
                            ("grouped", "grouped"),
                            ("written", "written"),
                            ("group renamed", "group renamed"),
                            ("groups merged", "groups merged"),
                            ("group dropped", "group dropped"),
                            ("group put back", "group put back"),
                            ("published", "published"),
                            ("date set", "date set"),
                            ("reminded", "reminded"),
                            ("held", "held"),
                        ],
                        max_length=24,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=400)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="premium.servicereview"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="IncidentGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("component", models.CharField(blank=True, max_length=200)),
                ("suggested", models.CharField(max_length=200)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="premium.incidentgroup",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="premium.servicereview"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="GroupedIncident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_before", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.incident"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="premium.incidentgroup",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("group", "incident"), name="grouped_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="servicereview",
            constraint=models.UniqueConstraint(fields=("account", "period"), name="reviewed_once_a_period"),
        ),
        migrations.AddConstraint(
            model_name="reviewwords",
            constraint=models.UniqueConstraint(fields=("review", "number"), name="review_says_one_text_a_number"),
        ),
        migrations.AddConstraint(
            model_name="reviewreminder",
            constraint=models.UniqueConstraint(fields=("review", "step"), name="review_reminded_once_a_step"),
        ),
        migrations.AddConstraint(
            model_name="reviewedition",
            constraint=models.UniqueConstraint(fields=("review", "number"), name="review_edition_once"),
        ),
        migrations.AddConstraint(
            model_name="incidentgroup",
            constraint=models.UniqueConstraint(fields=("review", "place"), name="review_group_has_a_place"),
        ),
        *(migrations.RunSQL(walled(table), unwalled(table)) for table in OF_THE_ACCOUNT),
        *(migrations.RunSQL(for_the_desk_alone(table), unwalled(table)) for table in OF_THE_DESK),
        migrations.RunSQL(WHAT_IS_WRITTEN_STAYS, migrations.RunSQL.noop),
    ]
