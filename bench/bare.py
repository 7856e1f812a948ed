"""A Django view that does nothing, on the same server: what every figure is compared with."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="bench")  # noqa: S106


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", nothing)]
application = get_wsgi_application()
