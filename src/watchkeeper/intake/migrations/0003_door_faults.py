"""Which doors for mail do not work now."""

from __future__ import annotations

from django.db import migrations, models

from watchkeeper.people.wall import for_the_desk_alone, unwalled


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_mail_pages")]

    operations = [
        migrations.CreateModel(
            name="DoorFault",
            fields=[
                ("door", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("fault", models.TextField()),
                ("since", models.DateTimeField()),
                ("told_at", models.DateTimeField(help_text="when the operators were told", null=True)),
            ],
            options={"ordering": ["since"]},
        ),
        migrations.RunSQL(for_the_desk_alone("intake_doorfault"), unwalled("intake_doorfault")),
    ]
