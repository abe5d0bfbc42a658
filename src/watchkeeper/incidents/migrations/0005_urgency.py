from django.db import migrations, models

from watchkeeper.core.lifecycle import OPEN_STATES

AS_THE_TIMELINES_SAY = """
    set constraints all immediate;
    update incidents_incident i set
        stands_at = i.received_at,
        is_escalated = i.state <> 'closed' and exists (
            select from incidents_event opened
            where opened.incident_id = i.id and opened.kind = 'escalated' and not exists (
                select from incidents_event ended
                where ended.incident_id = i.id and ended.kind = 'escalation_ended' and ended.number > opened.number)),
        level = coalesce((
            select given.level from incidents_event e
            join policies_givenpromise given on given.id = (e.data ->> 'promise')::bigint
            where e.incident_id = i.id order by e.number desc limit 1), '');
    update incidents_incident i set queue_rank = 1, stands_at = due.at
        from (select incident_id, min(due_at) as at from clocks_commitment
              where outcome = 'running' and due_at is not null group by incident_id) due
        where due.incident_id = i.id;
    update incidents_incident i set queue_rank = 0, stands_at = i.received_at
        where exists (select from clocks_commitment c
                      where c.incident_id = i.id and c.outcome = 'breached' and c.done_at is null);
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_ends_held"), ("policies", "0006_withdrawal")]

    operations = [
        migrations.AddField(
            "incident",
            "is_escalated",
            models.BooleanField(default=False, help_text="an escalation is open, and the incident not closed"),
        ),
        migrations.AddField(
            "incident",
            "level",
            models.CharField(
                max_length=80, blank=True, default="", help_text="of the promise given last; empty: no entitlement"
            ),
            preserve_default=False,
        ),
        migrations.AddField("incident", "queue_rank", models.PositiveSmallIntegerField(default=2)),
        migrations.AddField("incident", "stands_at", models.DateTimeField(null=True)),
        migrations.RunSQL(AS_THE_TIMELINES_SAY, migrations.RunSQL.noop),
        migrations.AlterField(
            "incident",
            "stands_at",
            models.DateTimeField(help_text="by what it stands within its rank in the queue"),
        ),
        migrations.RemoveIndex("incident", "incident_queue"),
        migrations.AddIndex(
            "incident",
            models.Index(
                fields=["queue_rank", "stands_at", "id"],
                name="incident_queue",
                condition=models.Q(state__in=OPEN_STATES),
            ),
        ),
        migrations.AddIndex("incident", models.Index(fields=["received_at", "id"], name="incident_received")),
        migrations.AddIndex(
            "incident",
            models.Index(fields=["account"], name="incident_escalated", condition=models.Q(is_escalated=True)),
        ),
    ]
