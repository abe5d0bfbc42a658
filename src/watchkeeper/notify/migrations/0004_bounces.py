"""What comes back of mails that were accepted."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from watchkeeper.people.wall import APPLICATION_ROLE

BOUNCES_STAND_WITH_THEIR_NOTICE = f"""
    alter table notify_bounce enable row level security;
    create policy notify_bounce_of_a_notice_seen on notify_bounce to {APPLICATION_ROLE}
        using (exists (select from notify_notice where notify_notice.id = notice_id));
    revoke update, delete, truncate on notify_bounce from {APPLICATION_ROLE};
"""

BOUNCES_STAND_ALONE = """
    drop policy notify_bounce_of_a_notice_seen on notify_bounce;
    alter table notify_bounce disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0002_the_wall")]

    operations = [
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.CharField(help_text="a word of RFC 3464: failed, delayed, delivered …", max_length=16),
                ),
                ("said", models.TextField(blank=True, help_text="the other server's own words")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bounces", to="notify.notice"
                    ),
                ),
            ],
            options={"ordering": ["at", "pk"]},
        ),
        migrations.RunSQL(BOUNCES_STAND_WITH_THEIR_NOTICE, BOUNCES_STAND_ALONE),
    ]
