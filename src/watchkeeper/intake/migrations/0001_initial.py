"""Mail that came in, as it came, and what became of it."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import APPLICATION_ROLE, for_the_desk_alone, unwalled

WHAT_CAME_STAYS = f"""
    revoke delete, truncate on intake_receivedmail, intake_rawmail from {APPLICATION_ROLE};
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
            name="ReceivedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("imap", "mailbox (IMAP)"),
                            ("lmtp", "our mail server (LMTP)"),
                            ("webhook", "mail provider"),
                            ("command", "command line"),
                        ],
                        max_length=16,
                    ),
                ),
                ("mailbox", models.CharField(blank=True, help_text="which of several of the door", max_length=200)),
                (
                    "envelope_to",
                    models.JSONField(
                        default=list, help_text="the addresses it was handed over for, where that is known"
                    ),
                ),
                ("digest", models.CharField(help_text="SHA-256 of the bytes as they came", max_length=64)),
                (
                    "handover",
                    models.CharField(
                        help_text="the same where the same bytes are handed over again in the same way",
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("kept_at", models.DateTimeField()),
                ("counts_from", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "being read"),
                            ("taken", "taken"),
                            ("quarantined", "waits for a person"),
                            ("dropped", "left without effect"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("is_slow", models.BooleanField(default=False)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "effect",
                    models.CharField(
                        blank=True, help_text="what the table decided: a word of core.mail", max_length=32
                    ),
                ),
                (
                    "why",
                    models.JSONField(blank=True, default=str, help_text="why, as ``ui.translated.kept`` keeps words"),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("text", models.TextField(blank=True, help_text="what it says, where no incident holds it")),
                ("author", models.CharField(blank=True, help_text="the address it says it is from", max_length=320)),
                ("subject", models.TextField(blank=True)),
                ("message_id", models.CharField(blank=True, max_length=998)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.event"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RawMail",
            fields=[
                (
                    "mail",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="raw",
                        serialize=False,
                        to="intake.receivedmail",
                    ),
                ),
                ("data", models.BinaryField()),
                ("erased_at", models.DateTimeField(help_text="when what it said was erased", null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="receivedmail",
            index=models.Index(
                models.F("is_slow"), models.F("id"), condition=models.Q(("status", "waiting")), name="mail_to_take"
            ),
        ),
        migrations.AddIndex(
            model_name="receivedmail",
            index=models.Index(
                models.F("kept_at"),
                models.F("id"),
                condition=models.Q(("status", "quarantined")),
                name="mail_for_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="receivedmail",
            index=models.Index(models.F("fingerprint"), name="mail_fingerprint"),
        ),
        migrations.AddIndex(
            model_name="receivedmail",
            index=models.Index(
                models.F("message_id"), condition=models.Q(("message_id", ""), _negated=True), name="mail_message_id"
            ),
        ),
        migrations.AddIndex(
            model_name="receivedmail",
            index=models.Index(models.F("author"), models.F("kept_at"), name="mail_of_an_author"),
        ),
        migrations.AddConstraint(
            model_name="receivedmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("status", "waiting")),
                    models.Q(models.Q(("status", "waiting"), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="what_does_not_wait_says_when_it_was_settled",
            ),
        ),
        migrations.RunSQL(for_the_desk_alone("intake_receivedmail"), unwalled("intake_receivedmail")),
        migrations.RunSQL(for_the_desk_alone("intake_rawmail"), unwalled("intake_rawmail")),
        migrations.RunSQL(WHAT_CAME_STAYS, migrations.RunSQL.noop),
    ]
