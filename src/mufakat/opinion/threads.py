"""Who divides the work: our own threads take blocks of parties, linear algebra stays on one.

With both, two threads that each start two more wait for one another most of the time; and sums that are split
by the number of processors differ in their last digit from machine to machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def linear_algebra_on_one_thread() -> Iterator[None]:
    """Keep linear algebra on one thread inside the block, for all of this program's threads."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield
