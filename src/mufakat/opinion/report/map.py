"""The opinion map: parties that vote alike stand near each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mufakat.opinion.report.marks import SHAPES, definitions, group_class
from mufakat.opinion.report.markup import Html, element
from mufakat.opinion.report.words import _, number, parties, why_withheld
from mufakat.opinion.result import PartyResults, Study
from mufakat.opinion.votes import Floats

WIDTH, MARGIN = 640.0, 28.0
LOWEST, HIGHEST = 220.0, 560.0
# Above this many parties, marks stand for all parties of a group near one place.
MOST_MARKS = 2000
COLUMNS = 40
# Below this probability a mark is drawn hollow: the party stands between groups.
SURE = 0.8


@dataclass(frozen=True)
class Frame:
    """How places become points of the picture; both axes in the same scale, up is up."""

    scale: float
    left: float
    top: float
    height: float

    @classmethod
    def of(cls, x: Floats, y: Floats) -> Frame:
        """A frame that holds all places."""
        low, high = (x.min(initial=0), y.min(initial=0)), (x.max(initial=0), y.max(initial=0))
        wide, tall = max(high[0] - low[0], 1e-9), high[1] - low[1]
        scale = min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / max(tall, 1e-9))
        height = min(max(tall * scale + 2 * MARGIN, LOWEST), HIGHEST)
        left = WIDTH / 2 - scale * (low[0] + high[0]) / 2
        top = height / 2 + scale * (low[1] + high[1]) / 2
        return cls(float(scale), float(left), float(top), float(height))

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The points of places, to a tenth."""
        return np.round(self.left + self.scale * x, 1), np.round(self.top - self.scale * y, 1)


@dataclass(frozen=True)
class Ring:
    """A place on the map to be marked with a ring.

    Attributes:
        x, y: as in `PartyResults`. name: of whom it is; may be empty.
    """

    x: float
    y: float
    name: str

    @classmethod
    def around(cls, study: Study, party: str) -> Ring | None:
        """The ring around a party, by id; None where it is not on the map."""
        placed = study.parties
        found = next((i for i, identifier in enumerate(placed.id) if party and identifier == party), None)
        return (
            None
            if found is None
            else cls(float(placed.x[found]), float(placed.y[found]), placed.name[found] or party)
        )

    def told(self) -> str:
        """What the ring means, in a sentence."""
        return _("The ring marks {name}.").format(name=self.name or _("one party"))


def picture(study: Study, ring: Ring | None = None) -> Html:
    """The map itself, with a ring around one place where that is asked for."""
    placed, names = study.parties, study.groups.names
    x, y = np.nan_to_num(placed.x), np.nan_to_num(placed.y)
    frame = Frame.of(x, y)
    across, down = frame.points(x, y)
    many = len(placed.id) > MOST_MARKS
    marks = _density(placed, across, down) if many else _marks(placed, across, down)
    letters = _letters(placed, names, across, down) if study.groups.k > 1 else []
    zero = frame.points(np.zeros(1), np.zeros(1))
    cross = [
        element("line", class_="axis", x1=0, x2=WIDTH, y1=float(zero[1][0]), y2=float(zero[1][0])),
        element("line", class_="axis", x1=float(zero[0][0]), x2=float(zero[0][0]), y1=0, y2=frame.height),
    ]
    return element(
        "svg",
        definitions(len(names)),
        cross,
        element("g", marks, class_="one-cloud" if study.groups.k < 2 else None),
        letters,
        _ring(ring, frame) if ring is not None else None,
        viewBox=f"0 0 {WIDTH:g} {frame.height:.5g}",
        role="img",
        aria_label=described(study) if ring is None else f"{described(study)} {ring.told()}",
        class_="map",
    )


def _ring(ring: Ring, frame: Frame) -> Html:
    # A place of another drawing may lie a little outside of this one.
    x, y = frame.points(*(np.nan_to_num(np.array([place])) for place in (ring.x, ring.y)))
    across = min(max(float(x[0]), MARGIN / 2), WIDTH - MARGIN / 2)
    down = min(max(float(y[0]), MARGIN / 2), frame.height - MARGIN / 2)
    return element(
        "g",
        element("circle", class_="ring-ground", cx=across, cy=down, r=13),
        element("circle", class_="ring", cx=across, cy=down, r=13),
    )


def described(study: Study) -> str:
    """The picture in a sentence."""
    if study.groups.k < 2:
        return _("Map of {parties} in one cloud; no groups stand out.").format(
            parties=parties(len(study.parties.id))
        )
    sizes = _(", ").join(
        _("{letter} with {count}").format(letter=letter, count=number(size))
        for letter, size in zip(study.groups.names, study.groups.sizes, strict=True)
        if size is not None
    )
    if None in study.groups.sizes:
        others = _("others {why}").format(why=why_withheld(study.least))
        sizes = f"{sizes}{_('; ')}{others}" if sizes else others
    return _("Map of {parties} in {count} groups: {sizes}.").format(
        parties=parties(len(study.parties.id)), count=study.groups.k, sizes=sizes
    )


def caption(study: Study, ring: Ring | None = None) -> str:
    """What the places and the marks mean."""
    told = [_("Parties near each other vote alike; up, down and sideways have no meaning of their own.")]
    if len(study.parties.id) > MOST_MARKS:
        told.append(
            _("Each mark stands for all parties of a group near that place: the larger, the more of them.")
        )
    elif study.groups.k > 1:
        told.append(_("A hollow mark stands between groups."))
    if (study.parties.group < 0).any():
        told.append(_("Small round marks stand for parties whose group is withheld."))
    if ring is not None:
        told.append(ring.told())
    return " ".join(told)


def _marks(placed: PartyResults, across: Floats, down: Floats) -> list[Html]:
    radius = 9.0 if len(placed.id) <= 100 else 7.0 if len(placed.id) <= 300 else 5.0
    drawn = []
    for i, (name, group, sure) in enumerate(
        zip(placed.name, placed.group.tolist(), placed.membership.tolist(), strict=True)
    ):
        label = name if not name or name == placed.id[i] else f"{name} ({placed.id[i]})"
        title = element("title", label or placed.id[i]) if label or placed.id[i] else None
        if group < 0:
            drawn.append(_untold(float(across[i]), float(down[i]), 0.6 * radius, title))
            continue
        drawn.append(
            element(
                "use",
                title,
                href=f"#shape{group % len(SHAPES)}",
                class_=f"{group_class(group)}{'' if sure >= SURE else ' hollow'}",
                transform=f"translate({across[i]:g} {down[i]:g}) scale({radius:g})",
            )
        )
    return drawn


def _untold(x: float, y: float, radius: float, title: Html | None) -> Html:
    """The mark of parties whose group is withheld."""
    return element("circle", title, class_="untold", cx=round(x, 1), cy=round(y, 1), r=round(radius, 1))


def _density(placed: PartyResults, across: Floats, down: Floats) -> list[Html]:
    """One mark for each group in each cell of a grid, its area in proportion to the parties it stands for."""
    cell = WIDTH / COLUMNS
    column, row = (across // cell).astype(np.int64), (down // cell).astype(np.int64)
    key = (row * COLUMNS + column) * (int(placed.group.max(initial=0)) + 2) + placed.group + 1
    _keys, first, place, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    x = np.bincount(place, weights=across) / count
    y = np.bincount(place, weights=down) / count
    radius = 1.2 + 9 * np.sqrt(count / count.max())
    drawn = []
    for i in np.argsort(-radius, kind="stable").tolist():
        group = int(placed.group[first[i]])
        title = element("title", parties(int(count[i])))
        if group < 0:
            drawn.append(_untold(float(x[i]), float(y[i]), 0.6 * float(radius[i]), title))
            continue
        drawn.append(
            element(
                "use",
                title,
                href=f"#shape{group % len(SHAPES)}",
                class_=group_class(group),
                transform=f"translate({x[i]:.1f} {y[i]:.1f}) scale({radius[i]:.1f})",
            )
        )
    return drawn


def _letters(placed: PartyResults, names: Sequence[str], across: Floats, down: Floats) -> list[Html]:
    drawn = []
    for index, letter in enumerate(names):
        members: NDArray[np.bool_] = placed.group == index
        if not members.any():
            continue
        x, y = float(np.median(across[members])), float(np.median(down[members]))
        drawn.append(element("circle", class_="letter-ground", cx=x, cy=y, r=15))
        drawn.append(element("text", letter, class_="letter", x=x, y=y + 8, text_anchor="middle"))
    return drawn
