from django.db import migrations

THE_CLOCK = """
    create function watchkeeper_now() returns timestamptz language sql stable
        as $$ select statement_timestamp() $$;
    comment on function watchkeeper_now() is
        'The only clock of the desk. An index can be searched with it, as it stands still within a statement.';
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(THE_CLOCK, "drop function watchkeeper_now()"),
    ]
