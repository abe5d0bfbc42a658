from django.db import migrations

from watchkeeper.people.wall import unwalled, walled

TABLES = (
    "incidents_incident",
    "incidents_event",
    "incidents_message",
    "incidents_participant",
    "incidents_attachment",
    "incidents_attachmentchunk",
    "incidents_acceptedrequest",
)

INSERT_ONLY = """
    revoke update, delete, truncate on incidents_event from watchkeeper_app;
    revoke delete, truncate on incidents_incident, incidents_message, incidents_attachment from watchkeeper_app;
"""

ROWS_OF_OTHER_ROOMS = """
    alter table clocks_commitment add constraint commitment_of_an_incident
        foreign key (incident_id) references incidents_incident (id);
    alter table notify_notice add constraint notice_of_an_incident
        foreign key (incident_id) references incidents_incident (id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_initial"),
        ("clocks", "0002_the_wall"),
        ("notify", "0001_initial"),
    ]

    operations = [
        *(migrations.RunSQL(walled(table), unwalled(table)) for table in TABLES),
        migrations.RunSQL(INSERT_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(ROWS_OF_OTHER_ROOMS, migrations.RunSQL.noop),
    ]
