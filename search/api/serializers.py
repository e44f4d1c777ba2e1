"""The shape of the API's question and answer; what OpenAPI shows."""

from rest_framework import serializers

from search.asked import LONGEST_TEXT, SORTS
from search.documents import LANGUAGES
from search.query import DEEPEST


class SearchParameters(serializers.Serializer[dict[str, object]]):
    """The parameters that take one value; facets may be repeated and are read apart."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_TEXT, help_text="Words, in any language.")
    sort = serializers.ChoiceField(list(SORTS), required=False)
    limit = serializers.IntegerField(required=False, default=20, min_value=0, max_value=100)
    offset = serializers.IntegerField(required=False, default=0, min_value=0, max_value=DEEPEST)


class SearchFoundValue(serializers.Serializer[dict[str, object]]):
    """A cell value that the question names."""

    value = serializers.CharField()
    url = serializers.CharField(help_text="The table's page, filtered to the rows with this value.")


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
    values = SearchFoundValue(many=True, help_text="What the question names in the data itself.")


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
    corrected = serializers.CharField(help_text="Nothing was found; these are results for this spelling. Empty: for the words as given.")
    results = SearchResult(many=True)
    facets = serializers.DictField(child=SearchFacetValue(many=True))


class SuggestionParameters(serializers.Serializer[dict[str, object]]):
    """What was typed so far."""

    q = serializers.CharField(
        allow_blank=True, max_length=LONGEST_TEXT, help_text="The beginning of a title or of a word in it, in any script."
    )
    language = serializers.ChoiceField(list(LANGUAGES), required=False, help_text="The reader's; else that of `Accept-Language`.")


class SearchSuggestion(serializers.Serializer[dict[str, object]]):
    """A title that begins so."""

    title = serializers.CharField()
    language = serializers.CharField(help_text="The language of the title.")
    kind = serializers.CharField()
    url = serializers.CharField()


class SuggestionAnswer(serializers.Serializer[dict[str, object]]):
    """At most eight."""

    suggestions = SearchSuggestion(many=True)
