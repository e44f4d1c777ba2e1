"""Publishing from the translation editor, which has no workflow of its own: only for those who may publish, and only when complete."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import MissingTranslationError, Translation
from wagtail_localize.views.edit_translation import upload_pofile
from wagtail_localize.views.update_translations import UpdateTranslationsView

from pages.admin.careful import warn_of_differences
from pages.services.publish_translation import publish_translation

MARK = b"X-WagtailLocalize-TranslationID"


def publish_from_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What "Publish" in the translation editor does, in place of wagtail-localize's own (which fills gaps with source text)."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = Translation.objects.filter(source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True).first()
    if translation is None:
        return None
    publish_with_message(request, translation, page)
    return redirect("wagtailadmin_pages:edit", page.pk)


def publish_with_message(request: HttpRequest, translation: Translation, page: Page) -> None:
    """Publish and say what happened. PermissionDenied for those who may not."""
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    names = {"title": str(page), "language": translation.target_locale.get_display_name()}
    try:
        publish_translation(source=translation.source, locale=translation.target_locale, user=request.user)
    except MissingTranslationError as error:
        text = error.segment.string.data[:80]
        messages.error(
            request,
            _("“%(title)s” is not published in %(language)s: a text is not translated yet, or has an error. The first: %(text)s")
            % {**names, "text": text},
        )
    except ValidationError as error:
        messages.error(request, _("“%(title)s” is not published in %(language)s.") % names + " " + " ".join(error.messages))
    else:
        messages.success(request, _("“%(title)s” is published in %(language)s.") % names)
        page.refresh_from_db()
        warn_of_differences(request, page)


def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """wagtail-localize's own import, for files that it can tell apart: a PO file without its mark would end in an error page."""
    file = request.FILES.get("file")
    if file and MARK in file.read():
        file.seek(0)
        return upload_pofile(request, translation_id)
    messages.error(
        request,
        _("This is no PO file of this translation. Download the PO file here, fill in what is missing, and upload the same file again."),
    )
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


class CompleteUpdateTranslationsView(UpdateTranslationsView):
    """ "Sync translated pages": brings new source texts to the translators; publishes only what is complete, for those who may."""

    def get_form(self) -> Any:
        form = super().get_form()
        form.fields["publish_translations"].help_text = gettext_lazy(
            "Publishes the translations that are complete. A translation with a new text waits for its translator."
        )
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        publish, form.cleaned_data["publish_translations"] = form.cleaned_data["publish_translations"], False
        response: HttpResponse = super().form_valid(form)
        if publish:
            for translation in self.object.translations.filter(enabled=True).select_related("target_locale"):
                page = translation.get_target_instance()
                publish_with_message(self.request, translation, page)
        return response
