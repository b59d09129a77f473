"""The addresses of this app, each with the act that it asks for."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
