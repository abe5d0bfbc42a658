"""One incident as the parent of others: an outage that many accounts report."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0012_tests")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="parent",
            field=models.ForeignKey(
                help_text="the outage it is a part of",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="below",
                to="incidents.incident",
            ),
        ),
    ]
