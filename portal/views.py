"""The shell's own answers: the root, and what is said when something goes wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from datasets.tabular import TableLost
from datasets.tombstones import tombstone_at
from portal.api.problems import LOST_TABLE, problem_response
from portal.middleware import UNPREFIXED


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the reader's language: the browser's first choice among ours, else Khmer."""
    response = HttpResponseRedirect(f"/{getattr(request, 'LANGUAGE_CODE', settings.LANGUAGE_CODE)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /*/search/
Disallow: /*/resource/*?

Sitemap: {site}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read (RFC 9309) but what is made anew for each question: searches and filtered tables."""
    return HttpResponse(ROBOTS.format(site=settings.SITE_URL.rstrip("/")), content_type="text/plain; charset=utf-8")


# What is wrong, and what to do: by status.
PROBLEMS = {
    400: (
        gettext_lazy("The request could not be understood"),
        gettext_lazy("Something in the address or the form was not in the expected shape. Go back and try once more."),
    ),
    403: (
        gettext_lazy("You may not open this page"),
        gettext_lazy("It is for people with a certain role. If you work on this site, sign in with your own account."),
    ),
    404: (
        gettext_lazy("There is nothing at this address"),
        gettext_lazy(
            "The page may have moved or been taken down, or the address has a typing mistake. Search for it, or start from the home page."
        ),
    ),
    429: (
        gettext_lazy("Too many requests came from your network"),
        gettext_lazy("Wait a minute, then open this page again. The other pages can be read meanwhile."),
    ),
    503: (
        gettext_lazy("This table is being prepared"),
        gettext_lazy("The table is being prepared. Try again in a few minutes; the original file can be downloaded."),
    ),
}


def refuse(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """A page for people, with the words of `PROBLEMS`; for machines JSON with `message`."""
    if UNPREFIXED.search(request.path_info) and not request.path_info.startswith("/admin"):
        return problem_response(status, message)
    heading, lead = PROBLEMS[status]
    return render(request, "problem.html", {"noindex": True, "status": status, "heading": heading, "lead": lead}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 400, _("The request could not be understood."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 403, _("You may not do this."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """410 where data stood that were withdrawn, with the reason."""
    if tombstone := tombstone_at(request.path_info):
        if UNPREFIXED.search(request.path_info):
            return problem_response(410, _("These data were withdrawn"), **tombstone.for_programs())
        return render(request, "410.html", {"noindex": True, "tombstone": tombstone}, status=410)
    return refuse(request, 404, _("There is nothing at this address."))


class LostTableMiddleware(MiddlewareMixin):
    """503 in words where the table behind a page is missing or damaged; the timetable writes it anew."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, 503, str(LOST_TABLE)) if isinstance(exception, TableLost) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that could be broken: no database, no template, no catalogue."""
    if UNPREFIXED.search(request.path_info) and not request.path_info.startswith("/admin"):
        return problem_response(500, "Something went wrong on our side. Try again in a few minutes.")
    return HttpResponse((settings.BASE_DIR / "portal" / "templates" / "500.html").read_bytes(), status=500)
