"""Wagtail's admin at /gestion/: only who may edit pages enters, under its own content policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST
from wagtail.admin import urls as admin_urls
from wagtail.admin.views.account import LogoutView
from wagtail.documents import urls as document_urls
from wagtail.models import GroupPagePermission, Page
from wagtail.utils.urlpatterns import decorate_urlpatterns

from gabare.agenda.operations import bump_generation
from gabare.people.models import Person

View = Callable[..., HttpResponseBase]
EDITORS = "Gabare: pages"


def for_editors(view: View) -> View:
    """`pages.edit` is the rule; Wagtail asks its own groups, so we keep them in step with it."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Person) or not request.user.has_perm("pages.edit"):
            raise PermissionDenied
        let_into_wagtail(request.user)
        response = view(request, *args, **kwargs)
        if request.method == "POST" and "privacy" in request.path:
            bump_generation(listings=False)  # Wagtail has no signal for a page made private
        for header in ("Content-Security-Policy", "X-Frame-Options"):
            del response[header]  # a previewed page brings the public ones: no frame may show it
        return response

    return xframe_options_sameorigin(csp(settings.ADMIN_CONTENT_SECURITY_POLICY)(gate))


def let_into_wagtail(person: Person) -> None:
    """Wagtail knows groups only: who passed our rule is put in the one that edits every page."""
    if person.groups.filter(name=EDITORS).exists():
        return
    group, created = Group.objects.get_or_create(name=EDITORS)
    if created:
        root = Page.get_first_root_node()
        for action in ("add_page", "change_page", "publish_page"):
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=action
            )
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    person.groups.add(group)


urlpatterns = [
    path("documents/", include(document_urls)),
    # Wagtail's own drops the session cookie on a GET too: any image could sign an editor out.
    path("logout/", for_editors(require_POST(LogoutView.as_view()))),
    path("", include(decorate_urlpatterns(admin_urls.urlpatterns, for_editors))),
]
