"""The language of a person's pages and mails."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_circumstances")]

    operations = [
        migrations.AddField(
            "person",
            "language",
            models.CharField(
                blank=True,
                choices=[("en", "English"), ("de", "Deutsch")],
                default="",
                help_text="of pages and mails; empty: the desk's",
                max_length=16,
            ),
            preserve_default=False,
        ),
    ]
