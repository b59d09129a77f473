"""Addresses without any page of a consultation."""

urlpatterns: list[object] = []
