from django.db import migrations

from watchkeeper.people.wall import for_the_desk_alone, unwalled, walled

OF_THE_ACCOUNT = ("policies_designatedengineer", "policies_signedcopy", "policies_signedcopychunk")
OF_THE_DESK = ("policies_termschange", "policies_endreminder")

NOTHING_CHANGES_THE_PAST = """
    revoke update, delete, truncate on policies_termschange from watchkeeper_app;
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_agreements_at_the_desk")]

    operations = [
        *(migrations.RunSQL(walled(table), unwalled(table)) for table in OF_THE_ACCOUNT),
        *(migrations.RunSQL(for_the_desk_alone(table), unwalled(table)) for table in OF_THE_DESK),
        migrations.RunSQL(NOTHING_CHANGES_THE_PAST, migrations.RunSQL.noop),
    ]
