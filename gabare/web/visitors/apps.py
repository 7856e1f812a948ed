from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "gabare.web.visitors"
    label = "visitors"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415
        from wagtail import signals  # noqa: PLC0415  models come first
        from wagtail.models import PageViewRestriction  # noqa: PLC0415

        from gabare.web.visitors.caching import editorial_pages_changed  # noqa: PLC0415

        changes = (signals.page_published, signals.page_unpublished, signals.post_page_move)
        for change in (*changes, signals.page_slug_changed):
            change.connect(editorial_pages_changed, dispatch_uid="public-pages-anew")
        for change in (post_save, post_delete):
            change.connect(editorial_pages_changed, PageViewRestriction, dispatch_uid="private")
