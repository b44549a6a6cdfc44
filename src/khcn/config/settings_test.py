"""Settings of the tests: the product's own, on throw-away data, with the network closed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from khcn.config.settings import *  # noqa: F403 (the tests run on the product's settings)
from khcn.config.settings import DATABASES

DATA_DIR = Path(tempfile.mkdtemp(prefix="khcn-test-"))
FILES_DIR = DATA_DIR / "files"
SEARCH_DIR = DATA_DIR / "search"
MAIL_DIR = DATA_DIR / "mail"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
WHITENOISE_USE_FINDERS = True
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["NAME"] = str(DATA_DIR / "khcn.sqlite3")
    # On a file, as in the product: threads of one test share it.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
