"""Who keeps the list of needed data: the roles that publish data, not superusers alone."""

from django.db import migrations

ROLES = {"reviewer": ["view", "change"], "data publisher": ["view", "add", "change", "delete"]}


def add(apps, schema_editor):
    alias = schema_editor.connection.alias
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    kind, _created = ContentType.objects.using(alias).get_or_create(app_label="datasets", model="dataneed")
    for name, deeds in ROLES.items():
        role, _created = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        for deed in deeds:
            found, _created = Permission.objects.using(alias).get_or_create(
                content_type=kind, codename=f"{deed}_dataneed", defaults={"name": f"Can {deed} needed data"}
            )
            role.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0014_quality_and_fetching"), ("datasets", "0003_roles")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
