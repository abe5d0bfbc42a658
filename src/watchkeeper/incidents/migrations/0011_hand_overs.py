import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import for_the_desk_alone, unwalled

TABLES = ("incidents_handover", "incidents_handover_incidents")


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0010_reports_after"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written_at", models.DateTimeField()),
                ("text", models.TextField()),
                ("read_at", models.DateTimeField(null=True)),
                ("incidents", models.ManyToManyField(related_name="+", to="incidents.incident")),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        *(migrations.RunSQL(for_the_desk_alone(table), unwalled(table)) for table in TABLES),
    ]
