"""The heat-map, the bars, the coverage and the stability curve."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mufakat.opinion.report import asks, heard, heat, honesty, stability_plot
from mufakat.opinion.report.bars import bars, interval_bar
from mufakat.opinion.report.findings import Findings
from mufakat.opinion.result import OPINION_GROUPS, Coverage, GroupsResult, Standing
from tests.opinion import studies
from tests.opinion.report.reading import text_of, tree, with_class


def standing(agree: float, low: float, high: float, n: float = 20) -> Standing:
    return Standing("region", "Africa", n, agree, low, high)


def heat_cell(*standings: Standing) -> list[str]:
    """Class and text of the cells of a heat-map of one demand."""
    made = studies.study(demands=1)
    made = replace(made, demands=(replace(made.demands[0], constituencies=standings),))
    row = tree(heat.heat_map(Findings.of(made))).findall(".//tbody/tr")[0]
    return [f"{cell.get('class')}: {text_of(cell)}" for cell in row.findall("td")]


@pytest.mark.parametrize(
    ("found", "cell"),
    [
        (standing(0.82, 0.7, 0.9), "h8: 82 +"),
        (standing(0.2, 0.1, 0.3), "h2: 20 −"),
        (standing(0.55, 0.4, 0.7), "h6: 55 ·"),
        (standing(0.5, 0.5, 0.5), "h5: 50 ·"),
        (standing(1.0, 0.9, 1.0), "h10: 100 +"),
        (standing(0.6, 0.1, 0.9, n=0), "note: none"),
    ],
)
def test_a_cell_says_by_colour_number_and_sign(found: Standing, cell: str) -> None:
    assert heat_cell(found) == [cell]


def test_the_heat_map_has_a_column_a_constituency_the_opinion_groups_first() -> None:
    made = studies.study()
    table = tree(heat.heat_map(Findings.of(made)))
    families = [text_of(e) for e in table.iter("th") if e.get("scope") == "colgroup"]
    assert families == ["opinion groups", "kind", "region", "group: ISLANDS"]
    assert [len(row.findall("td")) for row in table.findall(".//tbody/tr")] == [11] * 12


def test_a_constituency_that_one_demand_lacks_stays_empty_there() -> None:
    made = studies.study(demands=2, groups=1)
    lacking = replace(made.demands[1], constituencies=made.demands[1].constituencies[:2])
    table = tree(heat.heat_map(Findings.of(replace(made, demands=(made.demands[0], lacking)))))
    rows = {text_of(row[0]).split()[0]: [text_of(c) for c in row[1:]] for row in table.findall(".//tbody/tr")}
    assert rows["2"].count("none") == len(made.demands[0].constituencies) - 2
    assert rows["1"].count("none") == 0


def test_past_what_can_be_read_the_heat_map_says_where_the_rest_is() -> None:
    drawn = heat.heat_map(Findings.of(studies.study(parties=5, demands=2000, groups=3)))
    assert "546 more demands are in constituencies.csv." in drawn


def test_a_bar_reaches_from_low_to_high_and_says_so() -> None:
    drawn = tree(interval_bar(standing(0.61, 0.52, 0.70)))
    band = with_class(drawn, "band")[0]
    assert (band.get("x"), band.get("width")) == ("52", "18")
    assert drawn.get("class") == "bar over"
    assert drawn.get("aria-label") == "between 52 and 70 of 100, from 20 votes"


def test_bars_name_opinion_groups_by_shape_letter_and_words() -> None:
    item = tree(bars([Standing(OPINION_GROUPS, "B", 9, 0.3, 0.1, 0.45)], ("A", "B")))[0]
    assert text_of(item).split() == ["B", "opinion", "group", "B", "30"]
    assert with_class(item, "g1")


def test_the_least_heard_come_first() -> None:
    made = replace(
        studies.study(),
        coverage=(
            Coverage("kind", "state", 10, 9, 90),
            Coverage("kind", "think tank", 10, 2, 20),
            Coverage("group: ISLANDS", "ISLANDS", 8, 1, 9),
            Coverage("group: ISLANDS", "not ISLANDS", 30, 30, 300),
            Coverage(OPINION_GROUPS, "A", 5, 5, 50),
        ),
    )
    tables = list(tree(heard.coverage(made)).iter("table"))
    rows = [[text_of(row[0]) for row in table.findall("./tbody/tr")] for table in tables]
    assert rows == [["think tank", "state"], ["ISLANDS"]]
    assert "1 of 8" in text_of(tables[1])
    assert len(with_class(tables[0], "little")) == 1


def groups(k: int, *, forced: bool = False) -> GroupsResult:
    return GroupsResult(k, tuple("ABC"[:k]), (5,) * k, 1, studies.stability(k), forced)


def test_the_curve_marks_the_number_chosen_and_has_its_table() -> None:
    drawn = stability_plot.curve(groups(3))
    large = re.findall(r'<circle class="dot value" cx="[\d.]+" cy="[\d.]+" r="9">', drawn)
    assert len(large) == 1
    assert "3 groups: 93, one cloud 44" in drawn
    assert "<td>chosen</td>" in drawn


def test_no_curve_without_points() -> None:
    nothing = replace(groups(1), stability=())
    assert stability_plot.curve(nothing) == ""
    assert "too few parties or demands" in stability_plot.told(nothing)


def test_axes_are_told_in_words() -> None:
    assert stability_plot.axes_told(groups(2), (0.231, 0.094, 0.05)) == (
        "Two random halves of the parties show the same 1 direction of difference. "
        "The map shows 32 of 100 of the spread."
    )
    assert "no direction" in stability_plot.axes_told(replace(groups(1), axes=0), ())


def test_a_long_list_to_look_at_goes_on_below_and_in_the_json() -> None:
    made = studies.study()
    many = tuple((f"P{i}", 0, 9) for i in range(450))
    made = replace(made, integrity=replace(made.integrity, straight=many, alike=()))
    page = tree(f"<div>{honesty.integrity(made)}</div>")
    assert [len(table.findall("./tbody/tr")) for table in page.iter("table")] == [20, 180]
    assert "250 more are in study.json." in text_of(page)
    assert "passes on all" in text_of(page)


def test_nothing_to_look_at_says_so() -> None:
    made = studies.study()
    clean = replace(made, integrity=replace(made.integrity, straight=(), alike=()))
    assert "No party votes alike on everything" in honesty.integrity(clean)


@pytest.mark.parametrize(
    ("source", "said"),
    [("showings", "were logged, so"), ("votes", "were not logged"), ("weights", "carry weights")],
)
def test_exposure_says_where_it_is_known_from(source: str, said: str) -> None:
    made = studies.study()
    assert said in honesty.exposure(replace(made, exposure=replace(made.exposure, source=source)))


def test_exposure_that_is_not_known_is_not_a_number() -> None:
    made = studies.study()
    unknown = replace(made.exposure, axis=float("nan"), mean=float("nan"))
    said = honesty.exposure(replace(made, exposure=unknown))
    assert "nan" not in said
    assert said.count("not known") == 2


def test_even_exposure_changes_nothing() -> None:
    said = honesty.exposure(studies.smallest())
    assert "weighting for that changes nothing" in said
    assert "<ul>" not in said


def test_demands_past_the_first_follow_in_a_table() -> None:
    found = Findings.of(studies.large())
    drawn = tree(f"<div>{asks.unheard(found)}</div>")
    assert len(with_class(drawn, "ask-row")) == 12
    assert len(drawn.findall(".//details//tbody/tr")) == 12
