"""The site's settings for tests: whatever the shell says, with quick passwords and a quick server."""

import os

# Before the import: only where the data lie and which database is used may come from outside.
for name in (
    *("ALLOWED_HOSTS", "CACHE_URL", "DATABASE_POOL", "DEBUG", "DEMO", "HTTPS", "PORT", "RELATIONSHIP"),
    *("REPLICA_URL", "TIME_ZONE", "IMAGE_MAX_MEGABYTES", "IMAGE_MAX_MEGAPIXELS"),
    *("STATEMENT_TIMEOUT", "SUGGESTIONS_PER_ARTICLE"),
):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "it-signs-only-what-the-tests-make"

from cms.postgres import EmbeddedServer  # noqa: E402
from cms.settings import *  # noqa: E402, F403
from cms.settings import DATA_DIR, DATABASES, EMBEDDED_POSTGRES, STORAGES  # noqa: E402

DATA_DIR = DATA_DIR / "test"
MEDIA_ROOT = DATA_DIR / "media"
if EMBEDDED_POSTGRES:
    # What is lost when the machine loses power may be lost.
    EMBEDDED_POSTGRES = EmbeddedServer(
        DATA_DIR, {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    )
    DATABASES["default"]["HOST"] = str(EMBEDDED_POSTGRES.sockets)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # so nothing need be collected
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False  # most tests sign in without a request; the tests of throttling turn it on
