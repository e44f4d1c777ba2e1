"""Room for the package dictionaries of the Action API, and a word to the indexer to fill it."""

import django.db.models.deletion
from django.db import migrations, models


def ask_the_indexer(apps, schema_editor):
    alias = schema_editor.connection.alias
    waiting = apps.get_model("search", "OutboxEntry").objects.using(alias)
    keys = apps.get_model("datasets", "Dataset").objects.using(alias).values_list("pk", flat=True)
    waiting.bulk_create([waiting.model(source="dataset", object_pk=key) for key in keys], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0004_moderation"), ("search", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="PackageDictionary",
            fields=[
                (
                    "dataset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="package_dictionary",
                        serialize=False,
                        to="datasets.dataset",
                    ),
                ),
                ("changes", models.PositiveBigIntegerField(default=0)),
                ("layout", models.PositiveSmallIntegerField(default=0)),
                ("body", models.TextField(blank=True)),
            ],
        ),
        migrations.RunPython(ask_the_indexer, migrations.RunPython.noop),
    ]
