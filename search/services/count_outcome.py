"""Counting what questions come to, by day."""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from search.models import Outcome
from search.outcomes import KEPT

# More than people ask: a program is playing.
MOST_A_DAY, MOST_QUESTIONS = 1000, 5000


@transaction.atomic
def count_outcome(*, question: str, language: str, hits: int, clicked: bool) -> None:
    """A question was answered with `hits` results, or (`clicked`) one of them was opened. Nothing beyond MOST_A_DAY a question."""
    today = Outcome.objects.filter(day=localdate())
    mine = today.filter(query=question[:200], language=language)
    if clicked:
        mine.filter(clicks__lt=F("searches")).update(clicks=F("clicks") + 1)
    elif not mine.filter(searches__lt=MOST_A_DAY).update(searches=F("searches") + 1, unanswered=F("unanswered") + int(not hits)) and (
        not mine.exists() and today.count() < MOST_QUESTIONS
    ):
        Outcome.objects.create(day=localdate(), query=question[:200], language=language, searches=1, unanswered=int(not hits))


def forget_outcomes() -> None:
    """Drop counts older than KEPT."""
    Outcome.objects.filter(day__lte=localdate() - KEPT).delete()
