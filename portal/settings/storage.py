"""Where things are kept: all under VAR_DIR. Truth are the database, files/, media/ and the key; the rest is rebuilt."""

import dj_database_url

from .environment import BASE_DIR, VAR_DIR, integer

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Django's own defaults lose writes under concurrency: BEGIN DEFERRED cannot wait for a lock it has to upgrade.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FILES_DIR = VAR_DIR / "files"
# Uploads wait here until they are kept; the timetable removes what was cut off.
FILE_UPLOAD_TEMP_DIR = FILES_DIR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
PARQUET_DIR = VAR_DIR / "parquet"
CHARTS_DIR = VAR_DIR / "charts"
SEARCH_INDEX_DIR = VAR_DIR / "index"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ROOT = BASE_DIR / "portal" / "root_files"  # a service worker rules only what lies below its own address
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Whole pages, some 8 kB each: in each web process, so that nothing stands on a disk and a restart forgets all. `portal.page_cache`.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 900,
        "OPTIONS": {"MAX_ENTRIES": integer("PAGE_CACHE_ENTRIES", 2000)},
    },
}
PAGE_CACHE = bool(CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"])  # type: ignore[index]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
