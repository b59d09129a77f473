"""The addresses of this app, each with the act that it asks for."""

from __future__ import annotations

from mufakat.site.authority.routes import route
from mufakat.site.voices import urls_opinion
from mufakat.site.voices.rules import (
    DESCEND,
    DRAW,
    JUDGE,
    MODERATE,
    REACH_FORM,
    READ,
    SEE_DESK,
    SORT,
    SUGGEST,
)
from mufakat.site.voices.views import demands, descent, desk, likeness, moderation, submissions

_SUBMISSIONS = "c/<slug:slug>/submissions/"
_DEMANDS = "c/<slug:slug>/demands/"

SUBMISSIONS = [
    route(_SUBMISSIONS, submissions.submissions, name="submissions", reads=READ),
    route(f"{_SUBMISSIONS}new/", submissions.submit, name="submit", reads=REACH_FORM, writes=REACH_FORM),
    route(f"{_SUBMISSIONS}<int:number>/", submissions.submission, name="submission", reads=READ, writes=DRAW),
    route(
        f"{_SUBMISSIONS}<int:number>/file/", submissions.submission_file, name="submission-file", reads=READ
    ),
    route(f"{_SUBMISSIONS}<int:number>/settle/", submissions.settle, name="settle", writes=DRAW),
    route(
        f"{_SUBMISSIONS}<int:number>/moderate/",
        moderation.moderate_submission,
        name="moderate-submission",
        reads=MODERATE,
        writes=MODERATE,
    ),
]
DEMANDS = [
    route(_DEMANDS, demands.demands, name="demands", reads=READ),
    route(f"{_DEMANDS}<int:number>/", demands.demand, name="demand", reads=READ),
    route(
        f"{_DEMANDS}<int:number>/merge/", descent.merge, name="merge-demand", reads=DESCEND, writes=DESCEND
    ),
    route(
        f"{_DEMANDS}<int:number>/split/", descent.split, name="split-demand", reads=DESCEND, writes=DESCEND
    ),
    route(
        f"{_DEMANDS}<int:number>/reword/", descent.reword, name="reword-demand", reads=DESCEND, writes=DESCEND
    ),
    route(f"{_DEMANDS}<int:number>/part/<int:descent>/", descent.part, name="part-demand", writes=DESCEND),
    route(f"{_DEMANDS}<int:number>/theme/", descent.sort, name="sort-demand", writes=SORT),
    route(
        f"{_DEMANDS}<int:number>/moderate/",
        moderation.moderate_demand,
        name="moderate-demand",
        reads=MODERATE,
        writes=MODERATE,
    ),
    route(f"{_DEMANDS}alike/", likeness.likeness, name="likeness", reads=JUDGE),
    route(f"{_DEMANDS}alike/look/", likeness.look, name="suggest-likeness", writes=SUGGEST),
    route(
        f"{_DEMANDS}alike/<int:likeness>/", likeness.pair, name="judge-likeness", reads=JUDGE, writes=JUDGE
    ),
]
DESK = [route("c/<slug:slug>/desk/", desk.desk, name="desk", reads=SEE_DESK)]

urlpatterns = [*urls_opinion.urlpatterns, *DEMANDS, *SUBMISSIONS, *DESK]
