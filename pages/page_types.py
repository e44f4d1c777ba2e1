"""The page types under the names that the API and search use."""

from pages import models
from pages.models import BasePage

PAGE_TYPES: dict[str, type[BasePage]] = {
    "home": models.HomePage,
    "topic": models.TopicPage,
    "service_guide": models.ServiceGuide,
    "rights_guide": models.RightsGuide,
    "health_guide": models.HealthGuide,
    "journey": models.JourneyPage,
    "initiative_index": models.InitiativeIndexPage,
    "initiative": models.InitiativePage,
    "plain": models.PlainPage,
}
_NAMES = {model: name for name, model in PAGE_TYPES.items()}


def type_name(page: BasePage) -> str:
    """The public name of the page's type."""
    return _NAMES[type(page)]
