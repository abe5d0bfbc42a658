"""Incidents that come from another desk's log, and what they were called there."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from watchkeeper.people.wall import unwalled, walled


class Migration(migrations.Migration):
    dependencies = [("incidents", "0014_unverified"), ("people", "0005_language")]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "portal"),
                    ("api", "API"),
                    ("command", "command line"),
                    ("mail", "mail"),
                    ("phone", "telephone"),
                    ("monitoring", "monitoring"),
                    ("import", "import of another desk’s log"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="ImportedIncident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(help_text="which desk it comes from; names are told apart by it", max_length=100),
                ),
                ("key", models.CharField(help_text="what it was called there", max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "source", "key"), name="imported_once_an_account")
                ],
            },
        ),
        migrations.RunSQL(walled("incidents_importedincident"), unwalled("incidents_importedincident")),
    ]
