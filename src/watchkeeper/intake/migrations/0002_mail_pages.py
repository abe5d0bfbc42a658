"""The pages of mails, beside the messages that they became."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

from watchkeeper.people.wall import APPLICATION_ROLE, unwalled, walled

WHAT_CAME_STAYS = f"revoke delete, truncate on intake_mailpage from {APPLICATION_ROLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0014_unverified"),
        ("intake", "0001_initial"),
        ("people", "0005_language"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailPage",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("html", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.event"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(walled("intake_mailpage"), unwalled("intake_mailpage")),
        migrations.RunSQL(WHAT_CAME_STAYS, migrations.RunSQL.noop),
    ]
