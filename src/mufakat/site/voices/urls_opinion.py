"""The addresses of voting, of the opinion map and of the exports, each with the act that it asks for."""

from __future__ import annotations

from mufakat.site.authority.routes import route
from mufakat.site.voices.rules import READ, SEE_VOTE, VOTE
from mufakat.site.voices.views import exports, opinion, votes

VOTES = [
    route("c/<slug:slug>/vote/", votes.vote, name="vote", reads=SEE_VOTE, writes=VOTE),
    route("c/<slug:slug>/votes/", votes.my_votes, name="my-votes", reads=SEE_VOTE, writes=VOTE),
]
_OPINION = "c/<slug:slug>/opinion/"
OPINION = [
    route(_OPINION, opinion.opinion, name="opinion", reads=READ),
    route(f"{_OPINION}table/", opinion.table, name="opinion-table", reads=READ),
    route(f"{_OPINION}<slug:heading>/", opinion.listed, name="opinion-list", reads=READ),
]
EXPORTS = [
    route("c/<slug:slug>/export/", exports.exports, name="exports", reads=READ),
    route("c/<slug:slug>/export/<slug:name>.<slug:form>", exports.export, name="export", reads=READ),
]

urlpatterns = [*VOTES, *OPINION, *EXPORTS]
