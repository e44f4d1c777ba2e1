"""An example of every kind of page that people are shown, complete by construction: `test_every_page.py` fails when one is missing here."""

from collections.abc import Iterator
from typing import Any

import requests
from django.urls import LocalePrefixPattern, URLPattern, get_resolver

COMMUNES = "cambodia-communes-districts-provinces"
POOR = "commune-idpoor-households"
# Routes below the language that answer no page: what they answer is for programs, or leads to a page.
NO_PAGES = {
    "manifest",
    "api/action/<str:name>",
    "api/3/action/<str:name>",
    "search-outcome",
    "places/",
    "records-feed",
    "records-calendar",
    "record-calendar",
    "wagtail_serve",  # the page types of Wagtail, below
    "wagtailcore_authenticate_with_password",  # no page of ours is behind a password
    "wagtailcore_login",
}
# Page type, as the API calls it -> addresses below the language.
BY_PAGE_TYPE = {
    "home": [""],
    "topic": ["land-and-housing/"],
    "service_guide": ["services/ask-for-information/"],
    "rights_guide": ["land-and-housing/eviction-notice/", "land-and-housing/eviction-notice/?sheet", "land-and-housing/land-registration/"],
    "health_guide": ["health/child-vaccination/", "health/child-vaccination/?commune=nowhere"],
    "journey": ["health/child-to-vaccinate/"],
    "initiative_index": ["initiatives/"],
    "initiative": ["initiatives/housing-and-land-tenure/", "initiatives/community-health/"],
    "plain": ["about/", "accessibility/"],
}


def routes(patterns: list[Any] | None = None) -> Iterator[str]:
    """The names of the routes below the language prefix, or how they are written where they have none."""
    if patterns is None:
        patterns = [one for one in get_resolver().url_patterns if isinstance(one.pattern, LocalePrefixPattern)]
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one.name or str(one.pattern)
        else:
            yield from routes(one.url_patterns)


def first(city: str, address: str, **parameters: str) -> dict[str, Any]:
    """The first row of a list of the API."""
    answer = requests.get(f"{city}/api/v1/{address}/", {"limit": "1", **parameters}, timeout=60).json()
    return answer["results"][0]


def by_route(city: str) -> dict[str, list[str]]:
    """Route -> addresses below the language, with the states that look different."""
    resource = requests.get(f"{city}/api/v1/datasets/{COMMUNES}/", timeout=60).json()["resources"][0]["id"]
    table = f"dataset/{COMMUNES}/resource/{resource}/"
    version = first(city, f"resources/{resource}/versions")["id"]
    return {
        "api-documentation": ["api/"],
        "saved": ["saved/"],
        "dataset-list": ["dataset/", "dataset/?q=qzqzqzqz"],
        "dataset": [f"dataset/{COMMUNES}/", f"dataset/{POOR}/"],
        "resource": [table, f"{table}?has.name_km=កំពង់", f"{table}?row=3"],
        "report": [f"{table}report/"],
        "join": [f"{table}join/", f"{table}join/?with=-"],
        "version": [f"version/{version}/"],
        "changes": [f"version/{version}/changes/"],
        "chart": [f"chart/{first(city, 'charts')['id']}/"],
        "organization-list": ["organization/"],
        "organization": [f"organization/{first(city, 'organizations')['name']}/"],
        "quality": ["quality/"],
        "sql": ["sql/", f'sql/?q=SELECT+*+FROM+"{resource}"+LIMIT+3', "sql/?q=SELECT"],
        "group-list": ["group/"],
        "group": [f"group/{first(city, 'groups')['name']}/"],
        "search": ["search/?q=ដីធ្លី", "search/?q=land&kind=dataset", "search/?q=qzqzqzqz"],
        "feedback": [],  # shown only to somebody who answers: test_errors.py goes there
        "gaps": ["gaps/"],
        "gap": [f"gaps/{first(city, 'needs')['id']}/"],
        "reviews": ["reviews/"],
        "places": ["place/", "place/?commune=nowhere"],
        "place": [f"place/{first(city, 'places')['id']}/"],
        "records": ["commitments/", "notices/", "events/", "ambassadors/"],
        "record": [f"{name}/{first(city, name)['id']}/" for name in ("commitments", "notices", "events", "ambassadors")],
    }


def every_page(city: str) -> list[str]:
    """The addresses below the language of all of them, and of what is said when there is nothing."""
    routed = [path for paths in by_route(city).values() for path in paths]
    return [*(path for paths in BY_PAGE_TYPE.values() for path in paths), *routed, "nowhere/"]
