"""How alike the wordings of demands are, in every language that two of them share.

A pair's likeness in one language is the mean of two shares from 0 to 1: the likeness of their words in any
order (rapidfuzz's ``token_ratio``), and the cosine of their short letter sequences, each weighted by how rare
it is among all wordings, so that "must be published" counts little and "mine" counts much. Across languages
it is found through translations; a pair's score is that of the language in which the two are most alike.
``docs/near-duplicates.md`` tells how well this works and where it does not.

>>> pairs = alike({1: {"en": "Publish every mining contract."}, 2: {"en": "Every mining contract published."},
...                3: {"en": "Let judges come by boat."}})
>>> [(pair.first, pair.second) for pair in pairs]
[(1, 2)]
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THRESHOLD: Final = 0.55
"""From this score on two demands are put before a person; measured in ``test_likeness.py``."""

Wordings = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two demands that may ask the same, by the keys they were given with, the smaller first."""

    first: int
    second: int
    score: float


def alike(
    wordings: Wordings, *, among: Collection[int] | None = None, threshold: float = THRESHOLD
) -> list[Pair]:
    """The pairs of demands that may ask the same, the likeliest first.

    Args:
        wordings: what each demand says, by key and by tag of the language.
        among: only pairs in which one of these is; by default all.
        threshold: least score, 0 to 1.

    Raises:
        ValueError: a threshold outside of 0 to 1.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"a threshold is between 0 and 1, and not {threshold}")
    best: dict[tuple[int, int], float] = {}
    for texts in _by_language(wordings).values():
        for one, other, score in _in_one_language(texts, among, threshold):
            pair = (one, other) if one < other else (other, one)
            best[pair] = max(best.get(pair, 0.0), score)
    found = [Pair(first, second, score) for (first, second), score in best.items()]
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _by_language(wordings: Wordings) -> dict[str, dict[int, str]]:
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for key in sorted(wordings):
        for language, words in wordings[key].items():
            found[language][key] = plain(words)
    return found


def _in_one_language(
    texts: Mapping[int, str], among: Collection[int] | None, threshold: float
) -> list[tuple[int, int, float]]:
    import numpy as np

    keys, bodies = list(texts), list(texts.values())
    rows = [place for place, key in enumerate(keys) if among is None or key in among]
    if not rows or len(keys) < 2:
        return []
    letters = _letter_likeness(bodies, rows)
    # Words are alike by 1 at most, so that a pair with too few letters in common cannot reach the threshold.
    places = np.argwhere(letters >= 2 * threshold - 1)
    pairs = [
        (rows[row], column, letters[row, column])
        for row, column in places.tolist()
        # Where everything is held against everything, each pair comes up twice.
        if rows[row] < column or (rows[row] > column and among is not None)
    ]
    words = _word_likeness([bodies[one] for one, _, _ in pairs], [bodies[other] for _, other, _ in pairs])
    scores = [
        (keys[one], keys[other], min(float(word + letter) / 2, 1.0))
        for (one, other, letter), word in zip(pairs, words, strict=True)
    ]
    return [each for each in scores if each[2] >= threshold]


def _word_likeness(ones: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
    """Share of each pair."""
    import numpy as np
    from rapidfuzz import fuzz, process

    if not ones:
        return np.zeros(0)
    return process.cpdist(ones, others, scorer=fuzz.token_ratio, workers=-1, dtype=np.float64) / 100


def _letter_likeness(bodies: Sequence[str], rows: Sequence[int]) -> NDArray[np.float64]:
    """Cosines of rarity-weighted letter sequences, shape (rows, bodies)."""
    import numpy as np
    from scipy.sparse import csr_array

    counts = [Counter(sequences(body)) for body in bodies]
    spread = Counter(sequence for count in counts for sequence in count)
    column = {sequence: place for place, sequence in enumerate(spread)}
    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for count in counts:
        weights = {
            column[sequence]: (1 + math.log(times)) * math.log((len(bodies) + 1) / spread[sequence])
            for sequence, times in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        columns += weights.keys()
        values += [weight / length for weight in weights.values()]
        starts.append(len(values))
    matrix: Any = csr_array((values, columns, starts), shape=(len(bodies), max(len(column), 1)))
    return np.asarray((matrix[list(rows)] @ matrix.T).toarray())


def plain(words: str) -> str:
    """A wording in lower case, without accents, vowel signs and punctuation, one space between words.

    >>> plain("Le «Titre», déjà!")
    'le titre deja'
    """
    parts = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(
        letter if unicodedata.category(letter)[0] in "LN" else " "
        for letter in parts
        if unicodedata.category(letter) != "Mn" and letter != "\u0640"
    )
    return " ".join(kept.split())


def sequences(body: str) -> list[str]:
    """Three letters in a row, word by word with its ends; two where a script has no spaces between words.

    >>> sequences("a mine")
    [' a ', ' mi', 'min', 'ine', 'ne ']
    """
    found = []
    for word in body.split():
        if any(_stands_without_spaces(letter) for letter in word):
            found += [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
        else:
            padded = f" {word} "
            found += [padded[place : place + 3] for place in range(len(padded) - 2)]
    return found


def _stands_without_spaces(letter: str) -> bool:
    """Chinese characters and Japanese syllables."""
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"
