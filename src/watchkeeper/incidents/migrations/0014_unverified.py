"""Incidents that came from an address without proof; messages that were erased, to be found."""

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
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["event"], name="message_erased", condition=models.Q(("erased_at__isnull", False))
            ),
        ),
    ]
