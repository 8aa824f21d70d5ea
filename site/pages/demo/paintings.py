"""The painted pictures as images of the CMS."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Self, cast

from django.core.files.base import ContentFile
from wagtail.models import Collection

from common.models import Picture
from pages.demo import pictures

Wish = tuple[str, str]  # theme and seed


class Studio:
    """Paints in a process of its own while the pages are written; one that has no wishes gives no pictures."""

    def __init__(self, wishes: Iterable[Wish]) -> None:
        titles = {_title(wish): wish for wish in wishes}
        known = Picture.objects.filter(title__in=titles)
        self.hung = {titles[picture.title]: picture for picture in known}
        self.missing = [wish for wish in titles.values() if wish not in self.hung]

    def __enter__(self) -> Self:
        if self.missing:
            self.painter = Painter(self.missing)
        return self

    def __exit__(self, *error: object) -> None:
        if self.missing:
            self.painter.send_home()

    def picture(self, theme: str, seed: str, collection: Collection | None = None) -> Picture | None:
        wish = (theme, seed)
        if wish in self.missing and wish not in self.hung:
            self.hung[wish] = Picture.objects.create(
                title=_title(wish),
                description=pictures.alt(theme, "ru"),
                collection=collection or Collection.get_first_root_node(),
                file=ContentFile(self.painter.wait_for(wish), name=f"demo-{theme}-{seed}.jpg"),
                width=pictures.SIZE[0],
                height=pictures.SIZE[1],
            )
        return self.hung.get(wish)


class Painter:
    """The process of its own. Paints in the order of the wishes."""

    def __init__(self, wishes: Iterable[Wish]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "pages.demo.pictures", self.folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self.told, self.said = cast("IO[str]", self.process.stdin), cast("IO[str]", self.process.stdout)
        self.told.writelines(f"{theme} {seed}\n" for theme, seed in wishes)
        self.told.close()
        self.done: set[Wish] = set()

    def wait_for(self, wish: Wish) -> bytes:
        while wish not in self.done:
            line = self.said.readline()
            if not line:
                raise RuntimeError(f"The painter ended with code {self.process.wait()} before {_title(wish)}.")
            theme, seed = line.split()
            self.done.add((theme, seed))
        return Path(self.folder.name, f"{'-'.join(wish)}.jpg").read_bytes()

    def send_home(self) -> None:
        self.process.kill()
        self.said.close()
        self.process.wait()
        self.folder.cleanup()


def _title(wish: Wish) -> str:
    return ": ".join(wish)
