"""The machine-readable side: who may call, how errors look, what the OpenAPI document says."""

from corsheaders.defaults import default_headers

from .environment import integer
from .security import SITE_URL

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["datasets.api.authentication.TokenAuthentication"],
    "EXCEPTION_HANDLER": "portal.api.problems.exception_handler",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "datasets.api.negotiation.AlwaysJSON",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sihanoukville for All",
    "DESCRIPTION": "Pages, datasets, files and their rows, and search. Reading needs no key. Times carry their offset.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "SERVERS": [{"url": SITE_URL}],
    "PREPROCESSING_HOOKS": ["portal.api.schema.only_ours"],
    "POSTPROCESSING_HOOKS": ["portal.api.schema.with_problems", "portal.api.examples.with_examples"],
    "AUTHENTICATION_WHITELIST": [],
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/([a-z-]+/(?=api/))?(api|datastore|resource|version|dataset/[^/]+/resource)(/.*)?$"
CORS_ALLOW_HEADERS = [*default_headers, "x-ckan-api-key", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "Link", "Content-Disposition", "Retry-After", "X-Row-Count", "RateLimit", "RateLimit-Policy"]
API_RATE_LIMIT = integer("API_RATE_LIMIT", 6000)  # a minute from one address without a token; 0: no limit

# Seconds between two questions to a catalogue that is harvested; a site's robots.txt may ask for more.
HARVEST_PAUSE_SECONDS = integer("HARVEST_PAUSE_SECONDS", 1)
