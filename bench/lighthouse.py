"""Lighthouse (mobile) on a running site: python bench/lighthouse.py http://localhost:8000/ru/ …

Prints a table; ends with 1 when a page misses LOWEST. Needs Node.js and Chromium; npm brings Lighthouse itself.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

VERSION = "13"
LOWEST = 95
ATTEMPTS = 3  # now and then Chromium records nothing; Lighthouse then asks to be run again
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def scores(url: str) -> tuple[dict[str, int], list[str]]:
    """Points from 0 to 100 by category, and the audits that cost points."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
        for attempt in range(1, ATTEMPTS + 1):
            run = subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, stdout=subprocess.DEVNULL)
            if run.returncode == 0:
                break
            if attempt == ATTEMPTS:
                run.check_returncode()
        found = json.loads(report.read_text())
    points = {name: round((found["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    return points, _costly(found)


def _costly(found: dict) -> list[str]:
    refs = {ref["id"] for category in found["categories"].values() for ref in category["auditRefs"] if ref["weight"]}
    audits = [found["audits"][name] for name in sorted(refs)]
    return [
        f"{a['id']}: {a.get('displayValue', a['title'])}" for a in audits if (a["score"] or 1) < 0.9 or a["score"] == 0
    ]


def main(urls: list[str]) -> int:
    print(f"{'page':50} " + " ".join(f"{name:>14}" for name in CATEGORIES))
    worst = 100
    for url in urls:
        points, costly = scores(url)
        worst = min(worst, *points.values())
        print(f"{url[-50:]:50} " + " ".join(f"{points[name]:>14}" for name in CATEGORIES))
        for line in costly:
            print(f"    {line}")
    return 0 if worst >= LOWEST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["http://localhost:8000/ru/"]))
