"""Compiles locale/*/LC_MESSAGES/*.po to .mo. In Python, because gettext's own tools are seldom installed.

Run as ``python -m common.catalogues``; needs no Django settings.
"""

import os
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Writes what is missing or older than its source; returns what was written."""
    return [_compile(source) for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    started = compiled.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(started))
    started.replace(compiled)
    return compiled


if __name__ == "__main__":
    compile_catalogues()
