"""What every page has: a summary, a signature, change notes, vocabularies, and one address in all languages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from datasets.vocabularies import Disaggregation, HumanSecurity, Sdg, VocabularyField
from pages.glossary import Glossary
from pages.publishing import CarefulForm, Problems, make_true
from pages.reading import Reading
from pages.selectors.family import family


class Sensitive(models.TextChoices):
    """Whether reading the page can put the reader in danger or to shame."""

    AS_TOPIC = "", _("as its topic")
    YES = "yes", _("yes")
    NO = "no", _("no")


class BasePage(Page):
    """A page in one language; its translations share its slug, its place in the tree and everything that is not text."""

    search_auto_update = False  # Wagtail's index is not used: see portal/staff_search.py

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences: what the reader gets here. Shown in lists and in search."),
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Sample content says so on the page and in every export, and is kept from search engines.")
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=255,
        blank=True,
        help_text=_("Readers see this line with the date of publication. Leave it as it is when nothing changed that matters to them."),
    )
    reviewed_by = models.CharField(
        _("signed by"),
        max_length=150,
        blank=True,
        help_text=_("The person who read this text in this language and stands for it. While empty, the page says that nobody has."),
    )
    sensitive = models.CharField(
        _("sensitive"),
        max_length=3,
        choices=Sensitive.choices,
        blank=True,
        help_text=_("Eviction, violence, illness: the page can be left at once, is kept on no device, and its address stands in no log."),
    )
    sdgs = VocabularyField(Sdg, verbose_name=_("sustainable development goals"))
    human_security = VocabularyField(HumanSecurity, verbose_name=_("human security dimensions"))
    disaggregation = VocabularyField(Disaggregation, verbose_name=_("disaggregation"))

    # Nor is a signature copied with the text.
    exclude_fields_in_copy = ["reviewed_by"]
    # An address is the same in all languages; a signature belongs to one text and is never carried to another.
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("sensitive", overridable=False),
        BaseTranslatableField("reviewed_by"),
    ]
    base_form_class = CarefulForm

    content_panels = [
        *Page.content_panels,
        # Beside the title: a Khmer title makes no address by itself, and a page without one cannot be saved.
        FieldPanel("slug", help_text=_("Latin letters, digits and hyphens.")),
        FieldPanel("summary"),
    ]
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    closing_panels = [
        MultiFieldPanel(
            [FieldPanel("sdgs"), FieldPanel("human_security"), FieldPanel("disaggregation")],
            heading=_("What it is about"),
            help_text=_("The same words that datasets use, so that a text and its data are found together."),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("change_note"), FieldPanel("reviewed_by", read_only=True), FieldPanel("sensitive"), FieldPanel("is_sample")],
            heading=_("For the reader's trust"),
        ),
    ]

    class Meta:
        abstract = True

    @cached_property
    def family(self) -> list[Page]:
        """It, its translations and the pages above them, see `pages.selectors.family`."""
        return family(self)

    @cached_property
    def is_sensitive(self) -> bool:
        """Its own word, else that of the nearest topic above it which says anything."""
        own = [self.sensitive, *(page.topic_sensitive for page in reversed(self.family) if self.path.startswith(page.path))]
        return next((word for word in own if word), "") == Sensitive.YES

    def problems(self) -> Problems:
        """Why the page may not be published, in words, by field. Page types add theirs."""
        return {}

    def publish(self, revision: Any, *args: Any, **options: Any) -> Any:
        """Wagtail's publication, by whichever way it comes. ValidationError where the page is not fit for readers."""
        page = revision.as_object()
        if problems := page.problems():
            raise ValidationError(dict(problems))
        make_true(revision, page, type(self).objects.filter(translation_key=self.translation_key))
        return super().publish(revision, *args, **options)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A sensitive page is kept by no browser and no cache, and tells no other site where its reader came from."""
        request.is_sensitive = self.is_sensitive  # for the log
        response = super().serve(request, *args, **kwargs)
        if self.is_sensitive:
            patch_cache_control(response, no_store=True, private=True)
            response["Referrer-Policy"] = "no-referrer"
        return response

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As this portal shows the page, and as another front end does (`HEADLESS_PREVIEW_URL`)."""
        other = [("headless", _("Other front end"))] if settings.HEADLESS_PREVIEW_URL else []
        return [*super().preview_modes, *other]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name != "headless":
            return super().serve_preview(request, mode_name)
        from pages.drafts import preview_address

        address = preview_address(page=self, user=request.user)
        response = TemplateResponse(request, "pages/admin/other_front_end.html", {"address": address, "page": self})
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"  # the address holds the token
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`reading` says in which language the page is read (`pages.reading.Reading`); the rest is for the shell's head and switch."""
        reading = Reading(self, request)
        return super().get_context(request, *args, **kwargs) | {
            "reading": reading,
            "glossary": Glossary(reading.content_language),
            "language_urls": reading.urls,
            "noindex": reading.noindex,
            "is_sample": self.is_sample,
            "is_sensitive": self.is_sensitive,
        }
