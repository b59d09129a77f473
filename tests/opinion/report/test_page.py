"""The page as a document: what it says, that it is whole, closed to the outside and open to everyone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from mufakat.opinion.report import report_text, write_report
from mufakat.opinion.report.page import style_sheet
from mufakat.opinion.result import EVERYONE, EVERYONE_FAMILY, Coverage, State, Study
from tests.opinion import studies
from tests.opinion.report.reading import find, text_of, tree, with_class

STYLE = style_sheet()
STUDIES = (studies.study, studies.one_group, studies.large, studies.smallest, studies.hostile)


@cache
def page_of(made: Callable[[], Study]) -> str:
    return report_text(made())


@pytest.fixture(params=STUDIES, ids=lambda made: made.__name__)
def page(request: pytest.FixtureRequest) -> str:
    return page_of(request.param)


@pytest.fixture
def root(page: str) -> Element:
    return tree(page)


def test_the_first_lines_tell_where_the_consultation_stands() -> None:
    root = tree(page_of(studies.study))
    [lead] = with_class(root, "lead")
    assert text_of(lead) == "40 parties cast 348 votes on 12 demands."
    tally = [text_of(item) for item in with_class(root, "tally")[0]]
    assert tally == [
        "3 hold in every constituency",
        "3 divide the opinion groups",
        "3 are contested in other ways",
        "3 have not been heard enough",
    ]


def test_one_is_said_in_the_singular() -> None:
    root = tree(page_of(studies.smallest))
    assert text_of(with_class(root, "lead")[0]).startswith("1 party cast ")
    assert "1 has not been heard enough" in text_of(with_class(root, "tally")[0])


def test_what_holds_says_its_lowest_constituency_and_how_it_would_end() -> None:
    made = studies.study()
    demand = next(d for d in made.demands if d.state is State.EVERYWHERE)
    assert demand.binding is not None
    root = tree(page_of(studies.study))
    item = find(root, f"d{made.demands.index(demand) + 1}")
    said = text_of(item)
    assert demand.text in said
    assert re.search(r"Lowest: .+, between \d+ and \d+ of 100, from \d+ votes\.", said)
    assert f"{demand.flip} added vote" in said
    assert len(with_class(item, "bar")) == 4


def test_what_divides_says_who_agrees_and_who_does_not() -> None:
    said = text_of(find(tree(page_of(studies.study)), "divides"))
    assert "A agrees, C does not: 3 demands" in said
    assert "A agrees: between 72 and 96 of 100" in said
    assert "C does not: between 9 and 33 of 100" in said


def test_what_is_not_heard_enough_says_whose_votes_it_waits_for() -> None:
    said = text_of(find(tree(page_of(studies.study)), "unheard"))
    assert re.search(r"Waits for voices from .*ISLANDS \(\d votes so far\)", said)


def test_without_groups_the_page_says_so_calmly() -> None:
    root = tree(page_of(studies.one_group))
    assert "No groups stand out." in text_of(find(root, "groups"))
    assert "No groups stand out, so nothing divides them." in text_of(find(root, "divides"))
    assert "in one cloud" in text_of(find(root, "map"))
    assert "opinion group" not in text_of(find(root, "everywhere")).lower()


def test_what_was_invented_says_so_first_and_what_was_not_does_not() -> None:
    assert text_of(with_class(tree(page_of(studies.study)), "banner")[0]).startswith(
        "Everything on this page"
    )
    assert not with_class(tree(page_of(studies.smallest)), "banner")


def test_without_a_parties_table_the_page_says_what_it_would_show() -> None:
    assert "No table of parties was given" in text_of(find(tree(page_of(studies.one_group)), "coverage"))


def test_a_list_to_look_at_is_never_a_verdict() -> None:
    said = text_of(find(tree(page_of(studies.study)), "integrity"))
    assert "patterns, not accusations" in said
    assert "P7" in said
    assert "agrees with all" in said


def test_every_demand_stands_in_the_page_once_and_in_full(page: str, root: Element) -> None:
    anchors = [e.get("id", "") for e in root.iter() if re.fullmatch(r"d\d+", e.get("id", ""))]
    made = next(made for made in STUDIES if page_of(made) == page)()
    assert sorted(anchors) == sorted(f"d{i}" for i in range(1, len(made.demands) + 1))


def test_every_number_of_rows_is_told(root: Element) -> None:
    rows = [text_of(row[0]) for row in find(root, "counting").iter("tr")]
    assert rows[1:] == ["read", "kept", "superseded", "rejected"]


def test_the_same_study_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_report(studies.study(), tmp_path / "first.html").read_bytes()
    assert write_report(studies.study(), tmp_path / "second.html").read_bytes() == first


def test_no_script_and_nothing_fetched(page: str, root: Element) -> None:
    tags = {element.tag for element in root.iter()}
    assert not tags & {
        "script",
        "iframe",
        "object",
        "embed",
        "img",
        "form",
        "input",
        "base",
        "audio",
        "video",
    }
    for element in root.iter():
        for name, value in element.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "style", "action")
            if name == "href":
                assert value.startswith("#") or value == "data:,", value
    assert not re.search(r"url\(|@import|https?:|//[a-z]", STYLE)


def test_the_policy_admits_this_style_and_nothing_else(root: Element) -> None:
    style = root.find("./head/style")
    assert style is not None
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    policy = next(m.get("content", "") for m in root.iter("meta") if m.get("http-equiv"))
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy


def test_every_link_leads_to_a_place_that_is_there_once(root: Element) -> None:
    places = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(places) == len(set(places))
    links = {e.get("href", "")[1:] for e in root.iter() if e.get("href", "").startswith("#")}
    assert links <= set(places)


def test_every_region_has_a_name_of_its_own(root: Element) -> None:
    names = [element.get("aria-label") for element in root.iter() if element.get("role") == "region"]
    assert len(names) == len(set(names))


def test_headings_skip_no_level(root: Element) -> None:
    levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_scoped_headers(root: Element) -> None:
    for table in root.iter("table"):
        assert table[0].tag == "caption"
        assert text_of(table[0])
        assert all(head.get("scope") in ("col", "row", "colgroup") for head in table.iter("th"))
        width = {
            sum(int(cell.get("colspan", "1")) for cell in row if cell.tag in ("td", "th"))
            for row in table.findall("./tbody/tr")
        }
        assert len(width) <= 1


def test_every_picture_is_told_in_words_or_is_decoration(root: Element) -> None:
    pictures = list(root.iter("svg"))
    assert pictures
    for picture in pictures:
        told = picture.get("role") == "img" and picture.get("aria-label")
        assert told or picture.get("aria-hidden") == "true"


def test_peoples_words_find_their_own_direction(root: Element) -> None:
    for element in with_class(root, "ask"):
        inside = element if element.tag != "a" or element.get("dir") else element[0]
        assert inside.get("dir") == "auto"


def test_words_in_a_known_language_say_which() -> None:
    root = tree(page_of(studies.study))
    arabic = [e for e in with_class(root, "ask") if e.get("lang") == "ar"]
    assert arabic
    assert all(re.search("[\u0600-\u06ff]", text_of(e)) for e in arabic)


def test_what_breaks_out_of_other_pages_is_only_text_here() -> None:
    page = page_of(studies.hostile)
    root = tree(page)
    assert text_of(root.findall(".//h1")[0]) == '<script>title</script> & "compact"'
    assert "<script>alert(1)</script>" in text_of(find(root, "d1"))
    assert "</style></title>" in text_of(find(root, "d7"))
    assert page.count("<style>") == 1
    assert "\u202e" not in page
    assert "\x00" not in page


def test_a_large_study_is_shown_in_part_and_lost_nowhere() -> None:
    root = tree(page_of(studies.large))
    section = find(root, "everywhere")
    assert len(with_class(section, "ask-row")) == 24
    contested = find(root, "contested")
    assert len(with_class(contested, "ask-row")) == 8
    assert text_of(contested.findall(".//details/summary")[0]) == "The other 16"
    assert len(contested.findall(".//details//tbody/tr")) == 16
    assert "The places of all 5,000 parties are in parties.csv." in text_of(find(root, "map"))


def test_a_page_of_the_size_of_a_real_consultation_stays_small() -> None:
    made = studies.study(parties=536, demands=314, groups=2, declared=False)
    assert len(report_text(made).encode()) <= 1_500_000
    assert len(STYLE.encode()) <= 15_000


def test_notes_are_told() -> None:
    made = replace(studies.study(), notes={"a": "One demand <had> no vote."})
    assert "One demand <had> no vote." in text_of(find(tree(report_text(made)), "counting"))


def test_a_number_of_groups_that_was_asked_for_is_told_as_such() -> None:
    made = studies.study()
    made = replace(made, groups=replace(made.groups, forced=True))
    assert "3 groups were asked for" in text_of(find(tree(report_text(made)), "groups"))


def test_of_every_pair_that_is_divided_some_demands_stand_in_full() -> None:
    made = studies.study(demands=300)
    turned = tuple(
        replace(d, divides=("C", "A")) if d.divides and i % 2 else d for i, d in enumerate(made.demands)
    )
    section = find(tree(report_text(replace(made, demands=turned))), "divides")
    headings = [text_of(heading) for heading in section.iter("h3")]
    assert headings == ["A agrees, C does not: 30 demands", "C agrees, A does not: 30 demands"]
    assert [len(found) for found in with_class(section, "asks")] == [9, 9]
    assert [text_of(e) for e in section.iter("summary")] == ["The other 21", "The other 21"]


def test_parties_that_nothing_divides_are_told_of_together() -> None:
    together = Coverage(EVERYONE_FAMILY, EVERYONE, declared=5, heard=2, votes=9)
    page = report_text(replace(studies.smallest(), coverage=(together,)))
    assert "2 of 5 parties were heard." in page
    assert "of one kind and one region" in page
    assert "No table of parties" not in page
