"""The only place where the rooms' routes meet."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pages.sitemap import sitemap
from portal import health, offline
from portal.api.urls import localized_urlpatterns as api_documentation
from portal.views import robots, root

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("", root, name="root"),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("", include("portal.api.urls")),
    path("admin/reports/", include("datasets.admin.moderation_reports")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("datasets.download_urls")),
    # Pictures as shown, never the files they were made from; a changed picture has another name.
    re_path(r"^media/(?P<path>images/[^/]+)$", cache_control(public=True, max_age=31536000)(serve), {"document_root": settings.MEDIA_ROOT}),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    # As CKAN writes Chinese.
    re_path(r"^zh_Hans_CN/(?P<rest>.*)$", RedirectView.as_view(url="/zh-hans/%(rest)s", query_string=True)),
    *i18n_patterns(
        *api_documentation,
        path("saved/", offline.saved, name="saved"),
        path("manifest.webmanifest", offline.manifest, name="manifest"),
        path("", include("datasets.urls")),
        path("", include("search.urls")),
        path("", include("pages.urls")),
        path("", include("pages.serving")),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]
