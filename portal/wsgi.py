import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from portal.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # the views are loaded now, not by the first reader
settle()
