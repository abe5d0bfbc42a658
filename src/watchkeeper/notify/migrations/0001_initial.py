import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_the_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("incident_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "step",
                    models.CharField(help_text="what is said: receipt, breached:acknowledgement:1 …", max_length=200),
                ),
                ("urgency", models.CharField(help_text="a key of URGENCIES", max_length=16)),
                ("recipient", models.TextField(help_text="the address of whom it is for, whatever the channel")),
                ("recipient_name", models.TextField(blank=True)),
                ("channel", models.CharField(help_text="one of CHANNELS", max_length=16)),
                ("subject", models.TextField()),
                ("text", models.TextField()),
                ("headers", models.JSONField(blank=True, default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be sent"),
                            ("sending", "being sent"),
                            ("sent", "accepted by the receiving server"),
                            ("failed", "given up"),
                            ("suppressed", "called off before it was sent"),
                            ("kept", "kept to be read in the desk"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "attempt",
                    models.PositiveIntegerField(default=0, help_text="the number of the attempt that may finish it"),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("next_attempt_at", models.DateTimeField()),
                ("queued_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "crossed_at",
                    models.DateTimeField(
                        blank=True, help_text="when it was called off while a server was already taking it", null=True
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "fallback_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fallbacks",
                        to="notify.notice",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("put_off", "put off: to be tried again"),
                            ("unclear", "the line was lost before the answer: it may have arrived"),
                            ("refused", "refused for good"),
                            ("abandoned", "the worker died or slept through its lease"),
                        ],
                        help_text="empty: under way",
                        max_length=16,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, help_text="the server's own words, or ours where there were none"),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="notify.notice"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("next_attempt_at"), condition=models.Q(("status", "queued")), name="notice_due_to_be_sent"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("lease_until"), condition=models.Q(("status", "sending")), name="notice_leased"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("queued_at"),
                condition=models.Q(("status__in", ["queued", "sending"])),
                name="notice_under_way",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(models.F("queued_at"), condition=models.Q(("status", "kept")), name="notice_kept"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("incident_id", "step", "recipient", "channel"),
                name="a_step_is_said_once_to_a_recipient_over_a_channel",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("status__in", ["queued", "sending"])),
                    models.Q(("finished_at__isnull", False), ("status__in", ["sent", "failed", "suppressed", "kept"])),
                    _connector="OR",
                ),
                name="a_finished_notice_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("status", "sending")),
                    models.Q(models.Q(("status", "sending"), _negated=True), ("lease_until__isnull", True)),
                    _connector="OR",
                ),
                name="a_lease_lasts_while_a_notice_is_being_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(fields=("notice", "number"), name="attempts_of_a_notice_are_numbered"),
        ),
    ]
