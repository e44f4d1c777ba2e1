"""Who explains words, and who looks after readers' feedback."""

from django.db import migrations

GRANTED = {
    "author": {"term": ["add", "change", "view"], "feedback": ["change", "view"]},
    "translator": {"term": ["change", "view"]},
    "reviewer": {"term": ["add", "change", "delete", "view"], "feedback": ["change", "delete", "view"]},
}


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    ContentType, Permission = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    for name, models in GRANTED.items():
        role = apps.get_model("auth", "Group").objects.using(alias).filter(name=name).first()
        for model, verbs in models.items() if role else ():
            # Django makes permissions after all migrations have run; these are needed now.
            kind, _ = ContentType.objects.using(alias).get_or_create(app_label="pages", model=model)
            for verb in verbs:
                found, _ = Permission.objects.using(alias).get_or_create(
                    content_type=kind, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
                )
                role.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_journeys_and_care")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
