import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHAT_IS_WRITTEN_STAYS = """
    revoke update, delete, truncate on policies_withdrawal from watchkeeper_app;
"""
"""There is no wall around it: what is promised to a customer depends on it, so everybody's transaction sees it."""


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0005_the_wall_around_them"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="policies.policyversion",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(WHAT_IS_WRITTEN_STAYS, migrations.RunSQL.noop),
    ]
