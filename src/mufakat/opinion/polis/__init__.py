"""The Polis reading: the reference engine's own formulas, for those who come from it."""

from mufakat.opinion.polis.reading import PolisGroup, PolisReading, polis_reading
from mufakat.opinion.polis.report import as_json, render_text

__all__ = ["PolisGroup", "PolisReading", "as_json", "polis_reading", "render_text"]
