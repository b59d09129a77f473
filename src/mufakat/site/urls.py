"""Every address of the site. Each app names its own, with the act that each asks for."""

from __future__ import annotations

from django.urls import include, path

handler400 = "mufakat.site.web.views.bad_request"
handler403 = "mufakat.site.web.views.forbidden"
handler404 = "mufakat.site.web.views.not_found"
handler500 = "mufakat.site.web.views.server_error"

# What is asked for most stands first: addresses are tried in this order.
urlpatterns = [
    path("", include("mufakat.site.voices.urls")),
    path("", include("mufakat.site.parties.urls")),
    path("", include("mufakat.site.consultations.urls")),
    path("", include("mufakat.site.web.urls")),
    path("accounts/", include("mufakat.site.people.urls")),
]
