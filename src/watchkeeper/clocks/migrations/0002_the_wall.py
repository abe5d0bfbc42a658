from django.db import migrations

from watchkeeper.people.wall import unwalled, walled


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial")]

    operations = [migrations.RunSQL(walled("clocks_commitment"), unwalled("clocks_commitment"))]
