"""What is counted of a question, if anything: a stamp on the results page that its script sends back, and what the counts say.

Nothing of who asks: a question, a day, how much was found, opened or not. Nothing at all where sensitive texts are found.
"""

import re
from datetime import date, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Max, Q, QuerySet, Sum
from django.utils.timezone import localdate

from .asked import Asked
from .models import Outcome
from .query import Results
from .text import normalise

# Below this nobody sees a question: it may be somebody's own.
SEEN_BY_EDITORS = 3
TOP = 5  # a question with a sensitive text among so many first results is not counted
KEPT = timedelta(days=90)
_LIKE_A_PERSON = re.compile(r"@|\d(?:[ .-]?\d){5}")  # addresses; numbers of telephones and cards
_signer = Signer(salt="search.outcome")


class Stale(Exception):
    """Not a stamp of ours, or not of today."""


def stamp(asked: Asked, found: Results, language: str) -> str:
    """The question, its language, what it found and the day, signed; "" for what is not counted."""
    question = " ".join(normalise(asked.text).lower().split())
    if not question or any(asked.chosen.values()) or _LIKE_A_PERSON.search(question):
        return ""
    if any(hit.extra.get("sensitive") for hit in found.hits[:TOP]):
        return ""
    total = 0 if found.corrected or found.relaxed else found.total
    return _signer.sign_object([question, language, total, localdate().isoformat()])


def read_stamp(text: str) -> tuple[str, str, int]:
    """(question, language, results). Stale."""
    try:
        question, language, hits, day = _signer.unsign_object(text)
    except (BadSignature, ValueError, TypeError) as error:
        raise Stale from error
    if date.fromisoformat(day) < localdate() - timedelta(days=1):
        raise Stale
    return question, language, hits


def questions() -> "QuerySet[Outcome, dict[str, Any]]":
    """What readers ask, most often first: `searches`, `unanswered` and `clicks` of each question that enough people asked."""
    since = Outcome.objects.filter(day__gt=localdate() - KEPT).order_by()
    counted = since.values("query", "language").annotate(
        searches=Sum("searches"), unanswered=Sum("unanswered"), clicks=Sum("clicks"), last=Max("day")
    )
    return counted.filter(searches__gte=SEEN_BY_EDITORS).order_by("-searches", "query")


NO_RESULT, NO_CLICK = Q(unanswered__gt=0), Q(clicks=0, unanswered=0)
