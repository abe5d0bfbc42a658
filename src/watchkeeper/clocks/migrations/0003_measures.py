"""What a report sorts commitments by, copied beside their outcomes, and what lies outside the level.

The day, the hour and the operating time follow from the policy of each row's promise: of rows that are there already
this writes what SQL can know, and ``watchkeeper rebuild`` makes the rest equal.
"""

import django.db.models.deletion
from django.db import migrations, models

from watchkeeper.people.wall import unwalled, walled

OUTSIDE = "clocks_outsidethelevel"

OF_ROWS_THAT_ARE_THERE = r"""
    set constraints all immediate;
    update clocks_commitment c set
        level = p.level,
        opened_on = (c.opened_at at time zone p.zone)::date,
        opened_hour = (extract(isodow from c.opened_at at time zone p.zone) - 1) * 24
            + extract(hour from c.opened_at at time zone p.zone),
        took_elapsed = extract(epoch from greatest(c.done_at - c.opened_at, interval '0')) * 1000000
        from (select given.id, given.level,
                     coalesce(substring(version.text from '(?n)^zone:\s*["'']?([A-Za-z0-9_/+-]+)'), 'UTC') as zone
              from policies_givenpromise given join policies_policyversion version on version.id = given.version_id) p
        where p.id = c.promise_id;
    do $$ begin
        if to_regclass('incidents_incident') is not null then
            update clocks_commitment c set component = i.component, is_test = i.is_test
                from incidents_incident i where i.id = c.incident_id;
        end if;
    end $$;
"""

KNOWN_TOGETHER = """
    create statistics clocks_commitment_groups (ndistinct)
        on account_id, level, severity, metric, outcome, reason, excluded, disputed from clocks_commitment;
"""
"""How many groups these make together: taken as independent, PostgreSQL expects one for nearly each row."""

MEASURED = {
    "level": models.CharField(max_length=80),
    "component": models.CharField(blank=True, max_length=200),
    "is_test": models.BooleanField(default=False),
    "opened_on": models.DateField(),
    "opened_hour": models.PositiveSmallIntegerField(),
}


def _to_be_filled():
    before = {
        "level": models.CharField(max_length=80, default=""),
        "component": models.CharField(blank=True, max_length=200, default=""),
        "is_test": models.BooleanField(default=False),
        "opened_on": models.DateField(default="2000-01-01"),
        "opened_hour": models.PositiveSmallIntegerField(default=0),
        "disputed": models.CharField(blank=True, max_length=16, default=""),
    }
    return [migrations.AddField("commitment", name, kind, preserve_default=False) for name, kind in before.items()]


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_the_wall"), ("people", "0005_language"), ("policies", "0006_withdrawal")]

    operations = [
        *_to_be_filled(),
        migrations.AddField("commitment", "took_elapsed", models.BigIntegerField(null=True)),
        migrations.AddField("commitment", "took_operating", models.BigIntegerField(null=True)),
        migrations.RunSQL(OF_ROWS_THAT_ARE_THERE, migrations.RunSQL.noop),
        migrations.AlterField("commitment", "is_test", models.BooleanField(default=False)),
        migrations.AddIndex("commitment", models.Index(fields=["account", "opened_on"], name="commitment_of_account")),
        migrations.RunSQL(KNOWN_TOGETHER, "drop statistics clocks_commitment_groups"),
        migrations.AddIndex("commitment", models.Index(fields=["opened_on"], name="commitment_opened")),
        migrations.CreateModel(
            name="OutsideTheLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("severity", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                *MEASURED.items(),
                ("incident_id", models.BigIntegerField(unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "opened_on"], name="outside_of_account"),
                    models.Index(fields=["opened_on"], name="outside_opened"),
                ],
            },
        ),
        migrations.RunSQL(walled(OUTSIDE), unwalled(OUTSIDE)),
    ]
