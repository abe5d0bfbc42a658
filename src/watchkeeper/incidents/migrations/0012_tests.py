"""Incidents that only try the way in, and count nowhere."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0011_hand_overs")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="is_test",
            field=models.BooleanField(default=False, help_text="only tries the way in, and counts nowhere"),
        ),
    ]
