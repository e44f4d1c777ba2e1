"""A new site knows the everyday words of the glossary's terms; editors change them in the admin."""

from typing import Any

from django.db import migrations


def load(apps: Any, schema_editor: Any) -> None:
    from search.synonyms import starting_list

    model = apps.get_model("search", "Synonym")
    model.objects.bulk_create([model(**fields) for fields in starting_list()])


class Migration(migrations.Migration):
    dependencies = [("search", "0002_synonyms")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=True)]
