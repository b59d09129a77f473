"""The tables of the opinion map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mufakat.opinion.report.findings import Findings
from mufakat.opinion.report.groups import groups_table, members, representative_table
from tests.opinion import studies
from tests.opinion.report.reading import text_of, tree


def test_the_table_says_what_a_group_stands_for_and_links_there() -> None:
    table = tree(groups_table(Findings.of(studies.study())))
    first = table.findall(".//tbody/tr")[0]
    assert "disagrees more (83 of 100, others 40): Returnees must have land papers" in text_of(first)
    assert first.findall(".//a")[0].get("href") == "#d1"


def test_a_group_that_stands_out_for_nothing_says_so() -> None:
    made = replace(studies.study(), representative=())
    assert "nothing beyond chance" in text_of(tree(groups_table(Findings.of(made))))


def test_parties_are_named_where_they_are_few_enough_to_read() -> None:
    assert "Council of Valley 39" in members(studies.study())
    assert members(studies.large()) == ""


def test_parties_are_named_surest_first_with_how_surely() -> None:
    made = studies.study()
    own = made.parties.group == 0
    first = made.parties.name[int(np.flatnonzero(own)[made.parties.membership[own].argmax()])]
    sure = f"{100 * made.parties.membership[own].max():.0f}"
    items = list(tree(members(made)).iter("li"))
    assert text_of(items[0]) == f"{first} {sure}"


def test_everything_a_group_stands_out_for_is_listed_with_its_chance() -> None:
    rows = tree(representative_table(Findings.of(studies.study()))).findall(".//tbody/tr")
    assert len(rows) == 12
    assert [text_of(cell) for cell in rows[0]][2:] == ["disagrees more", "83", "40", "0.006"]
    assert representative_table(Findings.of(studies.one_group())) == ""
