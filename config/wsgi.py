import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from gabare.web.visitors.caching import at_the_door  # noqa: E402 - once the settings are read

application = at_the_door(django)
