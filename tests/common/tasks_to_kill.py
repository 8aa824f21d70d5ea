"""A task for test_worker: says that it began, waits until it may go on, and has an effect that counts once."""

import time
from pathlib import Path

from django_tasks import task
from wagtail.models import Locale

from common.models import District


@task()
def open_district(folder: str) -> str:
    with (Path(folder) / "begun").open("a") as file:
        file.write("begun\n")
    while not (Path(folder) / "go").exists():
        time.sleep(0.05)
    district, _ = District.objects.get_or_create(
        slug="opened", locale=Locale.get_default(), defaults={"name": "Открытый"}
    )
    return district.slug
