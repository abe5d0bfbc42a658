from django.db import migrations

from watchkeeper.people.wall import unwalled, walled

TABLES = ("policies_licence", "policies_agreement", "policies_givenpromise")

NOTHING_CHANGES_A_VERSION = """
    revoke update, delete, truncate on policies_policyversion, policies_givenpromise from watchkeeper_app;
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]

    operations = [
        *(migrations.RunSQL(walled(table), unwalled(table)) for table in TABLES),
        migrations.RunSQL(NOTHING_CHANGES_A_VERSION, migrations.RunSQL.noop),
    ]
