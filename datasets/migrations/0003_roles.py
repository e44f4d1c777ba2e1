"""The groups of people who open the admin, with what they need there. For which organization is decided by membership (policies.py)."""

from django.db import migrations

DATASET = ["add_dataset", "change_dataset", "delete_dataset", "view_dataset"]
PUBLISH = ["publish_dataset", "lock_dataset", "unlock_dataset"]
OTHERS = [
    ("organization", ["change_organization", "view_organization"]),
    ("tag", ["add_tag", "change_tag", "view_tag"]),
    ("group", ["view_group"]),
    ("licence", ["view_licence"]),
]
ROLES = {
    "author": [],
    "translator": ["change_dataset", "view_dataset"],
    "reviewer": ["change_dataset", "view_dataset", *PUBLISH],
    "data publisher": [*DATASET, *PUBLISH],
}


def permission(apps, alias, app_label, model, codename):
    # Django makes permissions after all migrations have run; these are needed now.
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.using(alias).get_or_create(app_label=app_label, model=model)
    found, _created = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"})
    )
    return found


def add(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name, codenames in ROLES.items():
        role, _created = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        role.permissions.add(permission(apps, alias, "wagtailadmin", "admin", "access_admin"))
        role.permissions.add(*[permission(apps, alias, "datasets", "dataset", codename) for codename in codenames])
        if codenames:
            role.permissions.add(*[permission(apps, alias, "datasets", model, codename) for model, wanted in OTHERS for codename in wanted])


class Migration(migrations.Migration):
    dependencies = [
        ("datasets", "0002_licences"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
