"""The site as a WSGI application, for `serve` or any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
# Read by the settings: what answers requests has a limit for statements, which jobs and commands do without.
os.environ["ANSWERS_REQUESTS"] = "1"

application = get_wsgi_application()
