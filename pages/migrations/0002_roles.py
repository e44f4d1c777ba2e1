"""Who writes, translates and reviews pages, and the workflow between them."""

from django.db import migrations

# On every page, through the root of the tree.
ON_PAGES = {
    "author": ["add_page", "change_page"],
    "translator": ["change_page"],
    "reviewer": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"],
}
ON_PLACES = {
    "author": ["add_place", "change_place", "view_place"],
    "translator": ["change_place", "view_place"],
    "reviewer": ["add_place", "change_place", "delete_place", "view_place"],
}
TRANSLATING = ("translator", "reviewer")
WORKFLOW = "Review before publication"


def permission(apps, alias, app_label, model, codename):
    # Django makes permissions after all migrations have run; these are needed now.
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.using(alias).get_or_create(app_label=app_label, model=model)
    found, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"})
    )
    return found


def add(apps, schema_editor):
    alias = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group")
    root = apps.get_model("wagtailcore", "Page").objects.using(alias).filter(depth=1).first()
    images = apps.get_model("wagtailcore", "Collection").objects.using(alias).filter(depth=1).first()
    for name, codenames in ON_PAGES.items():
        role, _ = Group.objects.using(alias).get_or_create(name=name)
        role.permissions.add(permission(apps, alias, "wagtailadmin", "admin", "access_admin"))
        role.permissions.add(*[permission(apps, alias, "pages", "place", codename) for codename in ON_PLACES[name]])
        if name in TRANSLATING:
            role.permissions.add(permission(apps, alias, "wagtail_localize", "translation", "submit_translation"))
        if root:
            for codename in codenames:
                apps.get_model("wagtailcore", "GroupPagePermission").objects.using(alias).get_or_create(
                    group=role, page=root, permission=permission(apps, alias, "wagtailcore", "page", codename)
                )
        if images:
            for model, codename in (("image", "add_image"), ("image", "choose_image")):
                apps.get_model("wagtailcore", "GroupCollectionPermission").objects.using(alias).get_or_create(
                    group=role, collection=images, permission=permission(apps, alias, "wagtailimages", model, codename)
                )
    if root:
        _workflow(apps, alias, root)
    _retire_stock_roles(Group.objects.using(alias))


def _workflow(apps, alias, root):
    """Every page goes through a reviewer. It takes the place of Wagtail's own, which asks a group that nobody is in."""
    kind, _ = (
        apps.get_model("contenttypes", "ContentType").objects.using(alias).get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    )
    task = (
        apps.get_model("wagtailcore", "GroupApprovalTask")
        .objects.using(alias)
        .create(name="A reviewer reads the text", active=True, content_type=kind)
    )
    task.groups.add(apps.get_model("auth", "Group").objects.using(alias).get(name="reviewer"))
    Workflow = apps.get_model("wagtailcore", "Workflow")
    workflow = Workflow.objects.using(alias).create(name=WORKFLOW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.using(alias).create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowPage").objects.using(alias).update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.using(alias).filter(name="Moderators approval").update(active=False)


def _retire_stock_roles(groups):
    """Two sets of roles confuse; Wagtail's own go unless somebody is in them."""
    groups.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
