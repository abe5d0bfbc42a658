"""What a mail is made of besides its text: which of it a person wrote and who that is, and its language."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0004_bounces")]

    operations = [
        migrations.AddField(
            "notice",
            "prose_from",
            models.PositiveIntegerField(default=0, help_text="where in the text a person's own words begin"),
        ),
        migrations.AddField(
            "notice",
            "prose_to",
            models.PositiveIntegerField(default=0, help_text="and where they end; they are Markdown"),
        ),
        migrations.AddField(
            "notice",
            "speaker",
            models.TextField(blank=True, help_text="the name of the person who says it; empty: the desk itself"),
        ),
        migrations.AddField(
            "notice",
            "language",
            models.CharField(blank=True, help_text="what the text is worded in", max_length=16),
        ),
    ]
