"""Was this page useful? Two small forms without a session: the vote, under every page, and then what was missing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from pages.services.record_feedback import LONGEST, TooMuchFeedback, add_missing, record_feedback
from pages.stamps import Stale, TooFast, answer_stamp, read_answer_stamp, read_page_stamp

TRAP = "website"  # a field that people do not see


@csrf_exempt  # in the place of a cookie stands the stamp: it says which page was read, and was made by us not long ago
@never_cache
def feedback(request: HttpRequest) -> HttpResponse:
    """The next form, or thanks. A robot is thanked too, and nothing of it is kept."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/{get_language()}/")
    if request.POST.get(TRAP) or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return _page(request, done=True)
    return _words(request) if "answer" in request.POST else _vote(request)


def _vote(request: HttpRequest) -> HttpResponse:
    try:
        path, is_sensitive = read_page_stamp(request.POST.get("stamp", ""))
        kept = record_feedback(path=path, useful=request.POST.get("useful") == "yes")
    except Stale:
        return _page(request, status=400, errors={"": _("This page was open for too long. Load it again, then answer.")})
    except TooMuchFeedback:
        return _page(request, status=429, errors={"": _("So many answers came in the last hour that we keep no more. Try again later.")})
    return _page(request, path=path, is_sensitive=is_sensitive, answer=answer_stamp([kept.pk, path, is_sensitive]))


def _words(request: HttpRequest) -> HttpResponse:
    text, stamp = request.POST.get("missing", ""), request.POST.get("answer", "")
    try:
        kept, path, is_sensitive = read_answer_stamp(stamp)
    except Stale:
        return _page(request, status=400, text=text, errors={"": _("This page was open for too long. Load it again, then answer.")})
    except TooFast:
        return _page(request, status=400, text=text, answer=stamp, errors={"missing": _("That was very fast. Press “Send” once more.")})
    if len(text) > LONGEST:
        problem = _("This is too long: at most %(count)d characters. Shorten it and send it again.") % {"count": LONGEST}
        return _page(request, status=400, text=text, answer=stamp, errors={"missing": problem}, path=path, is_sensitive=is_sensitive)
    add_missing(feedback_id=kept, text=text)
    return _page(request, done=True, path=path, is_sensitive=is_sensitive)


def _page(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "pages/feedback.html", {"noindex": True, "longest": LONGEST, **context}, status=status)
