from .ambassador import Ambassador
from .base import BasePage
from .change_note import ChangeNote
from .commitment import Commitment
from .event import Event
from .feedback import Feedback, Triage
from .guides import GuidePage, HealthGuide, RightsGuide, ServiceGuide
from .home import HomePage
from .initiatives import InitiativeIndexPage, InitiativePage
from .journey import JourneyPage
from .notice import Notice
from .place import Place, PlaceKind
from .place_import import PlaceImport
from .plain import PlainPage
from .record import Record
from .term import Term
from .topics import TopicPage

RECORDS: dict[str, type[Record]] = {model.register: model for model in (Commitment, Notice, Event, Ambassador)}
