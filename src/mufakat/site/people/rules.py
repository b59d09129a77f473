"""What every person may do, in no consultation in particular."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mufakat.site.authority.acts import act
from mufakat.site.authority.predicates import anyone, is_signed_in

SEE_SITE = act("site.see", _("See which consultations there are"), (anyone, ""))
SEE_ONESELF = act(
    "people.see_oneself", _("See one's own account"), (is_signed_in, _("Sign in to see your own page."))
)
CHANGE_ONESELF = act(
    "people.change_oneself", _("Change one's own name"), (is_signed_in, _("Sign in to change your name."))
)
