"""All addresses. English ones are the same under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gabare.web.visitors.machine_urls")),
    path("gestion/", include("gabare.web.visitors.manage_urls")),
]
demonstration = [path("demo/courrier/", include("gabare.web.carriers.mailbox_urls"))]
urlpatterns += i18n_patterns(
    *(demonstration if settings.GABARE_DEMO else []),
    path("compte/", include("gabare.web.carriers.account_urls")),
    path("", include("gabare.web.carriers.urls")),
    path("equipe/", include("gabare.web.desk.urls")),
    path("", include("gabare.web.visitors.urls")),
    prefix_default_language=False,
)
