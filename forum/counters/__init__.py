"""What is kept as people write, counted anew: both must agree."""

from forum.counters.recount import Difference, differences

__all__ = ["Difference", "differences"]
