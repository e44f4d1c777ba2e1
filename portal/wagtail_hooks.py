from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.webhooks.admin import Webhooks

register_snippet(Webhooks)


@hooks.register("insert_global_admin_css")
def khmer_in_the_administration() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))
