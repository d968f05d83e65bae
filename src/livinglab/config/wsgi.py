"""The application as servers load it: warm."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings")
application = get_wsgi_application()

if settings.MODE != "test":
    from livinglab.config.warmth import warm_up

    warm_up()
