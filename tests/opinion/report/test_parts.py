"""The report in parts: what each gives to a page of a site, and what it leaves to it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from mufakat.opinion.errors import StudyError
from mufakat.opinion.report.findings import Findings, Heading
from mufakat.opinion.report.markup import Html
from mufakat.opinion.report.parts import Parts
from mufakat.opinion.result import OPINION_GROUPS, Study
from tests.opinion import studies
from tests.opinion.report.reading import text_of, tree, with_class
from tests.opinion.test_restoring import wide

STUDIES = (studies.study, studies.one_group, studies.large, studies.smallest, studies.hostile)


def parts_of(study: Study) -> Parts:
    return Parts(
        study, link=lambda demand: f"/d/{len(demand)}?{demand}=1&b", lists=lambda h: f"/lists/{h.value}"
    )


def withheld() -> Study:
    """A study of which all that may be withheld is."""
    made = studies.study()
    count = len(made.parties.id)
    some = tuple(
        replace(
            demand,
            agree=None,
            disagree=None,
            passes=None,
            adjusted=None,
            score=0.0,
            binding=None,
            constituencies=demand.constituencies[4:] if i % 2 else (),
            flip=None,
            divides=None,
        )
        if i < 6
        else demand
        for i, demand in enumerate(made.demands)
    )
    group = made.parties.group.copy()
    group[group > 0] = -1
    return replace(
        made,
        least=5,
        demands=some,
        parties=replace(
            made.parties, id=[""] * count, name=[""] * count, group=group, votes=np.zeros(count, dtype=int)
        ),
        groups=replace(made.groups, sizes=(made.groups.sizes[0], None, None)),
        coverage=tuple(replace(row, votes=None) for row in made.coverage[:2]),
        representative=made.representative[:1],
        integrity=replace(made.integrity, straight=(), alike=()),
    )


def all_parts(parts: Parts) -> dict[str, Html]:
    """Every part of a study."""
    demands = [demand.id for demand in parts.study.demands]
    listed = {f"listed {h.value}": parts.listed(h, 0, 7) for h in Heading}
    return {
        "lead": parts.lead(),
        "tally": parts.tally(),
        "map": parts.map_figure(),
        "groups": parts.groups(),
        "representative": parts.representative(),
        **listed,
        "heat": parts.heat(0, 20),
        "legend": parts.heat_legend(),
        "coverage": parts.coverage(),
        "exposure": parts.exposure(),
        "integrity": parts.integrity(),
        "counting": parts.counting(),
        **{f"standing {i}": parts.standing_bars(i) for i in demands[:8]},
        **{f"told {i}": parts.told(i) for i in demands[:8]},
    }


@pytest.fixture(params=[*STUDIES, withheld], ids=lambda made: made.__name__)
def parts(request: pytest.FixtureRequest) -> Parts:
    return parts_of(request.param())


def read(part: str) -> Element:
    return tree(f"<div>{part}</div>")


def test_every_part_is_whole_and_safe_by_its_type(parts: Parts) -> None:
    for name, part in all_parts(parts).items():
        assert isinstance(part, Html), name
        assert part.__html__() is part
        read(part)


def test_no_part_asks_for_script_or_style_or_anything_from_elsewhere(parts: Parts) -> None:
    for name, part in all_parts(parts).items():
        for element in read(part).iter():
            assert element.tag not in ("script", "style", "img", "iframe", "link", "form"), name
            for attribute, value in element.items():
                assert attribute not in ("style", "src", "srcset", "action"), name
                assert not attribute.startswith("on"), name
                if attribute == "href":
                    assert value.startswith(("/d/", "/lists/", "#shape")), name


def test_nothing_that_is_withheld_is_made_up() -> None:
    said = {name: text_of(read(part)) for name, part in all_parts(parts_of(withheld())).items()}
    assert said["lead"].startswith("40 parties cast ")
    assert "withheld" in said["groups"]
    assert "votes withheld, as it would tell of fewer than 5 parties" in said["listed everywhere"]
    assert "Least heard" not in said["coverage"]
    assert "A constituency that is not here is withheld" in said["coverage"]
    assert "not told here" in said["integrity"]
    assert "No constituency to ask it of" not in " ".join(said.values())
    assert not re.search(r"\b(None|nan|none)\b", " ".join(said.values()))
    assert not re.search(r"votes of yours|P\d", " ".join(said.values()))


def test_marks_of_parties_without_ids_carry_no_titles() -> None:
    drawn = read(parts_of(withheld()).map_figure())
    assert not list(drawn.iter("title"))
    shown = withheld().parties
    assert len(list(drawn.iter("use"))) == int((shown.group == 0).sum())
    assert len(with_class(drawn, "untold")) == int((shown.group < 0).sum())
    assert "others withheld" in with_class(drawn, "map")[0].get("aria-label", "")
    assert len(with_class(drawn, "letter")) == 1


def test_many_parties_without_a_group_stay_marks_of_their_own() -> None:
    made = studies.large()
    group = made.parties.group.copy()
    group[group > 1] = -1
    made = replace(made, parties=replace(made.parties, group=group))
    drawn = read(parts_of(made).map_figure())
    marks = [*drawn.iter("use"), *with_class(drawn, "untold")]
    assert sum(int(text_of(mark).split()[0].replace(",", "")) for mark in marks) == 5000
    untold = sum(int(text_of(mark).split()[0].replace(",", "")) for mark in with_class(drawn, "untold"))
    assert untold == int((group < 0).sum())


def test_a_list_comes_page_by_page_and_loses_nothing() -> None:
    made = studies.large()
    parts = parts_of(made)
    for heading in Heading:
        pages = [parts.listed(heading, first, 5) for first in range(0, parts.count(heading), 5)]
        links = [
            e.get("href")
            for page in pages
            for row in with_class(read(page), "ask-row")
            for e in row.iter("a")
            if (e.get("href") or "").startswith("/d/")
        ]
        expected = [f"/d/{len(d.id)}?{d.id}=1&b" for d in Findings.of(made).lists[heading]]
        assert links == expected
    assert sum(parts.count(heading) for heading in Heading) == len(made.demands)
    assert parts.listed("everywhere", 10_000) == ""


def test_items_have_bars_and_no_rest_to_open_and_no_ids_that_may_clash() -> None:
    page = read(parts_of(studies.study(demands=200)).listed(Heading.EVERYWHERE, 0, 30))
    rows = with_class(page, "ask-row")
    assert len(rows) == 30
    assert all(with_class(row, "bar") for row in rows)
    assert not list(page.iter("details"))
    assert not [e for e in page.iter() if e.get("id")]


def test_what_divides_keeps_its_pairs_and_tells_of_how_many_there_are_on_all_pages() -> None:
    made = studies.study(demands=60)
    page = parts_of(made).listed(Heading.DIVIDES, 3, 4)
    assert [text_of(h) for h in read(page).iter("h3")] == ["A agrees, C does not: 12 demands"]
    assert len(with_class(read(page), "ask-row")) == 4


def test_the_tally_leads_to_the_lists_of_the_site() -> None:
    links = [a.get("href") for a in read(parts_of(studies.study()).tally()).iter("a")]
    assert links == [f"/lists/{h.value}" for h in Heading]
    plain = Parts(studies.study(), link=str)
    assert [a.get("href") for a in read(plain.tally()).iter("a")] == [f"#{h.value}" for h in Heading]


def test_the_heat_map_comes_page_by_page_with_every_column_on_each() -> None:
    parts = parts_of(studies.study())
    tables = [read(parts.heat(first, 5)) for first in (0, 5, 10)]
    assert [len(table.findall(".//tbody/tr")) for table in tables] == [5, 5, 2]
    assert len({len(row) for table in tables for row in table.findall(".//tbody/tr")}) == 1


def test_one_party_is_ringed_where_it_stands_and_told_in_words() -> None:
    made = studies.study()
    drawn = read(parts_of(made).map_figure("P7"))
    [ring] = with_class(drawn, "ring")
    marks = list(drawn.iter("use"))
    assert f"translate({ring.get('cx')} {ring.get('cy')})" in marks[7].get("transform", "")
    label = with_class(drawn, "map")[0].get("aria-label", "")
    assert label.endswith("The ring marks Council of Valley 7.")
    assert text_of(drawn.findall(".//figcaption")[0]).endswith("The ring marks Council of Valley 7.")


@pytest.mark.parametrize("highlight", [None, "", "nobody"])
def test_who_is_not_on_the_map_gets_no_ring(highlight: str | None) -> None:
    assert "ring" not in parts_of(withheld()).map_figure(highlight)
    assert parts_of(studies.study()).map_figure(highlight) == parts_of(studies.study()).map_figure()


def test_a_place_is_ringed_on_a_map_without_ids_and_stays_inside() -> None:
    drawn = read(parts_of(withheld()).map_figure(at=(1e6, float("nan")), name="<you>"))
    [ring] = with_class(drawn, "ring")
    assert 0 < float(ring.get("cx", "")) < 640
    assert "The ring marks <you>." in text_of(drawn.findall(".//figcaption")[0])


def test_every_constituency_of_a_demand_is_told_in_words() -> None:
    made = studies.study()
    drawn = read(parts_of(made).standing_bars(made.demands[0].id))
    families = [text_of(dt) for dt in drawn.iter("dt")]
    assert families == ["opinion groups", "kind", "region", "group: ISLANDS"]
    items = [text_of(li) for li in drawn.iter("li")]
    assert len(items) == len(made.demands[0].constituencies)
    assert all(re.search(r"between \d+(\.\d)? and \d+(\.\d)? of 100, from \d+ votes", item) for item in items)
    order = [s.family == OPINION_GROUPS for s in made.demands[0].constituencies]
    assert order != sorted(order, reverse=True)


def test_a_demand_is_told_in_a_sentence_or_two() -> None:
    made = studies.study()
    parts = parts_of(made)
    found = Findings.of(made).lists
    said = {heading: text_of(read(parts.told(demands[0].id))) for heading, demands in found.items()}
    assert re.match(r"Holds in every constituency\. Lowest: .* votes\.", said[Heading.EVERYWHERE])
    assert re.match(
        r"Divides the opinion groups\. A agrees: .* C does not: .* votes\.", said[Heading.DIVIDES]
    )
    assert re.match(r"Contested, .* Lowest: ", said[Heading.CONTESTED])
    assert re.match(r"Not heard enough to tell\. Waits for voices from ", said[Heading.UNHEARD])


def test_what_is_not_there_is_refused() -> None:
    parts = parts_of(studies.study())
    with pytest.raises(StudyError, match="no demand of this study has the id 'x'"):
        parts.told("x")
    with pytest.raises(StudyError, match="first=-1 and count=3"):
        parts.listed(Heading.UNHEARD, -1, 3)
    with pytest.raises(StudyError, match="first=0 and count=-3"):
        parts.heat(0, -3)


@pytest.mark.parametrize(
    "part",
    [
        lambda parts: parts.tally(),
        lambda parts: parts.listed(Heading.EVERYWHERE, 40, 10),
        lambda parts: parts.heat(100, 30),
        lambda parts: parts.told("500"),
        lambda parts: parts.standing_bars("500"),
    ],
)
def test_a_part_of_a_large_study_is_made_at_once(part: Callable[[Parts], Html]) -> None:
    parts = parts_of(wide())
    parts.heat(0, 1)
    start = time.process_time()
    part(parts)
    assert time.process_time() - start < 0.25  # a few milliseconds, on a machine that is left alone
