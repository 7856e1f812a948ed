"""Wagtail's admin at /gestion/: only who may edit pages enters, under its own content policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from gabare.people.models import Person

View = Callable[..., HttpResponse]
EDITORS = "Editors"  # made by Wagtail's own migrations
PUBLISHERS = "Moderators"


def for_editors(view: View) -> View:
    """`pages.edit` is the rule; Wagtail asks its own groups, so we keep them in step with it."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("pages.edit"):
            raise PermissionDenied
        let_into_wagtail(request.user)
        return view(request, *args, **kwargs)

    relaxed: View = csp(settings.ADMIN_CONTENT_SECURITY_POLICY)(gate)
    return xframe_options_sameorigin(relaxed)


def let_into_wagtail(person: Person) -> None:
    """Give the group that edits and publishes pages to someone whose role says so."""
    if not person.groups.filter(name=PUBLISHERS).exists():
        person.groups.add(Group.objects.get(name=PUBLISHERS))


urlpatterns = [
    path("documents/", include(document_urls)),
    path("", include(decorate_urlpatterns(admin_urls.urlpatterns, for_editors))),
]
