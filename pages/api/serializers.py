"""The shape of the API's questions and answers about pages; what OpenAPI shows."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from datasets.api.fields import Sparse
from pages.page_types import PAGE_TYPES

LANGUAGES = [code for code, _ in settings.LANGUAGES]


class PageParameters(serializers.Serializer[dict[str, Any]]):
    """How a list of pages can be narrowed."""

    type = serializers.ChoiceField(list(PAGE_TYPES), required=False)
    locale = serializers.ChoiceField(LANGUAGES, required=False, help_text="Only texts in this language.")
    topic = serializers.SlugField(required=False, help_text="Slug of a topic: only what stands below it.")
    q = serializers.CharField(required=False, allow_blank=True, max_length=200, help_text="Words, in any language; best match first.")
    path = serializers.CharField(
        required=False, max_length=500, help_text="As in the browser (/km/health/): that one page, in its source language if need be."
    )


class PageListed(Sparse):
    """A page in a list."""

    id = serializers.IntegerField()
    type = serializers.ChoiceField(list(PAGE_TYPES))
    language = serializers.ChoiceField(LANGUAGES)
    title = serializers.CharField()
    summary = serializers.CharField()
    slug = serializers.CharField()
    path = serializers.CharField()
    url = serializers.URLField()
    is_sample = serializers.BooleanField(help_text="Sample content, for show: not to be relied on.")
    published = serializers.DateTimeField(allow_null=True)
    modified = serializers.DateTimeField(allow_null=True)


class ChangeNoteShown(serializers.Serializer[dict[str, Any]]):
    """What changed, and when."""

    date = serializers.DateTimeField()
    note = serializers.CharField()


class TermShown(serializers.Serializer[dict[str, Any]]):
    """A word that not everybody knows."""

    term = serializers.CharField()
    explanation = serializers.CharField()
    source = serializers.URLField(allow_null=True)


class PageDetailed(PageListed):
    """A page with everything readers see."""

    is_sensitive = serializers.BooleanField(
        help_text="Reading it can put the reader in danger: keep it on no device, log no address, offer a way out at once."
    )
    signed_by = serializers.CharField(allow_null=True, help_text="Who read this text in this language and stands for it; null: nobody.")
    change_notes = ChangeNoteShown(many=True)
    sdgs = serializers.ListField(child=serializers.CharField())
    human_security = serializers.ListField(child=serializers.CharField())
    disaggregation = serializers.ListField(child=serializers.CharField())
    translations = PageListed(many=True, help_text="The same text in all languages in which it is published, this one included.")
    content = serializers.DictField(help_text="The fields of the page's type. Texts are HTML; lists are blocks: type, id, value.")
    terms = TermShown(many=True, help_text="What unusual words of this page mean, in the order in which they are met.")
    is_fallback = serializers.BooleanField(required=False, help_text="With `path`: the text is not in the language of the path.")
    address = serializers.CharField(required=False, help_text="With `path`: where the page is read in the language of the path.")
    redirected_from = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="With `path`: the page has moved to `address`; lead readers there (301). Null: it has not.",
    )
