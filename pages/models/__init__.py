from .base import BasePage
from .change_note import ChangeNote
from .feedback import Feedback, Triage
from .guides import GuidePage, HealthGuide, RightsGuide, ServiceGuide
from .home import HomePage
from .initiatives import InitiativeIndexPage, InitiativePage
from .journey import JourneyPage
from .place import Place, PlaceKind
from .plain import PlainPage
from .term import Term
from .topics import TopicPage

__all__ = [
    "BasePage",
    "ChangeNote",
    "Feedback",
    "GuidePage",
    "HealthGuide",
    "HomePage",
    "InitiativeIndexPage",
    "InitiativePage",
    "JourneyPage",
    "Place",
    "PlaceKind",
    "PlainPage",
    "RightsGuide",
    "ServiceGuide",
    "Term",
    "TopicPage",
    "Triage",
]
