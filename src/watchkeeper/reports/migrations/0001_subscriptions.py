"""Who gets the attainment of an account by mail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import unwalled, walled

TABLE = "reports_subscription"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0005_language"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("last_month", models.CharField(max_length=7)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.account",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "account"), name="attainment_subscribed_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.RunSQL(walled(TABLE), unwalled(TABLE)),
    ]
