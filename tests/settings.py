"""The desk's settings as the tests see them: nothing of the caller's environment, and no detour that costs time."""

import os
import tempfile
from pathlib import Path

for _name in list(os.environ):
    if _name.startswith(("WATCHKEEPER_", "DATABASE_")):
        del os.environ[_name]
os.environ["WATCHKEEPER_SECRET_KEY"] = "the tests sign with this"
os.environ["WATCHKEEPER_VAR"] = str(Path(tempfile.gettempdir()) / f"watchkeeper-tests-var-{os.geteuid()}")

from watchkeeper.config.settings import *  # noqa: E402, F403
from watchkeeper.config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# Each connection is the test's own: a pool would only stand between it and the transaction it is rolled back with.
DATABASES["default"]["OPTIONS"].pop("pool")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
