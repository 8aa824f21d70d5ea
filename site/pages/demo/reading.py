"""The contents of the demo city as they stand in the TOML files."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("ru", "en", "be")


@cache
def content(name: str) -> dict[str, Any]:
    """One file, by its name without the ending. Shared by all callers: don't change it."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
