"""Texts cut along the passages that were quoted from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mufakat.site.web.passages import Quoted, pieces

BODY = "Land papers before the first harvest."
QUOTES = st.lists(
    st.builds(Quoted, st.integers(-3, 45), st.integers(-3, 45), st.sampled_from(["1", "2", "3"])), max_size=6
)


@given(passages=QUOTES, body=st.text(max_size=40))
def test_the_pieces_are_the_whole_text(passages: list[Quoted], body: str) -> None:
    assert "".join(piece.text for piece in pieces(body, passages)) == body


@given(passages=QUOTES)
def test_a_character_is_covered_where_a_passage_covers_it(passages: list[Quoted]) -> None:
    covered = [piece.covered for piece in pieces(BODY, passages) for _ in piece.text]
    assert covered == [any(each.start <= i < each.end for each in passages) for i in range(len(BODY))]


@given(passages=QUOTES)
def test_every_passage_with_words_ends_once(passages: list[Quoted]) -> None:
    ending = [quoted for piece in pieces(BODY, passages) for quoted in piece.ending]
    with_words = [each for each in passages if max(each.start, 0) < min(each.end, len(BODY))]
    assert sorted(each.label for each in ending) == sorted(each.label for each in with_words)


def test_passages_may_overlap() -> None:
    first, second = Quoted(0, 11, "12"), Quoted(5, 18, "31")
    cut = pieces(BODY, [second, first])
    assert [(piece.text, piece.covered, piece.ending) for piece in cut] == [
        ("Land ", True, ()),
        ("papers", True, (first,)),
        (" before", True, (second,)),
        (" the first harvest.", False, ()),
    ]


def test_characters_beyond_the_first_plane_count_as_one() -> None:
    cut = pieces("𐤀𐤁 papers", [Quoted(3, 9, "1")])
    assert [piece.text for piece in cut if piece.covered] == ["papers"]
