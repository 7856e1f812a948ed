"""Addresses for machines: no language prefix, no cookie."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLPattern, URLResolver, path

from gabare.web.visitors import credentials, machines
from gabare.web.visitors.sitemaps import SITEMAPS

MAPS = {"sitemaps": SITEMAPS}

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("icone.svg", machines.icon, name="icon"),
    path("carte.png", machines.card, name="card"),
    path(".well-known/security.txt", machines.security, name="security"),
    path(".well-known/did.json", credentials.did, name="did"),
    path("label/statuts/<str:purpose>-<int:number>/", credentials.status_list, name="status-list"),
    path("label/<str:number>/credential.jwt", credentials.as_jwt, name="credential-jwt"),
    path("label/<str:number>/credential.json", credentials.as_json, name="credential-json"),
    path(
        "sitemap.xml",
        login_not_required(sitemaps.index),
        {**MAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        login_not_required(sitemaps.sitemap),
        MAPS,
        name="sitemap-section",
    ),
]
