"""Keeping a reader's word on a page, and nothing about the reader."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pages.models import Feedback
from pages.selectors.addresses import LANGUAGES

A_PAGE_AN_HOUR = 30
AN_HOUR = 300
LONGEST = 1000


class TooMuchFeedback(Exception):
    """More came in the last hour than people send: for a while nothing more is kept."""


@transaction.atomic
def record_feedback(*, path: str, useful: bool) -> Feedback:
    """A vote on the page at `path` (with its language). TooMuchFeedback instead of an address list of those who send too much."""
    head, _, rest = path.lstrip("/").partition("/")
    language, rest = (head, rest) if head in LANGUAGES else ("", path.lstrip("/"))
    lately = Feedback.objects.filter(created__gte=timezone.now() - timedelta(hours=1))
    if lately.count() >= AN_HOUR or lately.filter(path=rest).count() >= A_PAGE_AN_HOUR:
        raise TooMuchFeedback
    return Feedback.objects.create(path=rest, language=language, useful=useful)


@transaction.atomic
def add_missing(*, feedback_id: int, text: str) -> None:
    """What was missing, once, in the reader's words (at most LONGEST characters). A vote that is gone, or has its words, stays as it is."""
    Feedback.objects.filter(pk=feedback_id, missing="").update(missing=text.strip()[:LONGEST])
