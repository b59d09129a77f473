"""Invented studies for the tests of what is written: every figure is drawn from a seed, none computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mufakat.opinion.result import (
    OPINION_GROUPS,
    Coverage,
    DemandResult,
    Exposure,
    GroupsResult,
    Integrity,
    PartyResults,
    Representative,
    RowCount,
    StabilityPoint,
    Standing,
    State,
    Study,
)

TEXTS = (
    ("en", "Returnees must have land papers before the first harvest."),
    ("ar", "يجب أن تُكتب قرارات وقف إطلاق النار باللغة التي يتكلمها أهل القرى."),
    ("zh", "任何援助项目在开始之前，都应当先听取村里取水妇女的意见。"),
    ("fr", "Chaque tribunal de district doit tenir audience dans la langue des gens qui s'y présentent."),
    ("en", "One office, one form: a poor household should not have to apply four times for the same help."),
    ("ar", "لا سلام دون ماء: أصلحوا القنوات قبل أن تعيدوا رسم الحدود."),
    ("en", "Half of every mediation team must be women, and paid as the others are."),
    ("fr", "Les exportateurs d'armes doivent payer le déminage des champs."),
    ("en", "Islands that lose land to the sea must keep their seat and their fishing waters."),
    ("zh", "债务偿还不得先于学校和诊所。"),
    ("en", "Close the ports to ships that carry stolen timber."),
    ("en", "Record every promise made at this conference, and read the list aloud next year."),
)
KINDS = ("state", "civil society", "think tank")
REGIONS = ("Africa", "Asia-Pacific", "Latin America and the Caribbean")
FAMILIES = (("kind", KINDS), ("region", REGIONS), ("group: ISLANDS", ("ISLANDS", "not ISLANDS")))


def study(
    *, parties: int = 40, demands: int = 12, groups: int = 3, seed: int = 7, declared: bool = True
) -> Study:
    """An invented study of any size; `declared` says whether a parties table came with it."""
    draw = np.random.default_rng(seed)
    names = tuple("ABCDEFGHIJKL"[:groups])
    results = tuple(demand(i, names, draw, declared=declared) for i in range(demands))
    placed = placed_parties(parties, groups, draw)
    sizes = tuple(int((placed.group == g).sum()) for g in range(groups))
    votes = int(placed.votes.sum())
    return Study(
        title="A Southern compact for peace and development",
        invented=True,
        parties=placed,
        demands=results,
        explained=(0.231, 0.094),
        groups=GroupsResult(
            k=groups,
            names=names,
            sizes=sizes,
            axes=min(groups, 2),
            stability=stability(groups),
            forced=False,
        ),
        representative=representative(results, names),
        coverage=tuple(coverage(draw)) if declared else (),
        exposure=Exposure("votes", uneven=0.25, largest=0.061, mean=0.012, states=1, axis=0.998, moved=0.025),
        integrity=Integrity(
            straight=(("P7", 1, 11),) if parties > 7 else (),
            alike=(("P3", "P9", 12, 1.0),) if parties > 9 else (),
        ),
        rows=RowCount(read=votes + 9, kept=votes, superseded=7, rejected=2),
        seed=seed,
        notes={"demands": "One demand had no vote and is not listed."},
    )


def one_group() -> Study:
    """A study in which no groups stand out, without a parties table."""
    return study(groups=1, declared=False)


def large() -> Study:
    """A study of 5,000 parties and 90 demands, more than a page shows one by one."""
    return study(parties=5000, demands=90, groups=4)


def smallest() -> Study:
    """One party, one demand, hardly anything known."""
    whole = study(parties=1, demands=1, groups=1, declared=False)
    unknown = replace(
        whole.demands[0],
        agree=1,
        disagree=0,
        passes=0,
        adjusted=None,
        state=State.UNHEARD,
        score=0.0,
        binding=None,
        constituencies=(),
        flip=None,
        divides=None,
    )
    return replace(
        whole,
        title="",
        invented=False,
        demands=(unknown,),
        explained=(),
        groups=replace(whole.groups, stability=(), axes=0),
        exposure=Exposure("votes", 0.0, 0.0, 0.0, 0, float("nan"), 0.0),
        notes={},
    )


def hostile() -> Study:
    """A study whose texts and names try to break out of the page and of the tables."""
    whole = study()
    texts = (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(2)>',
        '=HYPERLINK("http://example.invalid")',
        "left \u202eto right\u202c and back",
        "endless" * 60,
        "new\nline, \"quote\", 'apostrophe' & ampersand \x00\x07",
        "</style></title><style>*{display:none}</style>",
    )
    changed = [replace(d, text=t, language='en" x="1') for d, t in zip(whole.demands, texts, strict=False)]
    placed = whole.parties
    ids = ["=1+1", "-2", "@sum", "<b>", *placed.id[4:]]
    names = ["</svg><script>", "'\"", "\u202eevil", "ممثل القرى", *placed.name[4:]]
    return replace(
        whole,
        title='<script>title</script> & "compact"',
        demands=(*changed, *whole.demands[len(texts) :]),
        parties=replace(placed, id=ids, name=names),
    )


def demand(index: int, groups: Sequence[str], draw: np.random.Generator, *, declared: bool) -> DemandResult:
    """One demand; every third holds everywhere, every fifth divides the first group and the last."""
    language, text = TEXTS[index % len(TEXTS)]
    divides = (groups[0], groups[-1]) if index % 5 == 1 and len(groups) > 1 else None
    high = index % 3 == 0 and divides is None
    unheard = index % 3 == 2 and divides is None
    standings = []
    families = (*(FAMILIES if declared else ()), (OPINION_GROUPS, tuple(groups)))
    for family, names in families:
        for name in names:
            share = float(draw.uniform(0.72, 0.94) if high else draw.uniform(0.35, 0.7))
            if divides is not None and family == OPINION_GROUPS:
                share = 0.84 if name == divides[0] else 0.21 if name == divides[1] else 0.5
            width = 0.3 if unheard and name in ("ISLANDS", "Africa") else 0.12
            n = float(draw.integers(2, 6) if width > 0.2 else draw.integers(8, 60))
            low, top = max(share - width, 0.01), min(share + width, 0.99)
            standings.append(Standing(family, name, n, share, low, top))
    lowest = min(standings, key=lambda standing: standing.low)
    state = State.EVERYWHERE if high else State.UNHEARD if unheard else State.CONTESTED
    cast = int(draw.integers(20, 40))
    agree = round(cast * float(np.mean([standing.agree for standing in standings])))
    passes = int(draw.integers(0, cast - agree + 1))
    disagree = cast - agree - passes
    return DemandResult(
        id=str(index + 1),
        text=text,
        language=language,
        agree=agree,
        disagree=disagree,
        passes=passes,
        adjusted=agree / cast,
        state=state,
        score=lowest.low,
        binding=(lowest.family, lowest.name),
        constituencies=tuple(standings),
        flip=int(draw.integers(1, 20)) if high else None,
        divides=divides,
    )


def placed_parties(count: int, groups: int, draw: np.random.Generator) -> PartyResults:
    """Parties around as many centres as there are groups, larger groups first."""
    group = np.sort((draw.random(count) ** 1.5 * groups).astype(np.int64))
    angle = 2 * np.pi * group / max(groups, 1)
    spread = draw.normal(0, 0.35, (2, count))
    return PartyResults(
        id=[f"P{i}" for i in range(count)],
        name=[f"Council of Valley {i}" for i in range(count)],
        x=np.cos(angle) + spread[0],
        y=0.6 * np.sin(angle) + spread[1],
        group=group,
        membership=np.round(draw.uniform(0.5, 1.0, count), 4),
        votes=draw.integers(3, 13, count),
    )


def stability(groups: int) -> tuple[StabilityPoint, ...]:
    """A curve that is highest above one cloud where the groups are; flat where there is one."""
    return tuple(
        StabilityPoint(k, 0.93 if k == groups else 0.45, 0.44, 8.5 if k == groups else 0.4)
        for k in range(2, 6)
    )


def representative(demands: Sequence[DemandResult], groups: Sequence[str]) -> tuple[Representative, ...]:
    """What each group stands out for, in turn."""
    if len(groups) < 2:
        return ()
    return tuple(
        Representative(groups[i % len(groups)], found.id, 1 if i % 2 else -1, 0.83, 0.4, 0.0004, 0.0061)
        for i, found in enumerate(demands)
    )


def coverage(draw: np.random.Generator) -> list[Coverage]:
    """How many of each constituency were heard."""
    found = []
    for family, names in FAMILIES:
        for name in names:
            declared = int(draw.integers(8, 30))
            heard = int(draw.integers(1, declared + 1))
            found.append(Coverage(family, name, declared, heard, heard * 9))
    return found
