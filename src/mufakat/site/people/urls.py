"""Signing in and out: the pages of allauth that are used here, under the names it knows them by.

Its other pages (signing up, changing addresses and passwords) have no address at all.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # Allauth points there from its e-mail to an address without an account.
    path(
        "invited/",
        TemplateView.as_view(template_name="account/signup_closed.html", http_method_names=["get", "head"]),
        name="account_signup",
    ),
]
