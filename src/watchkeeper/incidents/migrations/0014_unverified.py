"""Incidents that came from an address without proof."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0013_outages")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="is_unverified",
            field=models.BooleanField(
                default=False, help_text="came from an address without proof, and nobody has confirmed its sender"
            ),
        ),
    ]
