import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import watchkeeper.premium.models.guidance
from watchkeeper.people.wall import APPLICATION_ROLE, for_the_desk_alone, unwalled, walled

NOTES, CHANGES = "premium_runbooknote", "premium_announcedchange"

WHAT_WAS_ANNOUNCED_STAYS = f"revoke delete, truncate on {CHANGES} from {APPLICATION_ROLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_language"),
        ("premium", "0002_guidance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnouncedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("environment", models.CharField(blank=True, max_length=200)),
                ("product", models.CharField(blank=True, max_length=200)),
                ("component", models.CharField(blank=True, max_length=200)),
                (
                    "key",
                    models.CharField(
                        default=watchkeeper.premium.models.guidance.new_key,
                        editable=False,
                        help_text="names it in addresses",
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True, help_text="Markdown")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("announced_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "called_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["account", "ends_at"], name="announced_change_of_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="a_change_ends_after_it_starts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunBookNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("environment", models.CharField(blank=True, max_length=200)),
                ("product", models.CharField(blank=True, max_length=200)),
                ("component", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(help_text="Markdown")),
                ("number", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["environment", "product", "component"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "environment", "product", "component"), name="a_part_has_one_run_book_note"
                    )
                ],
            },
        ),
        migrations.RunSQL(for_the_desk_alone(NOTES), unwalled(NOTES)),
        migrations.RunSQL(walled(CHANGES), unwalled(CHANGES)),
        migrations.RunSQL(WHAT_WAS_ANNOUNCED_STAYS, migrations.RunSQL.noop),
    ]
