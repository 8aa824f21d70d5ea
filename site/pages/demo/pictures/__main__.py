"""Paints what it is told, a line of theme and seed each, into a folder; says each line again when it is done.

python -m pages.demo.pictures FOLDER
"""

import sys
from pathlib import Path

from . import picture

for wish in sys.stdin:
    theme, seed = wish.split()
    (Path(sys.argv[1]) / f"{theme}-{seed}.jpg").write_bytes(picture(theme, seed))
    sys.stdout.write(wish)
    sys.stdout.flush()
