import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import watchkeeper.premium.models.guidance
from watchkeeper.people.wall import APPLICATION_ROLE, for_the_desk_alone, unwalled, walled

PROPOSALS, RECOMMENDATIONS, EVENTS = "premium_proposal", "premium_recommendation", "premium_recommendationevent"

SENT_TO_THE_ACCOUNT = f"""
    alter table {RECOMMENDATIONS} enable row level security;
    create policy {RECOMMENDATIONS}_of_the_account on {RECOMMENDATIONS} to {APPLICATION_ROLE}
        using ((select current_setting('app.desk', true)) = 'on'
               or (account_id = (select nullif(current_setting('app.account', true), '')::bigint)
                   and sent_at is not null));
"""
"""What was not sent no account sees, whatever a query forgets."""

NOTHING_CHANGES_THE_PAST = f"revoke update, delete, truncate on {EVENTS} from {APPLICATION_ROLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("premium", "0001_reviews"),
        ("people", "0005_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("worst", "worst"),
                            ("alert", "alert"),
                            ("hour", "hour"),
                            ("growth", "growth"),
                            ("component", "component"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("product", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proactive guidance", "Proactive guidance"),
                            ("strategic insight", "Strategic insight"),
                            ("performance optimisation", "Performance optimisation"),
                        ],
                        max_length=32,
                    ),
                ),
                ("says", models.JSONField()),
                ("threshold", models.JSONField()),
                ("evidence", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("proposed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("accepted", "taken up"), ("dropped", "dropped")],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "decided_by",
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
                "ordering": ["-proposed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "sort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("worst", "worst"),
                            ("alert", "alert"),
                            ("hour", "hour"),
                            ("growth", "growth"),
                            ("component", "component"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("product", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proactive guidance", "Proactive guidance"),
                            ("strategic insight", "Strategic insight"),
                            ("performance optimisation", "Performance optimisation"),
                        ],
                        max_length=32,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True, help_text="Markdown")),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("discarded", "not sent"),
                            ("sent", "to be decided"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("done", "done"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1, help_text="how often its words were kept")),
                ("written_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, help_text="why it was declined, or not sent")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendation",
                        to="premium.proposal",
                    ),
                ),
                (
                    "sent_by",
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
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RecommendationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("begun", "began it"),
                            ("written", "changed its words"),
                            ("arranged", "changed who does it, or by when"),
                            ("discarded", "decided not to send it"),
                            ("sent", "sent it to the customer"),
                            ("accepted", "accepted it"),
                            ("declined", "declined it"),
                            ("done", "said that it is done"),
                        ],
                        max_length=16,
                    ),
                ),
                ("data", models.JSONField(default=dict, help_text="what it was before, or the reason")),
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
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="premium.recommendation"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("account", "sort", "name", "product"),
                name="a_subject_is_proposed_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_proposal_that_is_not_open_says_who_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False), ("state__in", ["sent", "accepted"])),
                fields=["due_on"],
                name="recommendation_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", True), ("state__in", ["draft", "discarded"])),
                    models.Q(
                        models.Q(("state__in", ["draft", "discarded"]), _negated=True),
                        ("due_on__isnull", False),
                        ("sent_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_recommendation_that_was_sent_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                    _connector="OR",
                ),
                name="a_recommendation_that_was_done_says_when",
            ),
        ),
        migrations.RunSQL(for_the_desk_alone(PROPOSALS), unwalled(PROPOSALS)),
        migrations.RunSQL(SENT_TO_THE_ACCOUNT, unwalled(RECOMMENDATIONS)),
        migrations.RunSQL(walled(EVENTS), unwalled(EVENTS)),
        migrations.RunSQL(NOTHING_CHANGES_THE_PAST, migrations.RunSQL.noop),
    ]
