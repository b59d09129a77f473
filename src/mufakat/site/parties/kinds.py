"""In which capacity people act for a party, and the regions parties are placed in."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

HEAD, DEPUTY, MEMBER, OBSERVER = "head", "deputy", "member", "observer"
CAPACITIES: Final = (
    (HEAD, _("head")),
    (DEPUTY, _("deputy")),
    (MEMBER, _("member")),
    (OBSERVER, _("observer")),
)

REGIONS: Final = (
    ("africa", _("Africa")),
    ("asia_pacific", _("Asia-Pacific")),
    ("eastern_europe", _("Eastern Europe")),
    ("latin_america", _("Latin America and the Caribbean")),
    ("western_europe", _("Western Europe and Others")),
)
"""The regional groups of the United Nations; for a body without a territory, that of its seat."""
