from .base import BasePage
from .change_note import ChangeNote
from .guides import GuidePage, HealthGuide, RightsGuide, ServiceGuide
from .home import HomePage
from .initiatives import InitiativeIndexPage, InitiativePage
from .place import Place
from .plain import PlainPage
from .topics import TopicPage

__all__ = [
    "BasePage",
    "ChangeNote",
    "GuidePage",
    "HealthGuide",
    "HomePage",
    "InitiativeIndexPage",
    "InitiativePage",
    "Place",
    "PlainPage",
    "RightsGuide",
    "ServiceGuide",
    "TopicPage",
]
