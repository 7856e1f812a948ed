"""Addresses for machines: no language prefix, no cookie."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
