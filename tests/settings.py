"""The portal's own settings, with everything it writes in a folder of its own, never in the portal's var/."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["VAR_DIR"] = _folder
os.environ["ALLOWED_HOSTS"] = "localhost 127.0.0.1 testserver"
os.environ["API_RATE_LIMIT"] = "0"
os.environ["ELASTICSEARCH_INDEX"] = f"test-{os.getpid()}"

from portal.settings import *  # noqa: E402, F403

# Only what would cost seconds and prove nothing differs from the site that people use.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
