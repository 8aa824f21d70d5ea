"""Where words are to stand that somebody is writing."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from forum import boards
from forum.enums import Writing

WRITTEN = re.compile(rf"({'|'.join(Writing.values)}):([0-9]{{1,18}})(?::([0-9]{{1,18}}))?", re.ASCII)


@dataclass(frozen=True)
class Place:
    """``pk``: of the topic that is answered, of the post that is changed, of the board where something begins.

    ``about``: the page that a new topic is about.
    """

    writing: Writing
    pk: int
    about: int = 0

    def __str__(self) -> str:
        return f"{self.writing}:{self.pk}:{self.about}" if self.about else f"{self.writing}:{self.pk}"

    @property
    def url(self) -> str:
        """Of the form; empty where the board is gone."""
        if self.writing == Writing.REPLY:
            return reverse("forum:reply", args=[self.pk])
        if self.writing == Writing.EDIT:
            return reverse("forum:edit", args=[self.pk])
        return self._url_on_board()

    def _url_on_board(self) -> str:
        board = boards.all_boards().get(self.pk)
        if board is None:
            return ""
        if self.writing == Writing.PROPOSAL:
            return reverse("forum:propose", args=[board.slug])
        return reverse("forum:start", args=[board.slug]) + (
            f"?{urlencode({'about': self.about})}" if self.about else ""
        )


def place_of(text: str) -> Place | None:
    """What ``str`` has made of it; nothing for anything else."""
    found = WRITTEN.fullmatch(text)
    return Place(Writing(found[1]), int(found[2]), int(found[3] or 0)) if found else None
