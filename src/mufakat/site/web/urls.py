"""Addresses that belong to no stage."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
