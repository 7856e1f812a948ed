"""Markdown to safe HTML: typed markup is shown as text, an allow list cleans what is left."""

import re
from functools import lru_cache
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


LEAVES = re.compile(r"\s*(?:https?:)?//", re.I)  # not parsed: any typed address must pass
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class _Shape(Treeprocessor):
    """The text's highest headings come `shift` levels under an `h1`; links that leave say so."""

    def __init__(self, md: Markdown, shift: int) -> None:
        super().__init__(md)
        self.shift = shift

    def run(self, root: Element) -> None:
        levels = [int(node.tag[1]) for node in root.iter() if node.tag in HEADINGS]
        lower = self.shift + 1 - min(levels, default=1)
        for node in root.iter():
            if node.tag in HEADINGS:
                node.tag = f"h{min(6, int(node.tag[1]) + lower)}"
            elif node.tag == "a" and LEAVES.match(node.get("href", "")):
                node.set("rel", "external noopener nofollow")
            elif node.tag == "th":
                node.attrib.clear()
                node.set("scope", "col")
            elif node.tag == "td":
                node.attrib.clear()


@lru_cache(maxsize=512)
def render(text: str, shift: int = 1) -> SafeString:
    """Its highest headings become `h2` (`h3` with `shift=2`), whatever signs were typed.

    Images and raw HTML never pass.
    """
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
