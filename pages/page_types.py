"""The page types under the names that the API and search use."""

from pages.models import (
    BasePage,
    HealthGuide,
    HomePage,
    InitiativeIndexPage,
    InitiativePage,
    JourneyPage,
    PlainPage,
    RightsGuide,
    ServiceGuide,
    TopicPage,
)

PAGE_TYPES: dict[str, type[BasePage]] = {
    "home": HomePage,
    "topic": TopicPage,
    "service_guide": ServiceGuide,
    "rights_guide": RightsGuide,
    "health_guide": HealthGuide,
    "journey": JourneyPage,
    "initiative_index": InitiativeIndexPage,
    "initiative": InitiativePage,
    "plain": PlainPage,
}
_NAMES = {model: name for name, model in PAGE_TYPES.items()}


def type_name(page: BasePage) -> str:
    """The public name of the page's type."""
    return _NAMES[type(page)]
