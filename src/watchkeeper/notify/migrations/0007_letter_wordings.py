"""How this installation words its letters."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import APPLICATION_ROLE

WHAT_IT_SAID_STAYS = f"revoke update, delete, truncate on notify_letterwording from {APPLICATION_ROLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0006_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="a key of wording.letters.LETTERS", max_length=32)),
                ("language", models.CharField(max_length=16)),
                ("number", models.PositiveIntegerField()),
                ("subject", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("is_shipped", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "language", "number"), name="versions_of_a_letters_wording_are_numbered"
                    )
                ],
            },
        ),
        migrations.RunSQL(WHAT_IT_SAID_STAYS, migrations.RunSQL.noop),
    ]
