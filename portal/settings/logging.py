"""Logs for an operator, on standard error: no network address, no query string, no search words, so that nothing about a reader is kept."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "portal.request_id.RequestIdFilter"},
        "sensitive": {"()": "portal.masking.MaskSensitivePaths"},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} [{request_id}] {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["request_id", "sensitive"], "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # A 404 is a reader's mistyped address, not an event.
        "django.request": {"level": "ERROR"},
        # These two write addresses of people or of queries at lower levels.
        "axes": {"level": "CRITICAL"},
        "elastic_transport": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
