from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_the_clock")]

    operations = [
        migrations.CreateModel(
            name="SignInAttempts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_digest", models.CharField(max_length=64, unique=True)),
                ("since", models.DateTimeField(db_index=True)),
                ("attempts", models.PositiveSmallIntegerField()),
            ],
        ),
    ]
