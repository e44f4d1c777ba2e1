"""The shape of the API's question and answer; what OpenAPI shows."""

from rest_framework import serializers

from search.asked import LONGEST_TEXT, SORTS
from search.query import DEEPEST


class SearchParameters(serializers.Serializer[dict[str, object]]):
    """The parameters that take one value; facets may be repeated and are read apart."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_TEXT, help_text="Words, in any language.")
    sort = serializers.ChoiceField(list(SORTS), required=False)
    limit = serializers.IntegerField(required=False, default=20, min_value=0, max_value=100)
    offset = serializers.IntegerField(required=False, default=0, min_value=0, max_value=DEEPEST)


class SearchResult(serializers.Serializer[dict[str, object]]):
    """One match."""

    key = serializers.CharField()
    kind = serializers.CharField()
    language = serializers.CharField(help_text="The language of the title.")
    languages = serializers.ListField(child=serializers.CharField(), help_text="The languages the document speaks.")
    title = serializers.CharField()
    excerpt = serializers.CharField(help_text="HTML: escaped text with <mark> around what matched.")
    excerpt_language = serializers.CharField()
    url = serializers.CharField()
    modified = serializers.DateTimeField()


class SearchFacetValue(serializers.Serializer[dict[str, object]]):
    """A value and how many of the matches have it."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class SearchAnswer(serializers.Serializer[dict[str, object]]):
    """A page of matches."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    relaxed = serializers.BooleanField(help_text="Nothing holds all the words; these hold some of them.")
    results = SearchResult(many=True)
    facets = serializers.DictField(child=SearchFacetValue(many=True))
