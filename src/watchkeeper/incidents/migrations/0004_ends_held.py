from django.db import migrations

THE_ENDS = """
    create function watchkeeper_ends_held(of_incident bigint, of_account bigint)
        returns table (number integer, account_number bigint, digest text) language plpgsql
    as $$ begin
        perform pg_advisory_xact_lock(22347, of_account::integer);
        return query
            select coalesce((select max(own.number) from incidents_event own where incident_id = of_incident), 0)::int,
                   last.account_number::bigint, last.digest::text
            from incidents_event last where last.account_id = of_account
            order by last.account_number desc limit 1;
    end $$;
    comment on function watchkeeper_ends_held(bigint, bigint) is
        'Holds the chain of an account until the transaction ends, and then reads where it and a timeline end. '
        'The question sees what was committed while the lock was waited for: each statement has a snapshot of its own.';
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_sent_forms")]

    operations = [migrations.RunSQL(THE_ENDS, "drop function watchkeeper_ends_held(bigint, bigint)")]
