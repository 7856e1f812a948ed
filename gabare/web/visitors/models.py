from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, Site


class EditorialPage(Page):
    """Help, legal notice, accessibility, personal data: a title and a text, nothing to assemble.

    Served at `/<slug>/` by our own view: its address never depends on where it sits in the tree.
    """

    intro = models.TextField(_("chapeau"), blank=True)
    body = RichTextField(
        _("texte"), blank=True, features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]
    )

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    template = "visitors/editorial.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("page éditoriale")
        verbose_name_plural = _("pages éditoriales")

    def get_url_parts(
        self, *_args: object, **_kwargs: object
    ) -> tuple[int | None, str, str] | None:
        """Where the reader finds it, in its language."""
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            return None
        with translation.override(self.locale.language_code):
            return site.pk, site.root_url, reverse("visitors:editorial", args=[self.slug])
