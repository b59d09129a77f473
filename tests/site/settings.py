"""The site's settings under test: the same, in a folder of their own, without what would only take time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before the real settings read the environment. A run on PostgreSQL sets MUFAKAT_DATABASE_URL itself.
os.environ["MUFAKAT_DATA"] = tempfile.mkdtemp(prefix="mufakat-test-")
# The library that drives a browser keeps an event loop in the thread of the test, which is not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ.setdefault("MUFAKAT_SECRET_KEY", "only-for-tests-" + "x" * 40)

from mufakat.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(Path(os.environ["MUFAKAT_DATA"]) / "static").mkdir()
MEDIA_ROOT = Path(os.environ["MUFAKAT_DATA"]) / "files"
ALLOWED_HOSTS = ["*"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STATIC_ROOT = Path(os.environ["MUFAKAT_DATA"]) / "static"
STATIC_ROOT.mkdir(exist_ok=True)
