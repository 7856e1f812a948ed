"""Markdown to safe HTML: typed markup is shown as text, an allow list cleans what is left."""

from functools import lru_cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

TAGS = {
    *("p", "br", "hr", "strong", "em", "blockquote", "code", "pre", "a", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "rel", "title"}, "th": {"scope"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


class _Shape(Treeprocessor):
    """Headings go down `shift` levels under the page's own; links that leave say so."""

    def __init__(self, md: Markdown, shift: int) -> None:
        super().__init__(md)
        self.shift = shift

    def run(self, root: Element) -> None:
        for node in root.iter():
            if node.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                node.tag = f"h{min(6, int(node.tag[1]) + self.shift)}"
            elif node.tag == "a" and urlsplit(node.get("href", "")).netloc:
                node.set("rel", "external noopener nofollow")
            elif node.tag == "th":
                node.attrib.clear()
                node.set("scope", "col")
            elif node.tag == "td":
                node.attrib.clear()


@lru_cache(maxsize=512)
def render(text: str, shift: int = 1) -> SafeString:
    """`# Title` becomes an `h2` (`h3` with `shift=2`); images and raw HTML never pass."""
    md = Markdown(extensions=["tables", "sane_lists"], output_format="html")
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("image_link")
    md.inlinePatterns.deregister("image_reference")
    md.treeprocessors.register(_Shape(md, shift), "shape", 0)
    html = nh3.clean(
        md.convert(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return mark_safe(html)  # noqa: S308 — cleaned just above
