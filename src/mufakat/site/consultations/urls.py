"""The addresses of this app, each with the act that it asks for."""

from __future__ import annotations

from mufakat.site.authority.routes import route
from mufakat.site.consultations.rules import EDIT, GRANT, OPEN, SEE_TEAM, STAGE, THEME, TRANSLATE
from mufakat.site.consultations.views import opening, stages, team, texts, themes

urlpatterns = [
    route("new/", opening.new, name="new", reads=OPEN, writes=OPEN),
    route("c/<slug:slug>/settings/", opening.settings, name="settings", reads=SEE_TEAM, writes=EDIT),
    route("c/<slug:slug>/stages/", stages.stages, name="stages", reads=SEE_TEAM),
    route("c/<slug:slug>/stages/<slug:kind>/", stages.stage, name="stage", reads=STAGE, writes=STAGE),
    route("c/<slug:slug>/stages/<slug:kind>/open/", stages.open_, name="stage-open", writes=STAGE),
    route("c/<slug:slug>/stages/<slug:kind>/close/", stages.close, name="stage-close", writes=STAGE),
    route("c/<slug:slug>/themes/", themes.themes, name="themes", reads=THEME, writes=THEME),
    route("c/<slug:slug>/themes/<slug:code>/", themes.theme, name="theme", reads=THEME, writes=THEME),
    route("c/<slug:slug>/team/", team.team, name="team", reads=SEE_TEAM, writes=GRANT),
    route("c/<slug:slug>/team/<int:role>/revoke/", team.team_revoke, name="team-revoke", writes=GRANT),
    route(
        "c/<slug:slug>/texts/<int:text>/",
        texts.translate,
        name="translate",
        reads=TRANSLATE,
        writes=TRANSLATE,
    ),
]
