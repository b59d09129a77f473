"""Reading votes and parties from files: `read_votes`, `read_parties`, and what they return.

From the ground up: `source` gives blocks of whole lines; `careful` splits them by the letter and `fast` in
bulk; `values` says what a value means; `long`, `wide`, `parquet` and `rollcalls` know the tables; `events`
keeps the last votes; `formats` tells what lies at a path; `read` puts it together.
"""

from __future__ import annotations

from mufakat.opinion.reading.parties import read_parties
from mufakat.opinion.reading.read import read_votes
from mufakat.opinion.reading.result import Reading, Showings
from mufakat.opinion.reading.rows import Rejection, Rows, write_rejections

__all__ = [
    "Reading",
    "Rejection",
    "Rows",
    "Showings",
    "read_parties",
    "read_votes",
    "write_rejections",
]
