"""A log never says that somebody read a sensitive page."""

import logging
from typing import Any


class MaskSensitivePaths(logging.Filter):
    """Shortens the address in records about a request for a page: to /km/… unless the page is known not to be sensitive."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        # A page that failed before it was found may be any page.
        if match and match.url_name == "wagtail_serve" and getattr(request, "is_sensitive", True):
            shown = f"/{request.path.split('/')[1]}/…"
            message = record.getMessage().replace(request.get_full_path(), shown).replace(request.path, shown)
            record.msg, record.args = message, ()
        return True
