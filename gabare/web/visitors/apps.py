from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "gabare.web.visitors"
    label = "visitors"

    def ready(self) -> None:
        from wagtail import signals  # noqa: PLC0415  models come first

        from gabare.web.visitors.caching import editorial_pages_changed  # noqa: PLC0415

        changes = (signals.page_published, signals.page_unpublished, signals.post_page_move)
        for change in (*changes, signals.page_slug_changed):
            change.connect(editorial_pages_changed, dispatch_uid="public-pages-anew")
