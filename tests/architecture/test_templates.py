"""Templates: all used, nothing inline, nothing from elsewhere."""

import re

from tests.architecture import house

# Rendered by a library under its own name: allauth, Wagtail and Django look for these.
FOUND_BY_NAME = ("account/", "mfa/", "allauth/", "wagtailadmin/", "django/", "404.html", "500.html")
FOUND_BY_NAME += ("403.html", "400.html", "403_csrf.html", "socialaccount/", "usersessions/")
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", re.I),
    "inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.I),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "javascript: link": re.compile(r"href\s*=\s*[\"']?javascript:", re.I),
}
# What a browser fetches by itself, as opposed to a link that a person follows.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|input)\b[^>]*\b(?:src|srcset|data)\s*=\s*"
    r"[\"'](?:https?:)?//"
    r"|<link\b(?=[^>]*\brel\s*=\s*[\"'](?:stylesheet|preload|icon|preconnect|dns-prefetch|manifest))"
    r"[^>]*\bhref\s*=\s*[\"'](?:https?:)?//",
    re.I,
)
CSS_FETCHED = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", re.I)


def test_every_template_is_used():
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*house.templates(), *house.python_files()]
        if house.ROOT / "tests" not in path.parents
    )
    unused = [
        house.name(path)
        for path in house.templates()
        if not house.template_name(path).startswith(FOUND_BY_NAME)
        and not re.search(rf"[\"']{re.escape(house.template_name(path))}[\"']", sources)
        and not in_a_family(path, sources)
    ]
    assert not unused


def in_a_family(path, sources: str) -> bool:
    """Templates chosen by a computed name: f"questionnaires/fields/{…}.html" uses the folder."""
    folder, _, _ = house.template_name(path).rpartition("/")
    return bool(re.search(rf"f[\"']{re.escape(folder)}/[^\"']*\{{", sources))


def test_nothing_is_inline():
    inline = [
        f"{house.name(path)}: {what}"
        for path in house.templates()
        for what, pattern in INLINE.items()
        if path.suffix == ".html" and pattern.search(without_comments(path.read_text("utf-8")))
    ]
    assert not inline


def without_comments(text: str) -> str:
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.S)


def test_no_template_fetches_from_elsewhere():
    assert not [house.name(p) for p in house.templates() if FETCHED.search(p.read_text("utf-8"))]


def test_no_style_or_script_fetches_from_elsewhere():
    fetched = [
        house.name(path)
        for path in house.files(".css", ".js", ".svg", under=house.GABARE)
        if CSS_FETCHED.search(path.read_text("utf-8"))
        or re.search(
            r"(?:import|fetch|importScripts)\s*\(?\s*[\"'`]https?:", path.read_text("utf-8")
        )
    ]
    assert not fetched


def test_builtin_tags_are_not_loaded_again():
    loaded = [
        house.name(path)
        for path in house.templates()
        if re.search(r"{% load [^%]*\b(i18n|static)\b", path.read_text("utf-8"))
    ]
    assert not loaded, "i18n and static are built in (config/settings.py)"
