from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from pages.blocks.relations import STARTING_QUESTIONS
from pages.blocks.text import BODY
from pages.fields import BlocksField
from pages.selectors.addresses import path_of
from pages.selectors.listing import all_in, chosen_in
from pages.selectors.standing_in import moved_to, standing_in, translation_in
from pages.selectors.variants import public_pages

from .base import BasePage
from .initiatives import InitiativePage
from .journey import JourneyPage
from .topics import TopicPage


class HomePage(BasePage):
    """The portal's door in one language."""

    questions = BlocksField(
        STARTING_QUESTIONS,
        blank=True,
        verbose_name=_("questions people come with"),
        help_text=_("In their words, each with its answer."),
    )
    body = BlocksField(BODY, blank=True, verbose_name=_("notices"), help_text=_("What everybody should know now; away when it is over."))

    content_panels = [*BasePage.content_panels, FieldPanel("questions"), FieldPanel("body"), *BasePage.closing_panels]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.TopicPage", "pages.InitiativeIndexPage", "pages.PlainPage"]
    template = "pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page at this address in this language; where it has none of its own for the public, the text that stands in for it.

        One question instead of two for each level of the tree. Wagtail's own way is left for what is not public: it asks for a password.
        """
        below = "".join(f"{component}/" for component in path_components)
        page = public_pages().filter(url_path=self.url_path + below).first()
        if page:
            specific = page.specific
            specific.locale = self.locale  # known: one question less
            return RouteResult(specific)
        if page := standing_in(self, path_components):
            translation = translation_in(page, self)
            return self._moved(path_of(translation, self.locale.language_code)) if translation else RouteResult(page)
        try:
            return super().route(request, path_components)
        except Http404:
            if address := moved_to(self.locale.language_code, path_components):
                return self._moved(address)
            raise

    def _moved(self, address: str) -> RouteResult:
        return RouteResult(self, kwargs={"moved_to": address})

    def serve(self, request: HttpRequest, *args: Any, moved_to: str = "", **kwargs: Any) -> HttpResponse:
        if moved_to:
            return HttpResponsePermanentRedirect(moved_to)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`topics`, `journeys` and `initiatives` (`Item`); `questions`: the question and the `Item` that answers it."""
        context = super().get_context(request, *args, **kwargs)
        language = context["reading"].language
        asked = [(block.value["question"], block.value["page"]) for block in self.questions if block.value["page"]]
        answers = {item.page.translation_key: item for item in chosen_in([page for _, page in asked], language, request)}
        return context | {
            "journeys": all_in(JourneyPage, language, request),
            "topics": all_in(TopicPage, language, request),
            "initiatives": sorted(all_in(InitiativePage, language, request), key=lambda item: item.page.position),
            "questions": [(question, answers[page.translation_key]) for question, page in asked if page.translation_key in answers],
        }
