import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from watchkeeper.people.wall import for_the_desk_alone, unwalled, walled

DRAFTS, PUBLISHED = "incidents_reportdraft", "incidents_publishedreport"
INSERT_ONLY = f"revoke update, delete, truncate on {PUBLISHED} from watchkeeper_app;"


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def parts():
    names = ("summary", "impact", "timeline", "cause", "done", "to_do")
    return [(name, models.TextField(blank=True)) for name in names]


def to(model, kind=models.ForeignKey, related_name="+"):
    return kind(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0009_templates_and_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                key(),
                *parts(),
                ("number", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField()),
                ("account", to("people.account")),
                ("incident", to("incidents.incident", models.OneToOneField, "report_draft")),
                ("saved_by", to(settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="PublishedReport",
            fields=[
                key(),
                *parts(),
                ("version", models.PositiveIntegerField()),
                ("salt", models.CharField(max_length=32)),
                ("published_at", models.DateTimeField()),
                ("account", to("people.account")),
                ("event", to("incidents.event", models.OneToOneField, "report")),
                ("incident", to("incidents.incident", related_name="reports")),
                ("published_by", to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "version"), name="report_version_once"),
                ],
            },
        ),
        migrations.RunSQL(for_the_desk_alone(DRAFTS), unwalled(DRAFTS)),
        migrations.RunSQL(walled(PUBLISHED), unwalled(PUBLISHED)),
        migrations.RunSQL(INSERT_ONLY, migrations.RunSQL.noop),
    ]
