"""What was said before, which a mail repeats beneath its text."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0005_letters")]

    operations = [
        migrations.AddField(
            "notice",
            "history",
            models.TextField(blank=True, help_text="what was said before; only a mail shows it, beneath the text"),
        ),
    ]
