"""The web platform: Django, one app a stage of the consultation, each built the same way.

Read it from the ground up; each room knows only those above it in this list.

* ``authority``: who acts, and the one question that every door asks: may they?
* ``ledger``: append-only, hash-chained events; every act writes exactly one.
* ``people``: the persons who sign in.
* ``languages``: what people wrote, in every language it exists in.
* ``consultations``: the process, its stages, themes and team.
* ``parties``: organisations, delegations and groups, and who acts for them.
* ``voices``: submissions, demands, votes, and the opinion map.
* ``web``: the pages' common look, and the pages that belong to no stage.
"""
