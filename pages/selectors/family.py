"""A page, its translations and what stands above them: asked for once, since crumbs, languages and care all need it."""

from django.db.models import Exists, F, OuterRef
from wagtail.models import Page

from .addresses import LANGUAGES
from .variants import public_pages


def family(page: Page) -> list[Page]:
    """`page` and the pages between it and home, in all languages, from the top down; none for one that was never saved.

    Each with `topic_sensitive`, what a topic says of itself (None: it is no topic), and `is_public`.
    """
    if not page.path:
        return []
    own = page.get_ancestors(inclusive=True).filter(depth__gt=1).order_by().values("translation_key")
    public = Exists(public_pages().filter(pk=OuterRef("pk")))
    texts = Page.objects.filter(translation_key__in=own).select_related("locale").order_by("depth")
    return list(texts.annotate(topic_sensitive=F("topicpage__sensitive"), is_public=public))


def languages_of(page: Page, texts: list[Page]) -> list[str]:
    """Codes of the languages in which `page` is published for everybody, Khmer first."""
    found = {text.locale.language_code for text in texts if text.is_public and text.translation_key == page.translation_key}
    return [code for code in LANGUAGES if code in found]
