"""The addresses of this app, each with the act that it asks for.

A door looks at the consultation alone; whether a head heads this very party is asked by the act itself.
"""

from __future__ import annotations

from mufakat.site.authority.routes import route
from mufakat.site.consultations.rules import READ
from mufakat.site.parties.rules import ADD, ANSWER, CHOOSE, EDIT, GROUP, MANAGE_PEOPLE
from mufakat.site.parties.views import groups, invitations, lists, parties, people
from mufakat.site.people.rules import SEE_SITE

IN = "c/<slug:slug>/"
PARTY = f"{IN}parties/<str:code>/"
ITS_GROUP = f"{IN}groups/<str:code>/"

urlpatterns = [
    route(f"{IN}parties/", parties.parties, name="parties", reads=READ),
    route(f"{IN}add-party/", parties.add, name="party-add", reads=ADD, writes=ADD),
    route(f"{IN}import-parties/", lists.import_, name="parties-import", reads=ADD, writes=ADD),
    route(f"{IN}fill-in-parties/", parties.fill_in_all, name="parties-fill-in", writes=GROUP),
    route(PARTY, parties.party, name="party", reads=READ),
    route(f"{PARTY}edit/", parties.edit, name="party-edit", reads=EDIT, writes=EDIT),
    route(f"{PARTY}fill-in/", parties.fill_in, name="party-fill-in", writes=GROUP),
    route(f"{PARTY}people/", people.people, name="party-people", reads=MANAGE_PEOPLE),
    route(f"{PARTY}people/accredit/", people.accredit, name="party-accredit", writes=MANAGE_PEOPLE),
    route(f"{PARTY}people/invite/", people.invite, name="party-invite", writes=MANAGE_PEOPLE),
    route(
        f"{PARTY}people/<int:accreditation>/revoke/",
        people.revoke,
        name="party-revoke",
        writes=MANAGE_PEOPLE,
    ),
    route(
        f"{PARTY}invitations/<int:invitation>/withdraw/",
        people.withdraw,
        name="party-withdraw",
        writes=MANAGE_PEOPLE,
    ),
    route(
        f"{PARTY}invitations/<int:invitation>/send/",
        people.send_again,
        name="party-send-again",
        writes=MANAGE_PEOPLE,
    ),
    route(f"{IN}groups/", groups.groups, name="groups", reads=READ, writes=GROUP),
    route(ITS_GROUP, groups.group, name="group", reads=READ),
    route(f"{ITS_GROUP}join/", groups.join, name="group-join", writes=GROUP),
    route(f"{ITS_GROUP}members/<int:membership>/end/", groups.leave, name="group-leave", writes=GROUP),
    route(f"{ITS_GROUP}speakers/", groups.authorise, name="group-authorise", writes=GROUP),
    route(f"{ITS_GROUP}speakers/<int:speaker>/dismiss/", groups.dismiss, name="group-dismiss", writes=GROUP),
    route(f"{IN}speak-for/", invitations.choose_voice, name="choose-voice", writes=CHOOSE),
    route(
        "invitation/<str:token>/", invitations.invitation, name="invitation", reads=SEE_SITE, writes=ANSWER
    ),
]
