from django.db import migrations, models

SEEN = """(current_setting('app.desk', true) = 'on'
                 or account_id = nullif(current_setting('app.account', true), '')::bigint)"""


def found(readable: str) -> str:
    """The function of ``0006_search``, in which ``readable`` says of a message whether a customer finds by it."""
    return f"""
        create or replace function watchkeeper_found(words tsquery, title_part text, with_notes boolean)
            returns setof bigint language sql stable security definer set search_path = pg_catalog, public
        as $$
            select id from incidents_incident
                where upper(title) like '%' || upper(title_part) || '%' and {SEEN}
            union
            select incident_id from incidents_message
                where to_tsvector('simple', body) @@ words and (with_notes or {readable}) and {SEEN}
        $$;
    """


class Migration(migrations.Migration):
    dependencies = [("incidents", "0007_saved_views")]

    operations = [
        migrations.AddField(
            "message", "leaves_at", models.DateTimeField(help_text="empty: it left at once", null=True)
        ),
        migrations.AddField(
            "message",
            "taken_back_at",
            models.DateTimeField(help_text="taken back before it left; it is erased then", null=True),
        ),
        migrations.RunSQL(
            found("is_public and (leaves_at is null or leaves_at <= watchkeeper_now())"), found("is_public")
        ),
    ]
