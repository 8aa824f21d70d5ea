"""What somebody means by a query, the same for every engine."""

from search.understanding.reading import Reading, far_guesses, understand

__all__ = ["Reading", "far_guesses", "understand"]
