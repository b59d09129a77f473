"""Countries, regions and groups of countries, in the six languages of the United Nations.

Codes are those of ISO 3166 and M49 (from ``pycountry``), names those of CLDR (from ``babel``). Regions and
groups are small tables of this package: ``regions.csv``, ``groups.csv``, ``memberships.csv``, and for names
``names.csv`` and ``variants.csv``. ``docs/places.md`` says where they come from, and what they do not know.

>>> from datetime import date
>>> from mufakat import places
>>> places.find("Côte d'Ivoire").alpha3, places.name("CIV", "ru")
('CIV', 'Кот-д’Ивуар')
>>> len(places.members("LDC", on=date(2020, 12, 3))), len(places.members("LDC", on=date(2020, 12, 4)))
(47, 46)
"""

from __future__ import annotations

from mufakat.places.countries import Country, countries, country
from mufakat.places.dates import PartialDate
from mufakat.places.errors import PlacesError
from mufakat.places.finding import find
from mufakat.places.groups import Group, Kind, group, groups
from mufakat.places.memberships import (
    Membership,
    history,
    is_member,
    members,
    memberships,
    regional_group,
)
from mufakat.places.names import LANGUAGES, name
from mufakat.places.regions import Level, Region, countries_in, region, region_of, regions, regions_of

__all__ = [
    "LANGUAGES",
    "Country",
    "Group",
    "Kind",
    "Level",
    "Membership",
    "PartialDate",
    "PlacesError",
    "Region",
    "countries",
    "countries_in",
    "country",
    "find",
    "group",
    "groups",
    "history",
    "is_member",
    "members",
    "memberships",
    "name",
    "region",
    "region_of",
    "regional_group",
    "regions",
    "regions_of",
]
