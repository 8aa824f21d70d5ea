"""Fill the site with an invented city: partners, news, pages, people."""

import gc
import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from pages.demo import people
from pages.demo.load import load_demo_city


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--without-pictures", action="store_true", help="generated covers everywhere; for tests and measurements"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                "load_demo adds invented people with known passwords, so it is refused on a city's own server. "
                "LC_ALLOW_DEMO=1 allows it."
            )
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # else a line for each page and revision
        gc.freeze()  # what is loaded by now stays; looking through it again and again takes a tenth of the time
        load_demo_city(with_pictures=not options["without_pictures"])
        self.stdout.write(table_of_accounts())


def table_of_accounts() -> str:
    accounts = list(people.accounts())
    wide = [max(len(getattr(account, field)) for account in accounts) for field in ("email", "password")]
    lines = [f"{account.email:{wide[0]}}  {account.password:{wide[1]}}  {account.role}" for account in accounts]
    with translation.override(settings.LANGUAGE_CODE):
        address = settings.BASE_URL + reverse("account_login")
    return "\n".join([f"Demo accounts, sign in at {address}", *lines])
