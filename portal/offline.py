"""What a device keeps: the list of saved pages, shown without a network too, and what a telephone needs to put the site on its screen."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Filled by `keep.js` from the device; the server does not know what is saved."""
    return render(request, "portal/saved.html", {"noindex": True})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """W3C Web Application Manifest in the language of the address."""
    language = get_language()
    icons = [{"src": static(f"portal/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    content = {
        "id": "/",
        "name": _("Sihanoukville for All"),
        "short_name": _("Sihanoukville"),
        "description": _("Rights, services and open data for the people of Sihanoukville."),
        "lang": language,
        "start_url": f"/{language}/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fcfbf7",
        "theme_color": "#eaf1f2",
        "icons": [*icons, icons[1] | {"purpose": "maskable"}, {"src": static("portal/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        "shortcuts": [{"name": _("Saved on this device"), "url": f"/{language}/saved/"}],
    }
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
