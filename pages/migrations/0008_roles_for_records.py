"""Who looks after commitments, notices, events and ambassadors."""

from django.db import migrations

GRANTED = {"author": ["add", "change", "view"], "translator": ["change", "view"], "reviewer": ["add", "change", "delete", "view"]}
MODELS = ("commitment", "notice", "event", "ambassador")


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    for name, verbs in GRANTED.items():
        role = apps.get_model("auth", "Group").objects.using(alias).filter(name=name).first()
        for model in MODELS if role else ():
            # Django makes permissions after all migrations have run; these are needed now.
            kind, _ = ContentType.objects.using(alias).get_or_create(app_label="pages", model=model)
            for verb in verbs:
                found, _ = Permission.objects.using(alias).get_or_create(
                    content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
                )
                role.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [("pages", "0007_public_records")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
