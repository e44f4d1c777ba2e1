"""The step of a workflow in which an organization approves its own data."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState


class OrganizationApprovalTask(Task):
    """Approved by whoever may publish for the dataset's organization: its admins, its reviewers, superusers.

    Wagtail's own task knows groups only.
    """

    class Meta:
        verbose_name = _("Approval by the organization")
        verbose_name_plural = _("Approvals by the organization")

    def _may_decide(self, dataset: Any, user: Any) -> bool:
        from datasets.policies import can_publish

        return can_publish(user, type(dataset).objects.get(pk=dataset.pk))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self._may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self._may_decide(obj, user)

    user_can_lock = user_can_unlock = user_can_access_editor

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not self._may_decide(obj, user):
            return []
        return [("reject", _("Request changes"), True), ("approve", _("Approve"), False), ("approve", _("Approve with comment"), True)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **options: Any) -> Any:
        from datasets.policies import require

        dataset = task_state.workflow_state.content_object
        require(self._may_decide(dataset, user))
        if action_name == "approve":  # by whichever way: held files would stay behind without a word
            from datasets.services.publication import refuse_undecided

            refuse_undecided(dataset)
        return super().on_action(task_state, user, action_name, **options)

    def get_task_states_user_can_moderate(self, user: Any, **options: Any) -> models.QuerySet[Any]:
        from datasets.selectors import publishable_datasets

        keys = [str(pk) for pk in publishable_datasets(user).values_list("pk", flat=True)]
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=keys)

    @classmethod
    def get_description(cls) -> Any:
        return _("Admins and reviewers of the dataset's organization can approve this task")
