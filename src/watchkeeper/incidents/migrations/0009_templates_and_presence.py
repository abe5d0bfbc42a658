import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import for_the_desk_alone, unwalled


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0008_leaving"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("text", models.TextField()),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.RunSQL(for_the_desk_alone("incidents_replytemplate"), unwalled("incidents_replytemplate")),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_writing", models.BooleanField()),
                ("seen_at", models.DateTimeField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="incidents.incident"
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
                    models.UniqueConstraint(fields=("incident", "person"), name="presence_once"),
                ],
            },
        ),
        migrations.RunSQL("alter table incidents_presence set unlogged", "alter table incidents_presence set logged"),
        migrations.RunSQL(for_the_desk_alone("incidents_presence"), unwalled("incidents_presence")),
    ]
