"""The workflow "Data moderation": one step, approved by the dataset's own organization."""

from django.db import migrations

NAME = "Data moderation"


def add(apps, schema_editor):
    alias = schema_editor.connection.alias
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    task_kind, _created = kinds.get_or_create(app_label="datasets", model="organizationapprovaltask")
    dataset_kind, _created = kinds.get_or_create(app_label="datasets", model="dataset")
    workflow = apps.get_model("wagtailcore", "Workflow").objects.using(alias).create(name=NAME, active=True)
    task = (
        apps.get_model("datasets", "OrganizationApprovalTask")
        .objects.using(alias)
        .create(name="Approval by the organization", content_type=task_kind, active=True)
    )
    apps.get_model("wagtailcore", "WorkflowTask").objects.using(alias).create(workflow=workflow, task_id=task.pk, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.using(alias).create(workflow=workflow, content_type=dataset_kind)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0003_roles")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
