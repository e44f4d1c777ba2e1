"""Webhooks in the administration: a superuser's."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from datasets.admin.listed import ListedViewSet

from .models import Delivery, Webhook


class _SuperusersOnly(ModelPermissionPolicy):
    """Whatever groups are given: an address that is told everything is no editor's to choose."""

    actions = ("add", "change", "delete", "view")

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser and action in self.actions)


class _LookedAt(_SuperusersOnly):
    actions = ("view",)


register_permission_policy(Webhook, _SuperusersOnly(Webhook))
register_permission_policy(Delivery, _LookedAt(Delivery))


class WebhookViewSet(ListedViewSet):
    model = Webhook
    icon = "link-external"
    menu_label = _("Addresses")
    list_display = ["address", "active"]
    panels = [FieldPanel("address"), FieldPanel("secret"), FieldPanel("active")]


class DeliveryViewSet(ListedViewSet):
    model = Delivery
    icon = "mail"
    menu_label = _("Messages")
    list_display = ["event", "webhook", "created", "problem", "delivered"]
    list_filter = ["webhook", "event"]
    inspect_view_enabled = True
    inspect_view_fields = ["event", "webhook", "payload", "attempts", "problem", "created", "delivered", "gave_up"]
    panels: list[Any] = []


class Webhooks(SnippetViewSetGroup):
    items = (WebhookViewSet, DeliveryViewSet)
    menu_icon = "link-external"
    menu_label = _("Webhooks")
    menu_name = "webhooks"
    menu_order = 900
