"""Who teaches search other words for the same thing."""

from django.db import migrations

GRANTED = {
    "author": ["add", "change", "view"],
    "translator": ["add", "change", "view"],
    "reviewer": ["add", "change", "delete", "view"],
    "data publisher": ["add", "change", "view"],
}


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    # Django makes permissions after all migrations have run; these are needed now.
    kind, _ = ContentType.objects.using(alias).get_or_create(app_label="search", model="synonym")
    for name, verbs in GRANTED.items():
        role = apps.get_model("auth", "Group").objects.using(alias).filter(name=name).first()
        for verb in verbs if role else ():
            found, _ = Permission.objects.using(alias).get_or_create(
                content_type=kind, codename=f"{verb}_synonym", defaults={"name": f"Can {verb} synonym"}
            )
            role.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_places_hours"), ("datasets", "0003_roles"), ("search", "0004_outcomes")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
