"""What somebody means by a query, the same for every engine."""

from search.understanding.reading import Reading, understand

__all__ = ["Reading", "understand"]
