from django.db import migrations

from watchkeeper.people.wall import APPLICATION_ROLE, unwalled, walled

ATTEMPTS_STAND_WITH_THEIR_NOTICE = f"""
    alter table notify_attempt enable row level security;
    create policy notify_attempt_of_a_notice_seen on notify_attempt to {APPLICATION_ROLE}
        using (exists (select from notify_notice where notify_notice.id = notice_id));
"""

ATTEMPTS_STAND_ALONE = """
    drop policy notify_attempt_of_a_notice_seen on notify_attempt;
    alter table notify_attempt disable row level security;
"""

WHAT_WAS_SAID_STAYS_SAID = f"""
    revoke delete, truncate on notify_notice, notify_attempt from {APPLICATION_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0001_initial")]

    operations = [
        migrations.RunSQL(walled("notify_notice"), unwalled("notify_notice")),
        migrations.RunSQL(ATTEMPTS_STAND_WITH_THEIR_NOTICE, ATTEMPTS_STAND_ALONE),
        migrations.RunSQL(WHAT_WAS_SAID_STAYS_SAID, migrations.RunSQL.noop),
    ]
