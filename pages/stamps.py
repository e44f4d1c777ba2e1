"""Signed, expiring stamps instead of a session: a form without one, with an old one, or filled in too fast, was not sent by a reader.

The stamp in a page that caches keep is the same for everybody and changes once an hour; the one in the answer to it is made at once.
"""

import time
from typing import Any

from django.core.signing import BadSignature, Signer, TimestampSigner

HOUR = 3600
PAGE_HOURS = 48
LEAST_SECONDS, MOST_SECONDS = 2, 2 * HOUR
_page = Signer(salt="pages.feedback.page")
_answer = TimestampSigner(salt="pages.feedback.answer")


class Stale(Exception):
    """The stamp is too old, or not one of ours."""


class TooFast(Exception):
    """Nobody writes that quickly."""


def page_stamp(path: str, *, is_sensitive: bool = False) -> str:
    return _page.sign_object([path, is_sensitive, int(time.time()) // HOUR])


def read_page_stamp(stamp: str) -> tuple[str, bool]:
    """(path, whether the page is sensitive). Stale."""
    try:
        path, is_sensitive, hour = _page.unsign_object(stamp)
    except (BadSignature, ValueError, TypeError) as error:
        raise Stale from error
    if not 0 <= time.time() // HOUR - hour <= PAGE_HOURS:
        raise Stale
    return path, is_sensitive


def answer_stamp(content: Any) -> str:
    return _answer.sign_object([content, int(time.time())])


def read_answer_stamp(stamp: str) -> Any:
    """What was signed. Stale, TooFast."""
    try:
        content, made = _answer.unsign_object(stamp, max_age=MOST_SECONDS)
    except (BadSignature, ValueError, TypeError) as error:
        raise Stale from error
    if time.time() - made < LEAST_SECONDS:
        raise TooFast
    return content
