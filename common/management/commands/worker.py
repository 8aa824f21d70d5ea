from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from common import heartbeat
from common.worker import CityWorker


class Command(BaseCommand):
    help = "Runs background tasks and periodic jobs, and takes over what a killed worker left behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks at an empty queue")
        parser.add_argument("--beat", type=float, default=heartbeat.BEAT.total_seconds(), help="seconds")
        parser.add_argument("--batch", action="store_true", help="end when the queue is empty")

    def handle(self, *, interval: float, beat: float, batch: bool, **options: Any) -> None:
        worker = CityWorker(
            worker_id=get_random_string(32), interval=interval, batch=batch, beat=timedelta(seconds=beat)
        )
        worker.configure_signals()
        worker.run()
