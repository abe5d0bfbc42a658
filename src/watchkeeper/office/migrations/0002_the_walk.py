from django.db import migrations, models

from watchkeeper.people.wall import for_the_desk_alone, unwalled

TABLE = "office_setup"


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SetUp",
            fields=[
                ("only_row", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("link_digest", models.CharField(blank=True, max_length=64)),
                ("walker_digest", models.CharField(blank=True, max_length=64)),
                ("listens_at", models.CharField(blank=True, max_length=200)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only_row", True)), name="a_desk_is_set_up_once")
                ],
            },
        ),
        migrations.RunSQL(for_the_desk_alone(TABLE), unwalled(TABLE)),
    ]
